// The page: buttons, panes, files. What it knows of drafts it asks the engine.

import type { Chosen, Edit, Finding, Look, Rule } from './answers'
import { Editor } from './editor'
import { Engine } from './engine'
import { decode, encode, type Form, give, PLAIN, Place, read, Unreadable, WORD } from './files'
import { claim, clear, keep, kept } from './kept'
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
const LANGUAGE = 'jianggao-language'

const get = <T extends HTMLElement>(id: string) => document.getElementById(id) as T

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

function started(): Engine {
  const carried = globalThis.CARRIED
  if (!carried) return new Engine(new Worker('worker.js'), { engine: 'engine.lzma', words: 'words.lzma', counts: 'counts.bin' })
  const source = URL.createObjectURL(new Blob([bytesOf(carried['worker.js'])], { type: 'text/javascript' }))
  const [engine, words, counts] = [carried['engine.lzma'], carried['words.lzma'], carried['counts.bin']].map((base64) => bytesOf(base64).buffer)
  return new Engine(new Worker(source), { engine: engine!, words: words!, counts: counts! })
}

choose(new URLSearchParams(location.search).get('lang') ?? (remembered(LANGUAGE) || navigator.language))
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
/** What is here is kept in the browser. */
let isKept = false
let pane: Pane = 'problems'
let found: Finding[] = []

/** The version of the text that `found` is about. */
let seen = 0
const editor = new Editor(get('editor'), engine, { looked, changed, stale: () => said(say('stale')) })

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
  seen = editor.version
  get('looking').hidden = true
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
  isSaved = isKept = false
  clearTimeout(timer)
  timer = window.setTimeout(keepIt, 500)
  waiting()
}

/** Says that the draft is being looked at, where that takes long. */
function waiting() {
  setTimeout(() => {
    get('looking').hidden = seen === editor.version
  }, 800)
}

/** Keeps the draft in the browser, where the writer wants that; the switch shows whether it is so. */
async function keepIt() {
  const isWanted = get<HTMLInputElement>('keep')
  if (!isWanted.checked) return
  const { version } = editor
  try {
    isWanted.checked = await keep({ name, text: editor.text.toString() })
    if (!isWanted.checked) said(say('keptElsewhere'))
    isKept = isWanted.checked && version === editor.version
  } catch (error) {
    isWanted.checked = false
    failed(error)
  }
}

/** What this browser was told before; nothing where it keeps nothing. */
function remembered(key: string): string {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

function remember(key: string, value: string) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // It holds as long as the page is open.
  }
}

/** What the writer has settled before. */
function settled(): Partial<Chosen> {
  try {
    return JSON.parse(remembered(SETTINGS) || '{}')
  } catch {
    return {}
  }
}

/** `light`, `dark`, or nothing: as the system has it. */
function shaded(shade: string) {
  document.documentElement.style.colorScheme = shade
  remember(SHADE, shade)
}

const settle = tried(async () => {
  remember(SETTINGS, JSON.stringify(chosen))
  await engine.ask('settle', chosen)
  await begun()
})

async function showPane() {
  const of = get(`pane-${pane}`)
  // The field that the writer is at is not taken away.
  if (of.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return
  const { version } = editor
  if (pane === 'problems') panes.problems(of, found, seen, editor)
  else if (pane === 'settings') of.childElementCount || panes.settings(of, rules, chosen, settle)
  else if (pane === 'length') panes.told(of, await engine.ask('statistics'))
  else if (pane === 'outline') {
    panes.outline(of, await engine.ask('outline'), editor, (name, { start }) => tried(async () => {
      if (version !== editor.version) said(say('stale'))
      else await made(engine.ask('change', name, start.line, start.character), 'cannot', true)
    })())
  } else if (pane === 'blanks') panes.blanks(of, await engine.ask('open'), version, editor, engine, said)
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
  for (const id of ['annotated', 'revised']) get(id).hidden = original === undefined
  found = []
  void showPane()
  // What a browser cannot write as it was is not written over.
  place = form.encoding === 'utf-8' ? where : undefined
  get('writeBack').hidden = !place
  editor.replace(text)
  waiting()
  await begun()
  isSaved = true
  document.title = name ? `${name} · ${say('title')}` : say('title')
}

/** A draft that comes from no file. */
async function fresh(text: string) {
  original = undefined
  await begin(text, '')
  said('')
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

/** Makes changes of the text as it is now, when they are there. */
async function made(edits: Promise<Edit[]>, none: Text = 'nothing', keepsFocus = false) {
  const { version } = editor
  const change = await edits
  if (change.length === 0) said(say(none))
  else if (editor.apply(change, version, keepsFocus)) said(say('changed', change.length))
}

/** What the engine can do where the writer is. */
async function here() {
  if (document.querySelector('dialog[open]')) return
  const { version } = editor
  const range = editor.selected()
  const { line, character } = editor.cursor()
  const [actions, name, told] = await Promise.all([
    engine.ask('actions', range), engine.ask('name', line, character), engine.ask('hover', line, character),
  ])
  const items: Item[] = []
  const isBlank = found.some(({ isBlank, range: { start } }) => isBlank && name?.places.some((place) => place.start.line === start.line && place.start.character === start.character))
  if (name) items.push({ title: say(isBlank ? 'fillHere' : 'rename', name.places.length).replace('{name}', name.text), run: tried(() => rename(line, character, name.text)) })
  for (const { title, edits } of actions) items.push({ title, run: () => editor.apply(edits, version) })
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
  example: () => mayReplace() && fresh(EXAMPLE),
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
  toWord: () => exported(false),
  toReading: () => exported(true),
  annotated,
  revised,
  clear: async () => {
    await clear()
    for (const key of [SETTINGS, SHADE, LANGUAGE]) localStorage.removeItem(key)
    get<HTMLInputElement>('keep').checked = isKept = false
    said(say('cleared'))
  },
  isSpeech: () => {
    isSpeech = true
    return begun()
  },
  privacy: () => shown(say('privacyHow')),
  close: () => get<HTMLDialogElement>('dialog').close(),
}

const giveWord = (bytes: Uint8Array, what: Text) => give(`${stem()}（${say(what)}）.docx`, bytes as BlobPart, WORD)

async function annotated() {
  giveWord(await engine.ask('annotated'), 'annotated')
  if (editor.text.toString() !== original) said(say('edited'))
}

async function revised() {
  const { bytes, left } = await engine.ask('revised', editor.text.toString())
  giveWord(bytes, 'revised')
  said(left ? say('leftOut', left) : '')
}

/** A document that is made of the text alone does not take the name of the one that was opened. */
async function exported(isForReading: boolean) {
  const bytes = await engine.ask('export', isForReading)
  if (isForReading || original !== undefined) giveWord(bytes, isForReading ? 'toReading' : 'laidOut')
  else give(`${stem()}.docx`, bytes as BlobPart, WORD)
  if (original !== undefined) said(say('laidOutAnew'))
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
  if (template && mayReplace()) await fresh(template.text)
})
get<HTMLInputElement>('keep').onchange = () => {
  claim()
  void keepIt()
}
get<HTMLSelectElement>('shade').value = remembered(SHADE)
get<HTMLSelectElement>('shade').onchange = () => shaded(get<HTMLSelectElement>('shade').value)
get<HTMLSelectElement>('language').value = language()
get<HTMLSelectElement>('language').onchange = tried(() => {
  choose(get<HTMLSelectElement>('language').value)
  remember(LANGUAGE, language())
  document.querySelector('.menu')?.remove()
  said('')
  tell()
  return begun()
})
window.addEventListener('keydown', (event) => {
  const isCommand = event.ctrlKey || event.metaKey
  if (isCommand && event.key === '.') void tried(here)()
  else if (isCommand && event.key === 's') void tried(buttons[place ? 'writeBack' : 'save']!)()
  else if (isCommand && /^[zy]$/i.test(event.key) && !editor.view.hasFocus && !(event.target instanceof HTMLInputElement)) editor.takeBack(event.shiftKey || event.key === 'y')
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
// Before the editor, which would take a file for its text.
window.addEventListener('drop', (event) => {
  const [file, ...others] = event.dataTransfer?.files ?? []
  if (!file) return
  event.preventDefault()
  event.stopPropagation()
  // It can be asked for only now, and is there later.
  const handle = event.dataTransfer?.items[0]?.getAsFileSystemHandle?.()
  void tried(async () => {
    const dropped = await handle
    const where = dropped?.kind === 'file' ? (await Place.of(dropped as FileSystemFileHandle)).place : undefined
    await open(file, where)
    if (others.length) said(say('oneFile').replace('{name}', file.name))
  })()
}, true)
window.addEventListener('beforeunload', (event) => {
  if (!isSaved && editor.text.length && !isKept) event.preventDefault()
})

shaded(remembered(SHADE))
tell()
choosePane('problems')
void tried(async () => {
  for (const [n, { name }] of (await engine.ask('templates')).entries()) get<HTMLSelectElement>('template').add(new Option(name, String(n)))
  const before = await kept().catch(() => undefined)
  if (before) get<HTMLInputElement>('keep').checked = isKept = true
  await begin(before?.text ?? '', before?.name ?? '')
  document.body.dataset['ready'] = 'yes'
})()
if ('serviceWorker' in navigator && location.protocol.startsWith('http')) void navigator.serviceWorker.register('offline.js').catch(() => undefined)

declare const EXAMPLE: string
