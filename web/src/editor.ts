// The editor: CodeMirror with what the engine knows of the draft.

import { autocompletion, closeBrackets, type Completion as Item, type CompletionContext, completionKeymap, snippet } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { type Diagnostic, forceLinting, lintGutter, lintKeymap, linter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { ChangeSet, Compartment, EditorState, StateEffect, type Text } from '@codemirror/state'
import { EditorView, drawSelection, hoverTooltip, keymap, lineNumbers, placeholder } from '@codemirror/view'
import type { Completion, Edit, Finding, Look, Place, Range } from './answers'
import type { Engine } from './engine'
import { rendered } from './markdown'
import { say } from './texts'

export const offset = (text: Text, { line, character }: Place): number => {
  const at = text.line(Math.min(line + 1, text.lines))
  return Math.min(at.from + character, at.to)
}

export const span = (text: Text, range: Range) => ({ from: offset(text, range.start), to: offset(text, range.end) })

const place = (text: Text, at: number): Place => {
  const line = text.lineAt(at)
  return { line: line.number - 1, character: at - line.from }
}

export const rangeOf = (text: Text, from: number, to: number): Range => ({ start: place(text, from), end: place(text, to) })

const SEVERITIES = { error: 'error', warning: 'warning', information: 'info', hint: 'hint' } as const

/** Edits made one behind the other by somebody who knows only the text before: from the end to the start. */
function changesOf(changes: ChangeSet, before: Text): Edit[] {
  const edits: Edit[] = []
  changes.iterChanges((from, to, _from, _to, inserted) => {
    edits.unshift({ range: rangeOf(before, from, to), newText: inserted.toString() })
  })
  return edits
}

/** The draft is to be looked at again, although nothing was written. */
const again = StateEffect.define<null>()

export interface Listener {
  /** The draft was looked at anew. */
  looked(look: Look): void
  /** The text has changed, or another one was opened. */
  changed(): void
}

export class Editor {
  readonly view: EditorView
  private version = 0
  private readonly texts = new Compartment()

  constructor(parent: HTMLElement, private readonly engine: Engine, private readonly listener: Listener) {
    this.view = new EditorView({
      parent,
      state: EditorState.create({
        extensions: [
          lineNumbers(),
          // What is open is marked where it stands.
          lintGutter({ markerFilter: (found) => found.filter(({ markClass }) => !markClass) }),
          history(),
          drawSelection(),
          EditorView.lineWrapping,
          closeBrackets(),
          search(),
          highlightSelectionMatches(),
          autocompletion({ override: [(context) => this.complete(context)], icons: false, maxRenderedOptions: 30 }),
          linter((view) => this.lint(view), { delay: 120, needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((effect) => effect.is(again))) }),
          hoverTooltip((view, at) => this.hover(view, at), { hoverTime: 400 }),
          keymap.of([...completionKeymap, ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return
            this.version += 1
            void engine.ask('edit', changesOf(update.changes, update.startState.doc))
            listener.changed()
          }),
          this.texts.of(this.said()),
        ],
      }),
    })
    // What scrolls can be reached by keyboard.
    this.view.scrollDOM.tabIndex = 0
  }

  private said() {
    return [placeholder(say('placeholder')), EditorView.contentAttributes.of({ 'aria-label': say('editor'), spellcheck: 'false' })]
  }

  /** After the language of the page was changed. */
  retold() {
    this.view.dispatch({ effects: this.texts.reconfigure(this.said()) })
  }

  get text(): Text {
    return this.view.state.doc
  }

  /** Another draft takes the place of this one; it can be undone. */
  replace(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.text.length, insert: text }, selection: { anchor: 0 }, scrollIntoView: true })
  }

  apply(edits: Edit[], selection?: Range) {
    const text = this.text
    const changes = edits.map(({ range, newText }) => ({ ...span(text, range), insert: newText }))
    this.view.dispatch({ changes, userEvent: 'input.fix', ...(selection && { selection: { anchor: offset(text, selection.start) } }) })
    this.view.focus()
  }

  show(range: Range) {
    const { from, to } = span(this.text, range)
    this.view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    this.view.focus()
  }

  insert(text: string) {
    this.view.dispatch(this.view.state.replaceSelection(text), { userEvent: 'input.complete', scrollIntoView: true })
    this.view.focus()
  }

  selected(): Range {
    const { from, to } = this.view.state.selection.main
    return rangeOf(this.text, from, to)
  }

  /** Where on the screen the writer is. */
  spot(): { left: number; top: number } {
    const at = this.view.coordsAtPos(this.view.state.selection.main.head)
    const { left, top } = this.view.dom.getBoundingClientRect()
    return at ? { left: at.left, top: at.bottom + 4 } : { left: left + 40, top: top + 40 }
  }

  cursor(): Place {
    return place(this.text, this.view.state.selection.main.head)
  }

  /** Looks again, although nothing was written. */
  refresh() {
    this.view.dispatch({ effects: again.of(null) })
    forceLinting(this.view)
  }

  private async lint(view: EditorView): Promise<Diagnostic[]> {
    const version = this.version
    const { line, character } = this.cursor()
    const writing = view.hasFocus && version > 0
    const look = await this.engine.ask('look', line, character, writing)
    // The editor drops what is about another version; so do the lists.
    if (version === this.version) this.listener.looked(look)
    return look.findings.map((found) => this.diagnostic(found))
  }

  private diagnostic(found: Finding): Diagnostic {
    const fix = found.fix
    return {
      ...span(this.text, found.range),
      severity: SEVERITIES[found.severity],
      source: found.name,
      message: found.message,
      markClass: found.isBlank ? 'blank' : '',
      actions: fix ? [{ name: fix.title, apply: () => this.apply(fix.edits) }] : [],
    }
  }

  private async hover(view: EditorView, at: number) {
    const { line, character } = place(view.state.doc, at)
    const hover = await this.engine.ask('hover', line, character)
    if (!hover) return null
    const { from, to } = span(view.state.doc, hover.range)
    return { pos: from, end: to, above: true, create: () => ({ dom: this.explained(hover.markdown, line, character) }) }
  }

  private explained(markdown: string, line: number, character: number): HTMLElement {
    const dom = rendered(markdown)
    const why = document.createElement('button')
    why.textContent = say('why')
    why.className = 'why'
    why.onclick = async () => why.replaceWith(rendered(await this.engine.ask('why', line, character)))
    dom.appendChild(why)
    return dom
  }

  private async complete(context: CompletionContext) {
    // While an input method composes, what stands there is no text yet.
    if (context.view?.composing) return null
    const { line, character } = place(context.state.doc, context.pos)
    const found = await this.engine.ask('complete', line, character, context.explicit)
    if (context.aborted || found.length === 0) return null
    const text = context.state.doc
    const options = found.map((item, n): Item => ({
      label: item.label,
      detail: item.detail,
      boost: -n,
      type: item.deprecated ? 'deprecated' : '',
      apply: (view) => insert(view, item, text),
    }))
    return { from: offset(text, found[0]!.range.start), to: context.pos, options, filter: false }
  }
}

/** Stops of a template: `${1:…}` is what CodeMirror reads, too. */
function insert(view: EditorView, item: Completion, text: Text) {
  const { from } = span(text, item.range)
  const to = view.state.selection.main.head
  if (item.isTemplate) snippet(item.text)(view, null, from, to)
  else view.dispatch({ changes: { from, to, insert: item.text }, selection: { anchor: from + item.text.length }, userEvent: 'input.complete' })
}
