// The engine, beside the page, so that typing never waits for it. Requests are answered in their order.

import init, { Draft, Preferences, Word, look_up, rules, templates } from '../build/engine.js'
import { unpacked } from './unpack'
import type { Answer, Edit, Methods, Request, Source } from './answers'

let draft: Draft | undefined
let word: Word | undefined
let preferences: Preferences | undefined
let language = 'zh'
/** What comes is answered in its order. */
let last: Promise<unknown> = Promise.resolve()

function current(): Draft {
  if (!draft) throw new Error('no draft')
  return draft
}

function opened(): Word {
  if (!word) throw new Error('no document')
  return word
}

const methods: Methods = {
  settle(chosen) {
    preferences?.free()
    preferences = new Preferences()
    preferences.speaking(chosen.pace, chosen.minutes)
    preferences.aloud(chosen.aloud)
    for (const [code, severity] of Object.entries(chosen.rules)) preferences.rule(code, severity)
  },
  rules: () => JSON.parse(rules(language)),
  templates: () => JSON.parse(templates()),
  begin(text, name, locale, speech) {
    draft?.free()
    language = locale
    preferences ??= new Preferences()
    draft = new Draft(text, name, locale, speech, preferences)
  },
  edit(edits: Edit[]) {
    for (const { range, newText } of edits) {
      current().edit(range.start.line, range.start.character, range.end.line, range.end.character, newText)
    }
  },
  look: (line, character, writing) => ({
    findings: JSON.parse(current().findings(line, character, writing)),
    state: JSON.parse(current().state()),
  }),
  outline: () => JSON.parse(current().outline()),
  open: () => JSON.parse(current().open()),
  complete: (line, character, asked) => JSON.parse(current().complete(line, character, asked)),
  hover: (line, character) => JSON.parse(current().hover(line, character)),
  why: (line, character) => current().why(line, character),
  actions: ({ start, end }) => JSON.parse(current().actions(start.line, start.character, end.line, end.character)),
  fixAll: () => JSON.parse(current().fix_all()),
  renumber: () => JSON.parse(current().renumber()),
  format: () => JSON.parse(current().format()),
  name: (line, character) => JSON.parse(current().name(line, character)),
  rename: (line, character, text) => JSON.parse(current().rename(line, character, text)),
  change: (name, line, character) => JSON.parse(current().change(name, line, character)),
  nextBlank: (line, character) => JSON.parse(current().next_blank(line, character)),
  verdict: () => JSON.parse(current().verdict()),
  statistics: () => current().statistics(),
  export: (reading) => current().export(reading),
  lookUp: (query) => JSON.parse(look_up(query, language)),
  openWord(bytes) {
    const opened = new Word(bytes, language)
    word?.free()
    word = opened
    return opened.text()
  },
  annotated: () => opened().annotated(preferences ??= new Preferences()),
  revised: (text) => ({ bytes: opened().revised(text, preferences ??= new Preferences()), left: opened().left() }),
}

/** Puts pieces of memory in their places. */
function put(memory: WebAssembly.Memory, image: ArrayBuffer) {
  const pieces = new DataView(image)
  for (let at = 0; at < image.byteLength; ) {
    const [address, length] = [pieces.getUint32(at, true), pieces.getUint32(at + 4, true)]
    new Uint8Array(memory.buffer).set(new Uint8Array(image, at + 8, length), address)
    at += 8 + length
  }
}

const bytesOf = async (where: ArrayBuffer | string): Promise<ArrayBuffer> => {
  if (typeof where !== 'string') return where
  const answer = await fetch(where)
  if (!answer.ok) throw new Error(`${where}: ${answer.status}`)
  return answer.arrayBuffer()
}

/** All come at once; what the engine knows is put in place before anything is asked. */
async function start(source: Source) {
  const [engine, words, counts] = await Promise.all([source.engine, source.words, source.counts].map(bytesOf))
  const { memory } = await init({ module_or_path: unpacked(new Uint8Array(engine!)) })
  put(memory, unpacked(new Uint8Array(words!)).buffer)
  put(memory, counts!)
}

async function answered({ id, method, given }: Request): Promise<Answer> {
  try {
    const call = methods[method] as (...given: unknown[]) => unknown
    return { id, value: await call(...given) }
  } catch (error) {
    // What the engine refuses is a sentence; a crash of it is an error of this one request.
    return { id, error: typeof error === 'string' ? error : String((error as Error).message ?? error) }
  }
}

self.onmessage = ({ data }: MessageEvent<Request | Source>) => {
  if ('engine' in data) last = start(data)
  else last = last.then(() => answered(data), (error) => ({ id: data.id, error: String(error) })).then((answer) => self.postMessage(answer))
}
