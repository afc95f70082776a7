// The engine, beside the page, so that typing never waits for it. Requests are answered in their order.

import init, { Draft, Word, look_up } from '../build/engine.js'
import type { Answer, Edit, Methods, Request, Source } from './answers'

let draft: Draft | undefined
let word: Word | undefined
let language = 'zh'
let ready: Promise<unknown> | undefined

function current(): Draft {
  if (!draft) throw new Error('no draft')
  return draft
}

const methods: Methods = {
  begin(text, name, locale, speech) {
    draft?.free()
    language = locale
    draft = new Draft(text, name, locale, speech)
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
  refusal: (text) => current().refusal(text) ?? null,
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
  annotated(revise) {
    if (!word) throw new Error('no document')
    return word.annotated(revise)
  },
}

/** Where in the engine's memory the words of the dictionary belong; set by the build. */
declare const WORDS_AT: number

/** Both come at once; the words are put in place before anything is asked. */
async function start({ engine, words }: Source) {
  const read = typeof words === 'string' ? fetch(words).then((answer) => answer.arrayBuffer()) : words
  const [{ memory }, bytes] = await Promise.all([init({ module_or_path: engine }), read])
  new Uint8Array(memory.buffer).set(new Uint8Array(bytes), WORDS_AT)
}

self.onmessage = async ({ data }: MessageEvent<Request | Source>) => {
  if ('engine' in data) {
    ready = start(data)
    return
  }
  let answer: Answer
  try {
    await ready
    const call = methods[data.method] as (...given: unknown[]) => unknown
    answer = { id: data.id, value: call(...data.given) }
  } catch (error) {
    // What the engine refuses is a sentence; a crash of it is an error of this one request.
    answer = { id: data.id, error: typeof error === 'string' ? error : String((error as Error).message ?? error) }
  }
  self.postMessage(answer)
}
