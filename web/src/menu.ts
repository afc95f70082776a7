// A menu at a place, and a question with one answer; both by keyboard as well.

import { say } from './texts'

export interface Item { title: string; run?: () => unknown }

/** Shows what can be chosen; the focus goes back to where it was. */
export function choose(items: Item[], { left, top }: { left: number; top: number }, label: string) {
  document.querySelector('.menu')?.remove()
  const before = document.activeElement as HTMLElement | null
  const menu = document.createElement('div')
  menu.className = 'menu'
  menu.role = 'menu'
  menu.ariaLabel = label
  let isOpen = true
  const leave = () => {
    // What is taken away loses the focus, and that is told again.
    if (isOpen) {
      isOpen = false
      menu.remove()
    }
  }
  const close = () => {
    leave()
    before?.focus()
  }
  for (const { title, run } of items) {
    const item = menu.appendChild(document.createElement('button'))
    item.role = 'menuitem'
    item.textContent = title
    item.ariaDisabled = String(!run)
    item.onclick = () => {
      close()
      // The key that chose it is not meant for what it opens.
      if (run) setTimeout(run)
    }
  }
  const buttons = [...menu.querySelectorAll('button')]
  menu.onkeydown = (event) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + buttons.length, Home: 0, End: buttons.length - 1 }[event.key]
    if (to !== undefined) buttons[to % buttons.length]?.focus()
    else if (event.key === 'Escape' || event.key === 'Tab') close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  menu.addEventListener('focusout', ({ relatedTarget }) => {
    if (!menu.contains(relatedTarget as Node | null)) leave()
  })
  document.body.appendChild(menu)
  const { width, height } = menu.getBoundingClientRect()
  menu.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`
  menu.style.top = `${Math.max(4, Math.min(top, innerHeight - height - 4))}px`
  buttons[0]?.focus()
}

/** Asks for a line of text; nothing when the writer thinks better of it. */
export function asked(question: string, value: string): Promise<string | undefined> {
  const dialog = document.createElement('dialog')
  const form = dialog.appendChild(document.createElement('form'))
  form.method = 'dialog'
  const label = form.appendChild(document.createElement('label'))
  label.append(question)
  const field = label.appendChild(document.createElement('input'))
  field.value = value
  const [done, back] = [form.appendChild(document.createElement('button')), form.appendChild(document.createElement('button'))]
  done.className = 'main'
  done.value = 'done'
  done.textContent = say('done')
  back.textContent = say('back')
  back.type = 'button'
  back.onclick = () => dialog.close()
  document.body.appendChild(dialog)
  dialog.showModal()
  field.select()
  return new Promise((answer) => {
    dialog.onclose = () => {
      dialog.remove()
      answer(dialog.returnValue === 'done' ? field.value : undefined)
    }
  })
}
