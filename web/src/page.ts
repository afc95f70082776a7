// The page: buttons, panes, files. What it knows of drafts it asks the engine.

import type { Edit, Finding, Look } from './answers'
import { Editor } from './editor'
import { Engine } from './engine'
import { decode, give, lines, read, Unreadable } from './files'
import { clear, keep, kept } from './kept'
import * as panes from './panes'
import { choose, language, say, type Text } from './texts'

declare global {
  // Set by the build: the engine and its worker, where they are carried in the page itself.
  var CARRIED: { worker: string; engine: string; words: string } | undefined
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const PANES = ['problems', 'blanks', 'outline', 'length', 'phrases'] as const
type Pane = (typeof PANES)[number]

const get = <T extends HTMLElement>(id: string) => document.getElementById(id) as T

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))

function started(): Engine {
  const carried = globalThis.CARRIED
  if (!carried) return new Engine(new Worker('worker.js'), { engine: 'engine.wasm', words: 'words.bin' })
  const source = URL.createObjectURL(new Blob([bytesOf(carried.worker)], { type: 'text/javascript' }))
  return new Engine(new Worker(source), { engine: bytesOf(carried.engine).buffer, words: bytesOf(carried.words).buffer })
}

choose(new URLSearchParams(location.search).get('lang') ?? navigator.language)
const engine = started()
// The editor asks as soon as it is there.
void engine.ask('begin', '', '', language(), false)
let name = ''
let isSpeech = false
/** The text of a Word document as it was opened. */
let original: string | undefined
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

async function showPane() {
  const of = get(`pane-${pane}`)
  // The field that the writer is at is not taken away.
  if (of.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement) return
  if (pane === 'problems') panes.problems(of, found, editor)
  else if (pane === 'length') panes.told(of, await engine.ask('statistics'))
  else if (pane === 'outline') panes.outline(of, await engine.ask('outline'), editor)
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

async function begin(text: string, called: string) {
  name = called
  await engine.ask('begin', '', name, language(), isSpeech)
  // The editor tells the engine the text as a change of what it has.
  const before = editor.text.toString()
  await engine.ask('edit', [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: before }])
  if (before !== text) editor.replace(text)
  isSaved = true
  editor.refresh()
  document.title = name ? `${name} · ${say('title')}` : say('title')
}

async function open(file: File) {
  if (!isSaved && editor.text.length && !confirm(say('replace'))) return
  const opened = await read(file)
  const isWord = opened.kind === 'word'
  const text = lines(isWord ? await engine.ask('openWord', opened.bytes) : decode(opened.bytes))
  original = isWord ? text : undefined
  for (const id of ['annotated', 'revised']) get(id).hidden = !isWord
  await begin(text, opened.name)
  said(opened.name)
}

async function made(edits: Promise<Edit[]>) {
  const change = await edits
  if (change.length) editor.apply(change)
  said(change.length ? say('changed', change.length) : say('nothing'))
}

const stem = () => name.replace(/\.[^.]*$/, '') || say('title')

const buttons: Record<string, () => unknown> = {
  open: () => get<HTMLInputElement>('file').click(),
  example: () => begin(EXAMPLE, ''),
  save: () => {
    give(/\.(txt|md)$/i.test(name) ? name : `${stem()}.txt`, editor.text.toString(), 'text/plain;charset=utf-8')
    isSaved = true
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
    const verdict = await engine.ask('verdict')
    panes.told(get('verdict'), verdict.markdown)
    get<HTMLDialogElement>('dialog').showModal()
  },
  toWord: async () => give(`${stem()}.docx`, await engine.ask('export', false) as BlobPart, WORD),
  toReading: async () => give(`${stem()}（${say('toReading')}）.docx`, await engine.ask('export', true) as BlobPart, WORD),
  annotated: () => annotated(false),
  revised: () => annotated(true),
  clear: async () => {
    await clear()
    get<HTMLInputElement>('keep').checked = false
    said(say('cleared'))
  },
  isSpeech: () => {
    isSpeech = true
    return begin(editor.text.toString(), name)
  },
  privacy: () => {
    panes.told(get('verdict'), say('privacyHow'))
    get<HTMLDialogElement>('dialog').showModal()
  },
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
  panes.phrases(get('pane-phrases'), engine)
  editor.retold()
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
get<HTMLInputElement>('keep').onchange = tried(() => get<HTMLInputElement>('keep').checked && keep({ name, text: editor.text.toString() }))
get<HTMLSelectElement>('language').value = language()
get<HTMLSelectElement>('language').onchange = tried(() => {
  choose(get<HTMLSelectElement>('language').value)
  tell()
  return begin(editor.text.toString(), name)
})
window.addEventListener('dragover', (event) => event.preventDefault())
window.addEventListener('drop', (event) => {
  const file = event.dataTransfer?.files[0]
  if (!file) return
  event.preventDefault()
  void tried(() => open(file))()
})
window.addEventListener('beforeunload', (event) => {
  if (!isSaved && editor.text.length && !get<HTMLInputElement>('keep').checked) event.preventDefault()
})

tell()
choosePane('problems')
void tried(async () => {
  const before = await kept().catch(() => undefined)
  if (before) get<HTMLInputElement>('keep').checked = true
  await begin(before?.text ?? '', before?.name ?? '')
  document.body.dataset['ready'] = 'yes'
})()
if ('serviceWorker' in navigator && location.protocol.startsWith('http')) void navigator.serviceWorker.register('offline.js').catch(() => undefined)

declare const EXAMPLE: string
