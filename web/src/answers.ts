// What the engine answers; as in engine/src/answers.rs. Lines from 0, characters in UTF-16 units.

export interface Place { line: number; character: number }
export interface Range { start: Place; end: Place }
export interface Edit { range: Range; newText: string }
export interface Fix { title: string; grade: 'certain' | 'offered' | 'style'; edits: Edit[] }
export type Severity = 'error' | 'warning' | 'information' | 'hint'

export interface Finding {
  code: string
  name: string
  severity: Severity
  message: string
  range: Range
  isBlank: boolean
  related: { range: Range; message: string }[]
  fix: Fix | null
}

export interface Section { name: string; detail: string; kind: string; range: Range; children: Section[] }
export interface Open { text: string; category: string; places: { range: Range; section: string; around: string }[] }
export interface Completion {
  label: string
  detail: string
  range: Range
  text: string
  isTemplate: boolean
  deprecated: boolean
  id: string | null
}
export interface Action { title: string; edits: Edit[]; kind: 'fill' | 'fix' | 'structure' }
export interface Hover { markdown: string; range: Range }
export interface Name { text: string; places: Range[] }
export interface Verdict { ready: boolean; markdown: string }
export interface Formulation { id: string; text: string; kind: string; explanation: string }
export interface Rule { code: string; name: string; summary: string; severity: Severity | null }
export interface Template { name: string; text: string }

/** What the writer has settled. Rules by their codes; numbers are 0 where nothing is said. */
export interface Chosen {
  rules: Record<string, Severity | 'off'>
  pace: number
  minutes: number
  aloud: boolean
}

/** Changes of the structure around a place. */
export type Change = 'moveUp' | 'moveDown' | 'promote' | 'demote'

export interface State {
  counts: [number, number, number, number]
  blanks: number
  words: number
  size: string
  isOfficial: boolean
  isTraditional: boolean
}

/** What is shown of a draft as it stands. */
export interface Look { findings: Finding[]; state: State }

/** What can be asked. */
export interface Methods {
  /** Holds for what begins afterwards. */
  settle(chosen: Chosen): void
  rules(): Rule[]
  templates(): Template[]
  begin(text: string, name: string, language: string, speech: boolean): void
  edit(edits: Edit[]): void
  look(line: number, character: number, writing: boolean): Look
  outline(): Section[]
  open(): Open[]
  complete(line: number, character: number, asked: boolean): Completion[]
  hover(line: number, character: number): Hover | null
  why(line: number, character: number): string
  actions(range: Range): Action[]
  fixAll(): Edit[]
  renumber(): Edit[]
  format(): Edit[]
  name(line: number, character: number): Name | null
  rename(line: number, character: number, text: string): Edit[]
  change(name: Change, line: number, character: number): Edit[]
  nextBlank(line: number, character: number): Range | null
  verdict(): Verdict
  statistics(): string
  export(reading: boolean): Uint8Array
  lookUp(query: string): Formulation[]
  openWord(bytes: Uint8Array): string
  /** The Word document that was opened, with comments. */
  annotated(): Uint8Array
  /** The same with what makes it `text` as tracked changes; and how much of that is not in it. */
  revised(text: string): { bytes: Uint8Array; left: number }
}

export interface Request { id: number; method: keyof Methods; given: unknown[] }
export type Answer = { id: number; value: unknown } | { id: number; error: string }

/** Where the engine and what it knows are, or their bytes. The counts are no smaller when they are packed. */
export interface Source { engine: ArrayBuffer | string; words: ArrayBuffer | string; counts: ArrayBuffer | string }
