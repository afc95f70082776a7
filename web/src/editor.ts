// The editor: CodeMirror with what the engine knows of the draft.

import { acceptCompletion, autocompletion, closeBrackets, closeCompletion, type Completion as Item, type CompletionContext, completionKeymap, completionStatus, selectedCompletionIndex, snippet } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, insertNewlineKeepIndent, redo, undo } from '@codemirror/commands'
import { type Diagnostic, forceLinting, lintGutter, lintKeymap, linter } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { ChangeSet, Compartment, EditorState, StateEffect, type Text, type Transaction } from '@codemirror/state'
import { EditorView, drawSelection, hoverTooltip, keymap, lineNumbers, placeholder } from '@codemirror/view'
import type { Completion, Edit, Finding, Look, Place, Range } from './answers'
import type { Engine } from './engine'
import { rendered } from './markdown'
import { phrases, say } from './texts'

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

/** Whether somebody writes, letter by letter; not what comes or goes at once. */
function isTyping(transaction: Transaction): boolean {
  if (!transaction.docChanged || !['input.type', 'input.complete', 'delete'].some((event) => transaction.isUserEvent(event))) return false
  let isOne = true
  transaction.changes.iterChanges((from, to, _from, _to, inserted) => {
    isOne &&= [transaction.startState.sliceDoc(from, to), inserted.toString()].every((text) => !text.trim().includes('\n'))
  })
  return isOne
}

/** The draft is to be looked at again, although nothing was written. */
const again = StateEffect.define<null>()

export interface Listener {
  /** The draft was looked at anew. */
  looked(look: Look): void
  /** The text has changed, or another one was opened. */
  changed(): void
  /** What was to be done is about an older text, and was not done. */
  stale(): void
}

export class Editor {
  readonly view: EditorView
  /** Counts the changes: what was found out about one text is not done to another. */
  version = 0
  /** Whether the last change was writing, and the writer is still there. */
  private isWriting = false
  /** Whether the completions that are shown were looked for. */
  private isAsked = false
  private readonly texts = new Compartment()

  constructor(parent: HTMLElement, private readonly engine: Engine, private readonly listener: Listener) {
    this.view = new EditorView({ parent, state: this.begun('') })
    // What scrolls can be reached by keyboard.
    this.view.scrollDOM.tabIndex = 0
  }

  private begun(text: string): EditorState {
    return EditorState.create({
      doc: text,
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
        autocompletion({ override: [(context) => this.complete(context)], icons: false, maxRenderedOptions: 30, defaultKeymap: false }),
        linter((view) => this.lint(view), { delay: 120, needsRefresh: ({ transactions }) => transactions.some(({ effects }) => effects.some((effect) => effect.is(again))) }),
        hoverTooltip((view, at) => this.hover(view, at), { hoverTime: 400 }),
        keymap.of([
          { key: 'Enter', run: (view) => this.enter(view) },
          ...completionKeymap.filter(({ key }) => key !== 'Enter'),
          ...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          const line = (state: EditorState) => state.doc.lineAt(state.selection.main.head).number
          if (update.docChanged) {
            this.version += 1
            this.isWriting = update.transactions.some(isTyping)
            void this.engine.ask('edit', changesOf(update.changes, update.startState.doc))
            this.listener.changed()
          } else if (this.isWriting && update.selectionSet && line(update.state) !== line(update.startState)) {
            this.isWriting = false
            setTimeout(() => this.refresh())
          }
        }),
        this.texts.of(this.said()),
      ],
    })
  }

  /** Enter takes a completion that was looked for: by letters, on request, or by going along the list. */
  private enter(view: EditorView): boolean {
    if (completionStatus(view.state) === 'active') {
      if (this.isAsked || (selectedCompletionIndex(view.state) ?? 0) > 0) return acceptCompletion(view)
      closeCompletion(view)
    }
    return insertNewlineKeepIndent(view)
  }

  private said() {
    return [placeholder(say('placeholder')), EditorState.phrases.of(phrases()), EditorView.contentAttributes.of({ 'aria-label': say('editor'), spellcheck: 'false' })]
  }

  /** After the language of the page was changed. */
  retold() {
    this.view.dispatch({ effects: this.texts.reconfigure(this.said()) })
  }

  get text(): Text {
    return this.view.state.doc
  }

  /** Another draft takes the place of this one, and of what could be undone. */
  replace(text: string) {
    this.version += 1
    this.isWriting = false
    this.view.setState(this.begun(text))
  }

  /** Makes changes that were found for the text of that version; false where the text is another by now. */
  apply(edits: Edit[], of: number, keepsFocus = false): boolean {
    if (of !== this.version) {
      this.listener.stale()
      return false
    }
    const text = this.text
    const changes = edits.map(({ range, newText }) => ({ ...span(text, range), insert: newText }))
    this.view.dispatch({ changes, userEvent: 'input.fix' })
    if (!keepsFocus) this.view.focus()
    return true
  }

  show(range: Range) {
    const { from, to } = span(this.text, range)
    this.view.dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    this.view.focus()
  }

  /** Scrolls to where something was. */
  reveal(range: Range) {
    this.view.dispatch({ effects: EditorView.scrollIntoView(offset(this.text, range.start), { y: 'nearest', yMargin: 40 }) })
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

  /** For who is beside the draft, and wants back what was done to it from there. */
  takeBack(again: boolean) {
    (again ? redo : undo)(this.view)
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
    const writing = view.hasFocus && this.isWriting
    const look = await this.engine.ask('look', line, character, writing)
    // The editor drops what is about another version; so do the lists.
    if (version === this.version) this.listener.looked(look)
    return look.findings.map((found) => this.diagnostic(found, version))
  }

  private diagnostic(found: Finding, version: number): Diagnostic {
    const fix = found.fix
    return {
      ...span(this.text, found.range),
      severity: SEVERITIES[found.severity],
      source: found.name,
      message: found.message,
      markClass: found.isBlank ? 'blank' : '',
      actions: fix ? [{ name: fix.title, apply: () => void this.apply(fix.edits, version) }] : [],
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
    this.isAsked = context.explicit || /[a-z]$/i.test(context.state.sliceDoc(context.pos - 1, context.pos))
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
