// The engine explains itself in Markdown of a few kinds: headings, tables, lists, emphasis, code. It becomes elements,
// never HTML text, so that nothing in a draft can be taken for markup.

const INLINE = /\*\*((?:\\.|[^*\\])+)\*\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\\(.)/gs

function inline(text: string, into: Node) {
  let from = 0
  for (const found of text.matchAll(INLINE)) {
    into.appendChild(document.createTextNode(text.slice(from, found.index)))
    from = found.index + found[0].length
    if (found[1] !== undefined) inline(found[1], into.appendChild(document.createElement('strong')))
    else if (found[2] !== undefined) into.appendChild(document.createElement('code')).textContent = found[2]
    else if (found[3] !== undefined) inline(found[3], into)
    else into.appendChild(document.createTextNode(found[5]!))
  }
  into.appendChild(document.createTextNode(text.slice(from)))
}

const cells = (row: string) => row.replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => cell.trim())

export function rendered(markdown: string): HTMLElement {
  const root = document.createElement('div')
  root.className = 'said'
  let list: HTMLElement | undefined
  let table: HTMLTableElement | undefined
  for (const line of markdown.split('\n')) {
    const heading = /^(#{1,4}) (.*)/.exec(line)
    const item = /^\s*(?:[-*]|\d+\.) (.*)/.exec(line)
    if (!item) list = undefined
    if (!line.startsWith('|')) table = undefined
    if (heading) inline(heading[2]!, root.appendChild(document.createElement(heading[1]!.length > 1 ? 'h4' : 'h3')))
    else if (item) {
      list ??= root.appendChild(document.createElement('ul'))
      inline(item[1]!, list.appendChild(document.createElement('li')))
    } else if (line.startsWith('|')) {
      if (/^\|[\s:|-]+\|$/.test(line)) continue
      const isHead = !table
      table ??= root.appendChild(document.createElement('table'))
      const row = table.insertRow()
      for (const cell of cells(line)) inline(cell, row.appendChild(document.createElement(isHead ? 'th' : 'td')))
    } else if (line.trim() === '---') root.appendChild(document.createElement('hr'))
    else if (line.trim()) inline(line.replace(/\s+$/, ''), root.appendChild(document.createElement('p')))
  }
  return root
}
