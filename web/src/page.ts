// The page: buttons, panes, files. What it knows of drafts it asks the engine.

import type { Chosen, Edit, Finding, Look, Rule } from './answers'
import { Editor } from './editor'
import { Engine } from './engine'
import { decode, encode, type Form, give, PLAIN, Place, read, Unreadable, WORD } from './files'
import { clear, keep, kept } from './kept'
import { asked, choose as offer, type Item } from './menu'
import * as panes from './panes'
import { choose, language, say, type Text } from './texts'

declare global {
  // Set by the build: the engine and its worker, where they are carried in the page itself.
  var CARRIED: Record<'worker.js' | 'engine.lzma' | 'words.lzma' | 'counts.bin', string> | undefined
}

const PANES = ['problems', 'blanks', 'outline', 'length', 'phrases', 'settings'] as const
type Pane = (typeof PANES)[number]
const SETTINGS = 'jianggao-settings'
const SHADE = 'jianggao-shade'

const get = <T extends HTMLElement>(id: string) => document.getElementById(id) as T

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

function started(): Engine {
  const carried = globalThis.CARRIED
  if (!carried) return new Engine(new Worker('worker.js'), { engine: 'engine.lzma', words: 'words.lzma', counts: 'counts.bin' })
  const source = URL.createObjectURL(new Blob([bytesOf(carried['worker.js'])], { type: 'text/javascript' }))
  const [engine, words, counts] = [carried['engine.lzma'], carried['words.lzma'], carried['counts.bin']].map((base64) => bytesOf(base64).buffer)
  return new Engine(new Worker(source), { engine: engine!, words: words!, counts: counts! })
}

choose(new URLSearchParams(location.search).get('lang') ?? navigator.language)
const engine = started()
const chosen: Chosen = { rules: {}, pace: 0, minutes: 0, aloud: false, ...settled() }
let rules: Rule[] = []
void engine.ask('settle', chosen)
// The editor asks as soon as it is there.
void engine.ask('begin', '', '', language(), false)
let name = ''
let isSpeech = false
/** The text of a Word document as it was opened. */
let original: string | undefined
let form: Form = PLAIN
/** The file that the draft can be written back to. */
let place: Place | undefined
let isSaved = true
let pane: Pane = 'problems'
let found: Finding[] = []

const editor = new Editor(get('editor'), engine, { looked, changed })

function said(message: string) {
  get('status').textContent = message
}

const failed = (error: unknown) => said(say('failed') + (error instanceof Unreadable ? say(error.message as Text) : String((error as Error).message ?? error)))

/** Runs what a button does; what goes wrong is said, and the draft stays as it is. */
const tried = (action: () => unknown) => async () => {
  try {
    await action()
  } catch (error) {
    failed(error)
  }
}

function looked(look: Look) {
  found = look.findings
  document.body.dataset['looked'] = String(Number(document.body.dataset['looked'] ?? 0) + 1)
  const { counts, blanks, size, isOfficial } = look.state
  const faults = found.filter((one) => !one.isBlank).length
  get('count-problems').textContent = faults ? String(faults) : ''
  get('count-blanks').textContent = blanks ? String(blanks) : ''
  get('size').textContent = size
  get('kind').hidden = isOfficial || counts.every((count) => count === 0) && editor.text.length < 50
  void showPane()
}

let timer = 0
function changed() {
  isSaved = false
  clearTimeout(timer)
  timer = window.setTimeout(tried(async () => {
    if (get<HTMLInputElement>('keep').checked) await keep({ name, text: editor.text.toString() })
  }), 500)
}

/** What the writer has settled before. */
function settled(): Partial<Chosen> {
  try {
    return JSON.parse(localStorage.getItem(SETTINGS) ?? '{}')
  } catch {
    return {}
  }
}

/** `light`, `dark`, or nothing: as the system has it. */
function shade(): string {
  try {
    return localStorage.getItem(SHADE) ?? ''
  } catch {
    return ''
  }
}

function shaded(shade: string) {
  document.documentElement.style.colorScheme = shade
  try {
    localStorage.setItem(SHADE, shade)
  } catch {
    // As with what is settled.
  }
}

const settle = tried(async () => {
  try {
    localStorage.setItem(SETTINGS, JSON.stringify(chosen))
  } catch {
    // A browser that keeps nothing: they hold as long as the page is open.
  }
  await engine.ask('settle', chosen)
  await begun()
})

async function showPane() {
  const of = get(`pane-${pane}`)
  // The field that the writer is at is not taken away.
  if (of.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return
  if (pane === 'problems') panes.problems(of, found, editor)
  else if (pane === 'settings') of.childElementCount || panes.settings(of, rules, chosen, settle)
  else if (pane === 'length') panes.told(of, await engine.ask('statistics'))
  else if (pane === 'outline') panes.outline(of, await engine.ask('outline'), editor, (name, { start }) => tried(() => made(engine.ask('change', name, start.line, start.character), 'cannot'))())
  else if (pane === 'blanks') panes.blanks(of, await engine.ask('open'), editor, engine, said)
}

function choosePane(chosen: Pane) {
  pane = chosen
  for (const one of PANES) {
    get(`tab-${one}`).ariaSelected = String(one === pane)
    get(`tab-${one}`).tabIndex = one === pane ? 0 : -1
    get(`pane-${one}`).hidden = one !== pane
  }
  void showPane()
}

/** The text as it stands is looked at as another draft, or in another way. */
async function begun() {
  await engine.ask('begin', '', name, language(), isSpeech)
  // The editor tells the engine the text as a change of what it has.
  const nothing = { line: 0, character: 0 }
  await engine.ask('edit', [{ range: { start: nothing, end: nothing }, newText: editor.text.toString() }])
  rules = await engine.ask('rules')
  editor.refresh()
}

async function begin(text: string, called: string, written = PLAIN, where?: Place) {
  name = called
  form = written
  // What a browser cannot write as it was is not written over.
  place = form.encoding === 'utf-8' ? where : undefined
  get('writeBack').hidden = !place
  if (editor.text.toString() !== text) editor.replace(text)
  await begun()
  isSaved = true
  document.title = name ? `${name} · ${say('title')}` : say('title')
}

/** Whether what is here may go. */
const mayReplace = () => isSaved || editor.text.length === 0 || confirm(say('replace'))

async function open(file: File, where?: Place) {
  if (!mayReplace()) return
  const opened = await read(file)
  const isWord = opened.kind === 'word'
  if (isWord) {
    original = await engine.ask('openWord', opened.bytes)
    await begin(original, opened.name)
  } else {
    const { text, form } = decode(opened.bytes)
    original = undefined
    await begin(text, opened.name, form, where)
  }
  for (const id of ['annotated', 'revised']) get(id).hidden = !isWord
  said(opened.name)
}

/** Lets the writer choose a file, by the way that lets the page write it as well, where there is one. */
async function pick() {
  if (!globalThis.showOpenFilePicker) return get<HTMLInputElement>('file').click()
  const chosen = await Place.chosen()
  if (chosen) await open(chosen.file, chosen.place)
}

async function writeBack() {
  if (!place || await place.isChanged() && !confirm(say('changedElsewhere'))) return
  await place.write(encode(editor.text.toString(), form))
  isSaved = true
  said(say('written').replace('{name}', name))
}

async function made(edits: Promise<Edit[]>, none: Text = 'nothing') {
  const change = await edits
  if (change.length) editor.apply(change)
  said(change.length ? say('changed', change.length) : say(none))
}

/** What the engine can do where the writer is. */
async function here() {
  const range = editor.selected()
  const { line, character } = editor.cursor()
  const [actions, name, told] = await Promise.all([
    engine.ask('actions', range), engine.ask('name', line, character), engine.ask('hover', line, character),
  ])
  const items: Item[] = []
  if (name) items.push({ title: say('rename', name.places.length).replace('{name}', name.text), run: tried(() => rename(line, character, name.text)) })
  for (const { title, edits } of actions) items.push({ title, run: () => editor.apply(edits) })
  if (told) items.push({ title: say('why'), run: tried(async () => shown(`${told.markdown}\n\n${await engine.ask('why', line, character)}`)) })
  if (items.length === 0) items.push({ title: say('nothingHere') })
  offer(items, editor.spot(), say('here'))
}

async function rename(line: number, character: number, before: string) {
  const text = await asked(say('newName').replace('{name}', before), before)
  if (text !== undefined) await made(engine.ask('rename', line, character, text))
  else editor.view.focus()
}

function shown(markdown: string) {
  panes.told(get('verdict'), markdown)
  get<HTMLDialogElement>('dialog').showModal()
}

const stem = () => name.replace(/\.[^.]*$/, '') || say('title')

const buttons: Record<string, () => unknown> = {
  open: pick,
  writeBack,
  here,
  keys: () => shown(say('keysHow')),
  example: () => mayReplace() && begin(EXAMPLE, ''),
  save: () => {
    give(/\.(txt|md)$/i.test(name) ? name : `${stem()}.txt`, encode(editor.text.toString(), form) as BlobPart, 'text/plain;charset=utf-8')
    isSaved = true
    if (form.encoding !== 'utf-8') said(say('asUtf8').replace('{encoding}', form.encoding.toUpperCase()))
  },
  fixAll: () => made(engine.ask('fixAll')),
  renumber: () => made(engine.ask('renumber')),
  format: () => made(engine.ask('format')),
  next: async () => {
    const { line, character } = editor.cursor()
    const next = await engine.ask('nextBlank', line, character)
    if (next) editor.show(next)
    else said(say('noBlanks'))
  },
  final: async () => {
    shown((await engine.ask('verdict')).markdown)
  },
  toWord: async () => give(`${stem()}.docx`, await engine.ask('export', false) as BlobPart, WORD),
  toReading: async () => give(`${stem()}（${say('toReading')}）.docx`, await engine.ask('export', true) as BlobPart, WORD),
  annotated: () => annotated(false),
  revised: () => annotated(true),
  clear: async () => {
    await clear()
    for (const key of [SETTINGS, SHADE]) localStorage.removeItem(key)
    get<HTMLInputElement>('keep').checked = false
    said(say('cleared'))
  },
  isSpeech: () => {
    isSpeech = true
    return begun()
  },
  privacy: () => shown(say('privacyHow')),
  close: () => get<HTMLDialogElement>('dialog').close(),
}

async function annotated(revise: boolean) {
  const bytes = await engine.ask('annotated', revise)
  give(`${stem()}（${say(revise ? 'revised' : 'annotated')}）.docx`, bytes as BlobPart, WORD)
  if (editor.text.toString() !== original) said(say('edited'))
}

function tell() {
  document.documentElement.lang = language()
  document.title = say('title')
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]')) element.textContent = say(element.dataset['text'] as Text)
  for (const option of get<HTMLSelectElement>('shade').options) option.textContent = say(`shade${option.value}` as Text)
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) element.ariaLabel = say(element.dataset['label'] as Text)
  panes.phrases(get('pane-phrases'), engine, editor)
  editor.retold()
  get('pane-settings').replaceChildren()
}

for (const [id, action] of Object.entries(buttons)) get(id).onclick = tried(action)
PANES.forEach((one, n) => {
  const tab = get(`tab-${one}`)
  tab.onclick = () => choosePane(one)
  tab.onkeydown = ({ key }) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0
    if (!step) return
    const next = PANES[(n + step + PANES.length) % PANES.length]!
    choosePane(next)
    get(`tab-${next}`).focus()
  }
})
get<HTMLInputElement>('file').onchange = tried(async () => {
  const input = get<HTMLInputElement>('file')
  const file = input.files?.[0]
  input.value = ''
  if (file) await open(file)
})
get<HTMLSelectElement>('template').onchange = tried(async () => {
  const select = get<HTMLSelectElement>('template')
  const template = select.value && (await engine.ask('templates'))[Number(select.value)]
  select.value = ''
  if (template && mayReplace()) await begin(template.text, '')
})
get<HTMLInputElement>('keep').onchange = tried(() => get<HTMLInputElement>('keep').checked && keep({ name, text: editor.text.toString() }))
get<HTMLSelectElement>('shade').value = shade()
get<HTMLSelectElement>('shade').onchange = () => shaded(get<HTMLSelectElement>('shade').value)
get<HTMLSelectElement>('language').value = language()
get<HTMLSelectElement>('language').onchange = tried(() => {
  choose(get<HTMLSelectElement>('language').value)
  tell()
  return begun()
})
window.addEventListener('keydown', (event) => {
  const isCommand = event.ctrlKey || event.metaKey
  if (isCommand && event.key === '.') void tried(here)()
  else if (isCommand && event.key === 's') void tried(buttons[place ? 'writeBack' : 'save']!)()
  else if (event.key === 'F6') {
    if (editor.view.hasFocus) get(`tab-${pane}`).focus()
    else editor.view.focus()
  } else if (event.altKey && PANES[Number(event.key) - 1]) {
    choosePane(PANES[Number(event.key) - 1]!)
    get(`tab-${pane}`).focus()
  } else return
  event.preventDefault()
})
window.addEventListener('dragover', (event) => event.preventDefault())
window.addEventListener('drop', (event) => {
  const file = event.dataTransfer?.files[0]
  if (!file) return
  event.preventDefault()
  // It can be asked for only now, and is there later.
  const handle = event.dataTransfer?.items[0]?.getAsFileSystemHandle?.()
  void tried(async () => {
    const dropped = await handle
    const where = dropped?.kind === 'file' ? (await Place.of(dropped as FileSystemFileHandle)).place : undefined
    await open(file, where)
  })()
})
window.addEventListener('beforeunload', (event) => {
  if (!isSaved && editor.text.length && !get<HTMLInputElement>('keep').checked) event.preventDefault()
})

shaded(shade())
tell()
choosePane('problems')
void tried(async () => {
  for (const [n, { name }] of (await engine.ask('templates')).entries()) get<HTMLSelectElement>('template').add(new Option(name, String(n)))
  const before = await kept().catch(() => undefined)
  if (before) get<HTMLInputElement>('keep').checked = true
  await begin(before?.text ?? '', before?.name ?? '')
  document.body.dataset['ready'] = 'yes'
})()
if ('serviceWorker' in navigator && location.protocol.startsWith('http')) void navigator.serviceWorker.register('offline.js').catch(() => undefined)

declare const EXAMPLE: string
