// The page in real browsers: `node test/run.mjs [chromium|firefox …] [--only WORDS] [--shots FOLDER]`. Needs `node build.mjs` before, and
// the browsers of Debian; the program (JIANGGAO, or target/) is what the findings are compared with.

import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import puppeteer from 'puppeteer-core'

const here = fileURLToPath(new URL('..', import.meta.url))
const root = join(here, '..')
const given = process.argv.slice(2)
const shots = given.includes('--shots') ? given[given.indexOf('--shots') + 1] : undefined
const only = given.includes('--only') ? given[given.indexOf('--only') + 1] : ''
const named = given.filter((name) => ['chromium', 'firefox'].includes(name))
const BROWSERS = {
  chromium: { browser: 'chrome', executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] },
  firefox: { browser: 'firefox', executablePath: '/usr/bin/firefox-esr' },
}
const program = [process.env.JIANGGAO, join(root, 'target/release/jianggao'), join(root, 'target/debug/jianggao')].find((path) => path && existsSync(path))
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm', '.bin': 'application/octet-stream' }

const server = createServer((request, response) => {
  const name = new URL(request.url, 'http://localhost').pathname.replace(/\/$/, '/index.html')
  const path = join(here, 'dist', name)
  if (!existsSync(path)) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(readFileSync(path))
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${server.address().port}/`

const example = readFileSync(join(root, 'examples/开工动员讲话.txt'), 'utf8')
const FAULTY = '在全县工作会议上的讲话\n\n同志们：\n下面，我讲三点意见。\n一、提高认识\n要学。XX区要带头。\n二、压实责任\n要干。\n谢谢大家！\n'

/** What the program says about a text: rule and place. */
function fromProgram(path, text) {
  const answered = execFileSync('sh', ['-c', `"${program}" check --format json --fail-on never --stdin-filename "${path}" -`], { input: text, env: { ...process.env, LANG: 'zh_CN.UTF-8' } })
  const columns = (line) => [...(text.split(/\r\n?|\n/)[line] ?? '')]
  const utf16 = ({ line, character }) => columns(line).slice(0, character).join('').length
  return JSON.parse(answered).files[0].diagnostics.map((found) => `${found.range.start.line}:${utf16(found.range.start)} ${found.code} ${found.message}`)
}

async function opened(browser, where = address, language = 'zh-Hans') {
  const page = await browser.newPage()
  page.faults = []
  page.on('pageerror', (error) => page.faults.push(String(error)))
  page.on('console', (message) => ['error', 'warn'].includes(message.type()) && page.faults.push(message.text()))
  page.on('dialog', (dialog) => dialog.accept())
  await page.goto(`${where}?lang=${language}`)
  await page.waitForSelector('body[data-ready]', { timeout: 30_000 })
  return page
}

/** Puts a text in as a paste does. */
async function paste(page, text) {
  await page.click('.cm-content')
  await page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    // Firefox empties a ClipboardEvent that is made by a page.
    const event = new Event('paste', { bubbles: true, cancelable: true })
    Object.defineProperty(event, 'clipboardData', { value: data })
    document.querySelector('.cm-content').dispatchEvent(event)
  }, text)
}

/** Presses the last key while the others are held. */
async function hold(page, ...keys) {
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key)
  await page.keyboard.press(keys.at(-1))
  for (const key of keys.slice(0, -1)) await page.keyboard.up(key)
}

/** What the page gives away is caught before it becomes a download. */
const watch = (page) => page.evaluate(() => {
  const original = URL.createObjectURL
  URL.createObjectURL = (blob) => { globalThis.given = blob; return original(blob) }
})

async function clear(page) {
  await page.click('.cm-content')
  await hold(page, 'Control', 'a')
  await page.keyboard.press('Delete')
}

const text = (page) => page.evaluate(() => [...document.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'))
const problems = (page) => page.$$eval('#pane-problems .entry', (entries) => entries.map((entry) => entry.textContent))
const until = (page, condition, ...values) => page.waitForFunction(condition, { timeout: 20_000 }, ...values)

/** Gives a file to the page as somebody who chooses it. */
const choose = async (page, path) => (await page.$('#file')).uploadFile(path)

const tests = {
  async 'finds what the program finds'(browser) {
    const page = await opened(browser)
    await page.evaluate(() => { globalThis.asked = new Worker('worker.js'); globalThis.asked.postMessage({ engine: 'engine.lzma', words: 'words.lzma', counts: 'counts.bin' }) })
    const drafts = [['例.txt', example], ['坏.txt', FAULTY], ['md.md', `# 讲话\n\n${FAULTY}\n**XX**镇 \`XX\` 很好。\n`]]
    const own = join(root, 'tests/drafts')
    for (const name of readdirSync(own).filter((name) => /\.(txt|md)$/.test(name))) drafts.push([name, readFileSync(join(own, name), 'utf8')])
    const shared = process.env.JIANGGAO_SHARED ?? join(root, '../shared')
    for (const folder of ['clean', 'drafts']) {
      const path = join(shared, folder)
      if (!existsSync(path)) { console.log(`    ${path} is not there: fewer drafts`); continue }
      for (const name of readdirSync(path).filter((name) => /^\d.*\.(txt|md)$/.test(name))) drafts.push([name, readFileSync(join(path, name), 'utf8')])
    }
    for (const [name, text] of drafts) {
      const found = await page.evaluate(async (name, text) => {
        let id = 0
        const ask = (method, ...given) => new Promise((done) => {
          const mine = ++id
          globalThis.asked.onmessage = ({ data }) => data.id === mine && done(data.value)
          globalThis.asked.postMessage({ id: mine, method, given })
        })
        await ask('begin', text, name, 'zh-Hans', false)
        return (await ask('look', 0, 0, false)).findings.map((one) => `${one.range.start.line}:${one.range.start.character} ${one.code} ${one.message}`)
      }, name, text)
      assert.deepEqual(found, fromProgram(name, text), name)
    }
    console.log(`    ${drafts.length} drafts, the same findings`)
    return page
  },

  async 'paste, list, fix, undo'(browser) {
    const page = await opened(browser)
    await paste(page, FAULTY)
    await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
    await page.click('#tab-blanks')
    await until(page, () => /XX区/.test(document.querySelector('#pane-blanks').textContent))
    await page.focus('#pane-blanks input')
    await page.keyboard.type('东湖区')
    await page.keyboard.press('Enter')
    await until(page, () => /东湖区要带头/.test(document.querySelector('.cm-content').textContent))
    await page.click('#tab-problems')
    // What was found in the text before is not done to the one that is there now: pressed until it is.
    await until(page, () => {
      document.querySelector('#pane-problems .fix')?.click()
      return /我讲两点意见|我讲二点意见/.test(document.querySelector('.cm-content').textContent)
    })
    await until(page, () => /没有问题/.test(document.querySelector('#pane-problems').textContent))
    await hold(page, 'Control', 'z')
    await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
    return page
  },

  async 'what is asked twice is done once'(browser) {
    const page = await opened(browser)
    const line = '　　各乡镇要抓好的的落实，把工作做细做实。'
    await paste(page, `同志们：\n${Array(200).fill(line).join('\n')}\n谢谢大家！\n`)
    await until(page, () => Number(document.querySelector('#count-problems').textContent) >= 200)
    await page.evaluate(() => { const button = document.querySelector('#fixAll'); button.click(); button.click() })
    await until(page, () => /再点一次/.test(document.querySelector('#status').textContent))
    const lines = (await text(page)).split('\n').filter((line) => line.includes('各乡镇'))
    assert.deepEqual([...new Set(lines)], ['　　各乡镇要抓好的落实，把工作做细做实。'])
    await clear(page)
    const sections = ['一、抓学习', '二、抓落实', '三、抓作风', '四、抓安全']
    await paste(page, `同志们：\n我讲四点意见。\n${sections.map((name, n) => `${name}\n　　这是第${n + 1}节。`).join('\n')}\n谢谢大家！\n`)
    await page.click('#tab-outline')
    await until(page, () => document.querySelectorAll('#pane-outline .moves').length === 4)
    await page.evaluate(() => { const button = document.querySelector('#pane-outline button[data-move^="moveDown"]'); button.click(); button.click(); button.click() })
    await until(page, () => /二、抓学习/.test(document.querySelector('.cm-content').textContent))
    const after = await text(page)
    for (const n of [1, 2, 3, 4]) assert.equal(after.split(`这是第${n}节。`).length, 2, after)
    return page
  },

  async 'what comes or goes at once is told, and what was told stays'(browser) {
    const page = await opened(browser)
    await paste(page, '在会议上的讲话\n\n同志们：\n　　今年讲三点意见。一要抓紧，一要抓实，三要抓好。\n')
    await until(page, () => /一要/.test(document.querySelector('#pane-problems').textContent))
    await page.keyboard.type('好')
    await new Promise((done) => setTimeout(done, 500))
    assert.match((await problems(page)).join(), /一要/)
    return page
  },

  async 'Enter takes what was looked for, and nothing else'(browser) {
    const page = await opened(browser)
    await page.click('.cm-content')
    await page.keyboard.type('　　要压实政治责任', { delay: 10 })
    await page.waitForSelector('.cm-tooltip-autocomplete', { timeout: 10_000 })
    await new Promise((done) => setTimeout(done, 200))
    await page.keyboard.press('Enter')
    await page.keyboard.type('同志们', { delay: 10 })
    assert.equal(await text(page), '　　要压实政治责任\n　　同志们')
    return page
  },

  async 'another draft begins anew'(browser) {
    const page = await opened(browser)
    const folder = mkdtempSync(join(tmpdir(), 'jianggao-page-'))
    writeFileSync(join(folder, '甲.txt'), '同志们：\n甲稿要抓好落实。\n')
    writeFileSync(join(folder, '乙.txt'), '同志们：\n乙稿要抓好落实。\n')
    for (const name of ['甲', '乙']) {
      await choose(page, join(folder, `${name}.txt`))
      await until(page, (name) => document.querySelector('.cm-content').textContent.includes(`${name}稿`), name)
    }
    await page.click('.cm-content')
    await hold(page, 'Control', 'z')
    assert.match(await text(page), /乙稿/)
    // A file that is dropped is opened, or refused; it is never text of the draft.
    const drop = (name, content) => page.evaluate((name, content) => {
      const data = new DataTransfer()
      data.items.add(new File([content], name))
      document.querySelector('.cm-content').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: 200, clientY: 200 }))
    }, name, content)
    await drop('a.pdf', '%PDF-1.4 text')
    await until(page, () => /另存为/.test(document.querySelector('#status').textContent))
    assert.doesNotMatch(await text(page), /PDF/)
    await drop('丙.txt', '同志们：\n丙稿要抓好落实。\n')
    await until(page, () => document.querySelector('.cm-content').textContent.includes('丙稿'))
    assert.doesNotMatch(await text(page), /乙稿/)
    return page
  },

  async 'typing, completion by initials'(browser) {
    const page = await opened(browser)
    await page.click('.cm-content')
    await page.keyboard.type('增强sgys', { delay: 30 })
    await page.waitForSelector('.cm-tooltip-autocomplete', { timeout: 10_000 })
    await new Promise((done) => setTimeout(done, 200))
    await page.keyboard.press('Enter')
    await until(page, () => /四个意识/.test(document.querySelector('.cm-content').textContent))
    assert.match(await text(page), /^增强“?四个意识”?$/)
    return page
  },

  async 'a composition is undisturbed'(browser, kind) {
    const page = await opened(browser)
    await page.click('.cm-content')
    await page.keyboard.type('同志们：', { delay: 5 })
    if (kind !== 'chromium') { console.log('    no protocol for it in Firefox'); return page }
    const protocol = await page.createCDPSession()
    for (const part of ['x', 'xi', 'xi’a', 'xi’an', 'xi’anz', 'xi’anzai']) {
      await protocol.send('Input.imeSetComposition', { text: part, selectionStart: part.length, selectionEnd: part.length })
      await new Promise((done) => setTimeout(done, 180))
      assert.equal(await text(page), `同志们：${part}`)
      assert.equal(await page.$('.cm-tooltip-autocomplete'), null)
    }
    await protocol.send('Input.insertText', { text: '现在' })
    await until(page, () => document.querySelector('.cm-content').textContent === '同志们：现在')
    return page
  },

  async 'a menu, a name, a section on its way, a template, settings'(browser) {
    const page = await opened(browser)
    const shows = (selector, pattern) => until(page, (selector, pattern) => new RegExp(pattern).test(document.querySelector(selector)?.textContent), selector, pattern)
    const press = (...keys) => hold(page, ...keys)
    await paste(page, FAULTY)
    await shows('#pane-problems', '三点意见')
    // All by keyboard: to the blank, the menu there, another name for it.
    await page.$eval('#next', (button) => button.click())
    await until(page, () => document.activeElement.classList.contains('cm-content'))
    await press('Control', '.')
    await shows('.menu', '填写“XX区”')
    await press('Enter')
    await page.waitForSelector('dialog[open] input')
    await page.keyboard.type('东湖区')
    await press('Enter')
    await shows('.cm-content', '东湖区要带头')
    await press('Alt', '3')
    await shows('#pane-outline', '压实责任')
    await page.$eval('#pane-outline .moves button[aria-label^="本节下移：一、"]', (button) => button.click())
    await shows('.cm-content', '一、压实责任.*二、提高认识')
    await press('Control', 'z')
    await shows('.cm-content', '一、提高认识.*二、压实责任')
    // A rule that the writer does not want, and how fast is spoken.
    await page.click('#tab-settings')
    const before = await page.$eval('#size', (size) => size.textContent)
    await page.waitForSelector('#pane-settings select')
    await page.evaluate(() => {
      const label = [...document.querySelectorAll('#pane-settings .setting')].find((label) => label.textContent.startsWith('数目不符'))
      const select = label.querySelector('select')
      select.value = 'off'
      select.dispatchEvent(new Event('change'))
    })
    await until(page, () => document.querySelector('#count-problems').textContent === '')
    await page.$eval('#pane-settings input[type=number]', (field) => { field.value = '20'; field.dispatchEvent(new Event('change')) })
    await until(page, (before) => document.querySelector('#size').textContent !== before, before)
    await page.select('#template', '0')
    await shows('.cm-content', '【')
    await shows('#count-blanks', '[1-9]')
    await page.evaluate(() => localStorage.clear())
    return page
  },

  async 'served by the program'(browser) {
    const served = spawn(program, ['web', '--port', '0', '--page', join(here, 'dist')])
    try {
      const line = await new Promise((done) => served.stdout.once('data', (data) => done(String(data))))
      const where = /http:\S+/.exec(line)[0]
      const page = await opened(browser, where)
      await paste(page, FAULTY)
      await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
      const policy = (await fetch(where)).headers.get('content-security-policy')
      const own = await page.$eval('meta[http-equiv]', (meta) => meta.content)
      assert.equal(policy, `${own}; frame-ancestors 'none'`)
      return page
    } finally {
      served.kill()
    }
  },

  async 'a draft of a megabyte stays fluent'(browser) {
    const page = await opened(browser)
    await paste(page, example.repeat(270))
    await until(page, () => document.querySelector('#pane-problems .entry'))
    const slowest = await page.evaluate(async () => {
      document.querySelector('.cm-content').focus()
      let slowest = 0
      for (let n = 0; n < 20; n += 1) {
        const begun = performance.now()
        document.execCommand('insertText', false, '要')
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
        slowest = Math.max(slowest, performance.now() - begun)
        await new Promise((done) => setTimeout(done, 50))
      }
      return slowest
    })
    console.log(`    a letter is there within ${slowest.toFixed(0)} ms`)
    assert.ok(slowest < 1000, `${slowest} ms`)
    return page
  },

  async 'GB18030, Big5 and what is no text'(browser) {
    const page = await opened(browser)
    const folder = mkdtempSync(join(tmpdir(), 'jianggao-page-'))
    const encode = (encoding, text) => execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text })
    writeFileSync(join(folder, 'gb.txt'), encode('GB18030', FAULTY))
    writeFileSync(join(folder, 'big5.txt'), encode('BIG5', '各位來賓：\r\n今天，我們在這裡舉行大會。XX局長到會。\r\n謝謝大家！\r\n'))
    writeFileSync(join(folder, 'a.pdf'), '%PDF-1.7 …')
    await choose(page, join(folder, 'gb.txt'))
    await until(page, () => /压实责任/.test(document.querySelector('.cm-content').textContent))
    await choose(page, join(folder, 'big5.txt'))
    await until(page, () => /舉行大會/.test(document.querySelector('.cm-content').textContent))
    await choose(page, join(folder, 'a.pdf'))
    await until(page, () => /另存为/.test(document.querySelector('#status').textContent))
    assert.match(await text(page), /舉行大會/)
    return page
  },

  async 'a draft as Word, and a Word document with comments'(browser) {
    const page = await opened(browser)
    await watch(page)
    const taken = async (button) => {
      await page.evaluate(() => { globalThis.given = undefined })
      await page.click(button)
      await until(page, () => globalThis.given)
      const bytes = await page.evaluate(async () => [...new Uint8Array(await globalThis.given.arrayBuffer())])
      const path = join(mkdtempSync(join(tmpdir(), 'jianggao-page-')), 'a.docx')
      writeFileSync(path, Buffer.from(bytes))
      return path
    }
    await paste(page, FAULTY)
    const path = await taken('#toWord')
    assert.match(execFileSync(program, ['text', path]).toString(), /一、提高认识/)
    await choose(page, path)
    await until(page, () => !document.querySelector('#annotated').hidden)
    await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
    const comments = execFileSync('unzip', ['-p', await taken('#annotated'), 'word/comments.xml']).toString()
    assert.match(comments, /三点意见/)
    // What is changed here comes back as tracked changes in the document.
    await page.click('#tab-blanks')
    await until(page, () => document.querySelector('#pane-blanks input'))
    await page.focus('#pane-blanks input')
    await page.keyboard.type('东湖区')
    await page.keyboard.press('Enter')
    await until(page, () => /东湖区要带头/.test(document.querySelector('.cm-content').textContent))
    const revised = await taken('#revised')
    assert.match(execFileSync(program, ['text', revised]).toString(), /东湖区要带头/)
    assert.match(execFileSync('unzip', ['-p', revised, 'word/document.xml']).toString(), /<w:ins .*东湖/)
    return page
  },

  async 'a file is written as it was, and written back'(browser) {
    const page = await opened(browser)
    const folder = mkdtempSync(join(tmpdir(), 'jianggao-page-'))
    writeFileSync(join(folder, 'crlf.txt'), `\ufeff${FAULTY.replaceAll('\n', '\r\n')}`)
    await watch(page)
    await choose(page, join(folder, 'crlf.txt'))
    await until(page, () => /压实责任/.test(document.querySelector('.cm-content').textContent))
    assert.equal(await page.$eval('#writeBack', (button) => button.hidden), true)
    await page.click('#save')
    await until(page, () => globalThis.given)
    assert.deepEqual(await page.evaluate(async () => [...new Uint8Array(await globalThis.given.arrayBuffer())]), [...readFileSync(join(folder, 'crlf.txt'))])
    // A file of the browser's own stands for one that the writer chose: choosing is the browser's window.
    await page.evaluate(async () => {
      const folder = await navigator.storage.getDirectory()
      globalThis.file = await folder.getFileHandle('年会.txt', { create: true })
      const stream = await globalThis.file.createWritable()
      await stream.write('同志们：\r\n开会。\r\n')
      await stream.close()
      globalThis.showOpenFilePicker = async () => [globalThis.file]
    })
    const written = () => page.evaluate(async () => (await globalThis.file.getFile()).text())
    await page.click('#open')
    await until(page, () => /开会/.test(document.querySelector('.cm-content').textContent))
    await page.click('.cm-content')
    await page.keyboard.type('今天')
    await hold(page, 'Control', 's')
    await until(page, () => /存回了 年会/.test(document.querySelector('#status').textContent))
    assert.match(await written(), /今天/)
    assert.equal((await written()).replace('今天', ''), '同志们：\r\n开会。\r\n')
    // Somebody else has written it: the writer is asked, and here says no.
    await new Promise((done) => setTimeout(done, 20))
    await page.evaluate(async () => {
      const stream = await globalThis.file.createWritable()
      await stream.write('别人的')
      await stream.close()
      globalThis.confirm = (question) => { globalThis.question = question; return false }
    })
    await page.click('#writeBack')
    await until(page, () => globalThis.question)
    assert.equal(await written(), '别人的')
    return page
  },

  async 'keeps a draft only when told to'(browser) {
    let page = await opened(browser)
    await paste(page, '甲乙丙')
    await new Promise((done) => setTimeout(done, 900))
    await page.close()
    page = await opened(browser)
    assert.equal(await page.evaluate(() => document.querySelector('.cm-content').textContent.includes('甲乙丙')), false)
    await page.click('#keep')
    await paste(page, '留下的稿子')
    await new Promise((done) => setTimeout(done, 1200))
    await page.close()
    page = await opened(browser)
    await until(page, () => /留下的稿子/.test(document.querySelector('.cm-content').textContent))
    await page.click('#clear')
    await until(page, () => /清除了/.test(document.querySelector('#status').textContent))
    await page.close()
    page = await opened(browser)
    assert.equal(await page.evaluate(() => document.querySelector('.cm-content').textContent.includes('留下')), false)
    return page
  },

  async 'works without a network, and asks nobody'(browser) {
    const page = await opened(browser)
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated', { timeout: 20_000 })
    const asked = []
    page.on('request', (request) => asked.push(request.url()))
    await new Promise((done) => { server.closeAllConnections(); server.close(done) })
    try {
      await page.reload()
      await page.waitForSelector('body[data-ready]', { timeout: 20_000 })
      await paste(page, FAULTY)
      await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
      assert.deepEqual(asked.filter((url) => !url.startsWith(address) && !url.startsWith('blob:') && !url.startsWith('data:')), [])
    } finally {
      await new Promise((done) => server.listen(new URL(address).port, '127.0.0.1', done))
    }
    return page
  },

  async 'nothing can leave it'(browser) {
    const page = await opened(browser)
    const outcome = await page.evaluate(async () => {
      const broken = []
      document.addEventListener('securitypolicyviolation', (event) => broken.push(event.violatedDirective))
      const fetched = await fetch('https://example.org/').then(() => 'sent', () => 'refused')
      const image = await new Promise((done) => { const it = new Image(); it.onload = () => done('sent'); it.onerror = () => done('refused'); it.src = 'https://example.org/a.png' })
      return { fetched, image, broken }
    })
    assert.equal(outcome.fetched, 'refused')
    assert.equal(outcome.image, 'refused')
    assert.ok(outcome.broken.length >= 2, JSON.stringify(outcome))
    page.faults = []
    return page
  },

  async 'one file, opened from a folder'(browser) {
    const page = await opened(browser, pathToFileURL(join(here, 'dist/jianggao.html')).href)
    await paste(page, FAULTY)
    await until(page, () => /三点意见/.test(document.querySelector('#pane-problems').textContent))
    return page
  },

  async 'by keyboard, for a screen reader'(browser) {
    const page = await opened(browser)
    await paste(page, example)
    await until(page, () => document.querySelector('#pane-problems .entry'))
    for (const tab of ['problems', 'blanks', 'outline', 'length', 'phrases', 'settings']) {
      await page.click(`#tab-${tab}`)
      await new Promise((done) => setTimeout(done, 200))
      await page.evaluate(readFileSync(join(here, 'node_modules/axe-core/axe.min.js'), 'utf8'))
      const { violations } = await page.evaluate(() => globalThis.axe.run())
      const grave = violations.filter((one) => ['serious', 'critical'].includes(one.impact))
      assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(' ')}`), [], tab)
    }
    await page.focus('#tab-problems')
    await page.keyboard.press('ArrowRight')
    assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-blanks')
    return page
  },

  async 'in three languages, light, dark and narrow'(browser, kind) {
    for (const [language, word] of [['zh-Hans', '问题'], ['zh-Hant', '問題'], ['en', 'Problems']]) {
      const page = await opened(browser, address, language)
      await paste(page, example)
      await until(page, () => document.querySelector('#pane-problems .entry'))
      assert.match(await page.$eval('#tab-problems', (tab) => tab.textContent), new RegExp(word))
      if (shots) {
        mkdirSync(shots, { recursive: true })
        await page.setViewport({ width: 1280, height: 800 })
        await new Promise((done) => setTimeout(done, 500))
        await page.screenshot({ path: join(shots, `${kind}-${language}.png`) })
        if (language === 'zh-Hans' && kind === 'chromium') {
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }])
          await page.screenshot({ path: join(shots, `${kind}-dark.png`) })
          await page.setViewport({ width: 390, height: 844 })
          await new Promise((done) => setTimeout(done, 800))
          await page.screenshot({ path: join(shots, `${kind}-narrow.png`) })
        }
      }
      const paper = () => page.$eval('#editor', (editor) => getComputedStyle(editor).backgroundColor)
      for (const [shade, colour] of [['dark', 'rgb(30, 31, 34)'], ['light', 'rgb(255, 255, 255)']]) {
        await page.select('#shade', shade)
        assert.equal(await paper(), colour)
      }
      if (language !== 'en') await page.close()
      else return page
    }
  },
}

let failed = 0
for (const kind of named.length ? named : ['chromium']) {
  for (const [name, test] of Object.entries(tests).filter(([name]) => name.includes(only))) {
    const browser = await puppeteer.launch({ headless: true, ...BROWSERS[kind] })
    try {
      const page = await test(browser, kind)
      assert.deepEqual(page.faults, [])
      console.log(`ok      ${kind}: ${name}`)
    } catch (error) {
      failed += 1
      console.log(`FAILED  ${kind}: ${name}\n${String(error.stack ?? error).split('\n').slice(0, 12).join('\n')}`)
    } finally {
      await browser.close()
    }
  }
}
server.close()
process.exit(failed ? 1 : 0)
