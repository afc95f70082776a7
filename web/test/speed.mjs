// How fast the page is, in Chromium: `node test/speed.mjs [FOLDER]`. With a FOLDER in which `npm i harper.js
// @huacnlee/autocorrect` was run, these two have the same texts to look at.

import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const here = fileURLToPath(new URL('..', import.meta.url))
const peers = process.argv[2] && join(process.argv[2], 'node_modules')
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' }
const server = createServer((request, response) => {
  const name = new URL(request.url, 'http://localhost').pathname.replace(/\/$/, '/index.html')
  const path = name === '/bare' ? undefined : name.startsWith('/peers/') ? join(peers, name.slice(7)) : join(here, 'dist', name)
  if (path && !existsSync(path)) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': path ? TYPES[extname(path)] ?? 'application/octet-stream' : 'text/html' }).end(path ? readFileSync(path) : '')
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const address = `http://127.0.0.1:${server.address().port}/`

const example = readFileSync(join(here, '../examples/开工动员讲话.txt'), 'utf8')
const sized = (bytes) => example.repeat(Math.ceil(bytes / Buffer.byteLength(example))).slice(0, bytes / 3)
const texts = { '15 KB': sized(15_000), '1 MB': sized(1_000_000) }
const half = (times) => [...times].sort((a, b) => a - b)[times.length >> 1]
const shown = (times) => `${half(times).toFixed(1).padStart(9)} ms  (${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)})`

const browser = await puppeteer.launch({ headless: true, browser: 'chrome', executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })

// Load: from the address to the first finding in the list, the draft being there already.
const loads = []
for (let n = 0; n < 5; n += 1) {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  const begun = performance.now()
  await page.goto(address)
  await page.waitForSelector('body[data-ready]')
  await page.$eval('#example', (button) => button.click())
  await page.waitForFunction(() => document.querySelector('#pane-problems .entry'), { polling: 5 })
  loads.push(performance.now() - begun)
  await context.close()
}
console.log(`load to first finding        ${shown(loads)}`)

/** In the page: a character is written, and its findings come. `setup` makes what looks at a text. */
async function keys(name, setup) {
  for (const [size, text] of Object.entries(texts)) {
    const page = await browser.newPage()
    await page.goto(`${address}bare`)
    try {
      const times = await page.evaluate(async (setup, text) => {
        const key = await (0, eval)(`(${setup})`)(text)
        const times = []
        for (let n = 0; n < (text.length > 100_000 ? 15 : 40); n += 1) {
          const begun = performance.now()
          await key(n)
          times.push(performance.now() - begun)
          if (performance.now() > 240_000) break
        }
        return times.length > 2 ? times.slice(1) : times
      }, setup.toString(), text)
      console.log(`${name} ${size}`.padEnd(28), shown(times))
    } catch (error) {
      console.log(`${name} ${size}`.padEnd(28), String(error).slice(0, 120))
    }
    await page.close()
  }
}

await keys('jianggao', async (text) => {
  const worker = new Worker('/worker.js')
  worker.postMessage({ engine: '/engine.lzma', words: '/words.lzma', counts: '/counts.bin' })
  let id = 0
  const ask = (method, ...given) => new Promise((done, failed) => {
    worker.onmessage = ({ data }) => 'error' in data ? failed(new Error(data.error)) : done(data.value)
    worker.postMessage({ id: ++id, method, given })
  })
  await ask('begin', text, '', 'zh-Hans', true)
  const line = text.split('\n').length >> 1
  return async () => {
    worker.postMessage({ id: ++id, method: 'edit', given: [[{ range: { start: { line, character: 0 }, end: { line, character: 0 } }, newText: '要' }]] })
    await new Promise((done) => { worker.onmessage = done })
    await ask('look', line, 1, true)
  }
})

if (peers) {
  await keys('autocorrect', async (text) => {
    const bg = await import('/peers/@huacnlee/autocorrect/autocorrect_bg.js')
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/peers/@huacnlee/autocorrect/autocorrect_bg.wasm'), { './autocorrect_bg.js': bg })
    bg.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    const middle = text.length >> 1
    return (n) => bg.lintFor(text.slice(0, middle) + '要'.repeat(n + 1) + text.slice(middle), 'a.txt')
  })
  await keys('harper', async (text) => {
    const [{ LocalLinter }, { binary }] = await Promise.all([import('/peers/harper.js/dist/index.js'), import('/peers/harper.js/dist/binary.js')])
    const linter = new LocalLinter({ binary })
    await linter.setup()
    const middle = text.length >> 1
    return (n) => linter.lint(text.slice(0, middle) + '要'.repeat(n + 1) + text.slice(middle))
  })
}

// In the page itself: a key, the pause that it waits for, the engine, the screen.
for (const [size, text] of Object.entries(texts)) {
  const page = await browser.newPage()
  await page.goto(address)
  await page.waitForSelector('body[data-ready]')
  const times = await page.evaluate(async (text) => {
    const content = document.querySelector('.cm-content')
    const data = new DataTransfer()
    data.setData('text/plain', text)
    content.focus()
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    const seen = () => document.body.dataset.looked
    const change = async (before) => { while (seen() === before) await new Promise((done) => setTimeout(done, 1)) }
    await change(undefined)
    const times = []
    const frames = []
    for (let n = 0; n < 15; n += 1) {
      const before = seen()
      const begun = performance.now()
      document.execCommand('insertText', false, '要')
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
      frames.push(performance.now() - begun)
      await change(before)
      times.push(performance.now() - begun)
      await new Promise((done) => setTimeout(done, 100))
    }
    return { times, frames }
  }, text)
  console.log(`page, key to letter ${size}`.padEnd(28), shown(times.frames))
  console.log(`page, key to findings ${size}`.padEnd(28), shown(times.times))
  await page.close()
}
await browser.close()
server.close()
