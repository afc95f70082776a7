// What stands beside the editor: lists that lead into the draft.

import type { Change, Chosen, Finding, Formulation, Open, Range, Rule, Section, Severity } from './answers'
import type { Editor } from './editor'
import type { Engine } from './engine'
import { rendered } from './markdown'
import { say } from './texts'

/** Longer lists are cut: nobody reads on. */
const SHOWN = 500
const ORDER = { error: 0, warning: 1, information: 2, hint: 3 }

function element<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', text = ''): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

/** An entry that leads to a place. */
function entry(editor: Editor, range: Range, className: string, ...words: string[]): HTMLButtonElement {
  const button = element('button', `entry ${className}`)
  words.filter(Boolean).forEach((word, n) => button.appendChild(element('span', n ? 'beside' : '', word)))
  button.onclick = () => editor.show(range)
  return button
}

const lineOf = (range: Range) => say('line', range.start.line + 1)

/** Faults before what is open, the gravest first. */
export function problems(pane: HTMLElement, found: Finding[], version: number, editor: Editor) {
  const faults = found.filter((one) => !one.isBlank).sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
  pane.replaceChildren()
  if (faults.length === 0) pane.appendChild(element('p', 'none', say('noProblems')))
  for (const one of faults.slice(0, SHOWN)) {
    const row = pane.appendChild(element('div', 'row'))
    const name = `${say(one.severity)} · ${one.name} · ${lineOf(one.range)}`
    row.appendChild(entry(editor, one.range, one.severity, one.message, name))
    const fix = one.fix
    if (fix) {
      const button = row.appendChild(element('button', 'fix', fix.title))
      button.onclick = () => {
        if (editor.apply(fix.edits, version)) editor.reveal(one.range)
      }
    }
  }
}

/** Each fact that is open, where it stands, and a field to fill it in. */
export function blanks(pane: HTMLElement, open: Open[], version: number, editor: Editor, engine: Engine, failed: (message: string) => void) {
  pane.replaceChildren()
  if (open.length === 0) pane.appendChild(element('p', 'none', say('noBlanks')))
  for (const [n, fact] of open.slice(0, SHOWN).entries()) {
    const box = pane.appendChild(element('div', 'fact'))
    const form = box.appendChild(element('form'))
    const field = form.appendChild(element('input'))
    field.placeholder = field.ariaLabel = `${say('fillWith')}：${fact.text}`
    form.appendChild(element('button', 'fix', say('fillIn')))
    form.onsubmit = async (event) => {
      event.preventDefault()
      const { line, character } = fact.places[0]!.range.start
      if (version !== editor.version) return failed(say('stale'))
      try {
        const edits = await engine.ask('rename', line, character, field.value)
        // The next one takes this place in the list, and has its turn.
        pane.dataset['next'] = String(n)
        field.blur()
        editor.apply(edits, version)
      } catch (error) {
        failed((error as Error).message)
      }
    }
    const places = box.appendChild(element('details'))
    const title = places.appendChild(element('summary', '', fact.text))
    title.appendChild(element('span', 'beside', `${fact.category} × ${fact.places.length}`))
    for (const { range, around, section } of fact.places) {
      places.appendChild(entry(editor, range, '', around, [section, lineOf(range)].filter(Boolean).join(' · ')))
    }
    box.prepend(places)
  }
  const next = pane.dataset['next']
  delete pane.dataset['next']
  if (next) pane.querySelectorAll('input')[Number(next)]?.focus()
}

/** What a section is called, whatever its number is. */
const called = (name: string) => name.replace(/^[^、.．）)]{1,6}[、.．）)]\s*/, '')

/** Its sections, each with the buttons that move it. */
export function outline(pane: HTMLElement, sections: Section[], editor: Editor, change: (name: Change, range: Range) => void) {
  const moves: [Change, string][] = [['moveUp', '↑'], ['moveDown', '↓'], ['promote', '←'], ['demote', '→']]
  const list = (of: Section[]): HTMLElement => {
    const items = element('ul', 'outline')
    for (const section of of) {
      const item = items.appendChild(element('li'))
      const row = item.appendChild(element('div', 'movable'))
      row.appendChild(entry(editor, section.range, section.kind, section.name, section.detail))
      if (section.kind === 'section') {
        const tools = row.appendChild(element('span', 'moves'))
        for (const [name, sign] of moves) {
          const button = tools.appendChild(element('button', '', sign))
          button.title = say(name)
          button.ariaLabel = `${say(name)}：${section.name}`
          button.dataset['move'] = `${name} ${called(section.name)}`
          button.onclick = () => change(name, section.range)
        }
      }
      if (section.children.length) item.appendChild(list(section.children))
    }
    return items
  }
  const moved = pane.contains(document.activeElement) && (document.activeElement as HTMLElement).dataset['move']
  pane.replaceChildren(sections.length ? list(sections.slice(0, SHOWN)) : element('p', 'none', say('noOutline')))
  // Who moves a section on goes on with the same one.
  if (moved) [...pane.querySelectorAll<HTMLElement>('[data-move]')].find((button) => button.dataset['move'] === moved)?.focus()
}

export function told(pane: HTMLElement, markdown: string) {
  pane.replaceChildren(rendered(markdown))
}

const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const

/** How fast is spoken and how long; what the rules are worth. */
export function settings(pane: HTMLElement, rules: Rule[], chosen: Chosen, changed: () => void) {
  const number = (key: 'pace' | 'minutes', usual: string) => {
    const label = element('label', 'setting', say(key))
    const field = label.appendChild(element('input'))
    Object.assign(field, { type: 'number', min: '0', max: '2000', inputMode: 'numeric', placeholder: usual, value: chosen[key] || '' })
    field.onchange = () => {
      chosen[key] = Math.max(0, Math.round(Number(field.value)) || 0)
      changed()
    }
    return label
  }
  const aloud = element('label', 'setting')
  const box = element('input')
  Object.assign(box, { type: 'checkbox', checked: chosen.aloud })
  box.onchange = () => {
    chosen.aloud = box.checked
    changed()
  }
  aloud.append(box, ` ${say('aloud')}`)
  const row = (rule: Rule) => {
    const label = element('label', 'setting')
    const told = label.appendChild(element('span', '', rule.name))
    told.appendChild(element('span', 'beside', rule.summary))
    const select = label.appendChild(element('select'))
    const usual = rule.severity ? say(rule.severity) : say('off')
    select.add(new Option(`${say('usual')}（${usual}）`, ''))
    for (const severity of SEVERITIES) select.add(new Option(say(severity), severity))
    select.add(new Option(say('off'), 'off'))
    select.value = chosen.rules[rule.code] ?? ''
    select.onchange = () => {
      if (select.value) chosen.rules[rule.code] = select.value as Severity | 'off'
      else delete chosen.rules[rule.code]
      changed()
    }
    return label
  }
  const usual = element('button', '', say('asUsual'))
  usual.onclick = () => {
    Object.assign(chosen, { rules: {}, pace: 0, minutes: 0, aloud: false })
    settings(pane, rules, chosen, changed)
    changed()
  }
  pane.replaceChildren(number('pace', '200'), number('minutes', ''), aloud, element('h2', '', say('rules')), ...rules.map(row), usual)
}

export function phrases(pane: HTMLElement, engine: Engine, editor: Editor) {
  const field = element('input')
  field.type = 'search'
  field.placeholder = field.ariaLabel = say('searchPhrases')
  const found = element('div')
  const show = (of: Formulation[]) => found.replaceChildren(...of.map((one) => {
    const box = element('details', 'fact')
    box.appendChild(element('summary', '', one.text)).appendChild(element('span', 'beside', one.kind))
    box.appendChild(rendered(one.explanation))
    const button = box.appendChild(element('button', 'fix', say('insert')))
    button.onclick = () => editor.insert(one.text)
    return box
  }))
  field.oninput = async () => {
    const query = field.value.trim()
    const answer = query ? await engine.ask('lookUp', query) : []
    if (field.value.trim() === query) show(answer)
  }
  pane.replaceChildren(field, found)
}
