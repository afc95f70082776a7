// Makes dist/: the page as files for a web server, and jianggao.html, all in one file.

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
process.chdir(here)
const run = (folder, ...command) => execFileSync(command[0], command.slice(1), { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] })
const target = (folder) => JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1', '--locked'], { cwd: folder })).target_directory

if (!process.argv.includes('--page-only')) run('engine', 'cargo', 'build', '--locked', '--release', '--target', 'wasm32-unknown-unknown')
const engine = join(target('engine'), 'wasm32-unknown-unknown/release/jianggao_page.wasm')
if (!process.argv.includes('--page-only')) run('bindgen', 'cargo', 'run', '--locked', '--quiet', '--', engine, join(here, 'build'))

/** An unsigned number of variable length at `at`, and where it ends. */
function number(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return [value, at]
  }
}

/** The segments of data: where each lies in the file, how long it is, and its address in memory. */
function segments(bytes) {
  const found = []
  for (let at = 8; at < bytes.length; ) {
    const section = bytes[at]
    let [length, start] = number(bytes, at + 1)
    at = start + length
    if (section !== 11) continue
    let count
    ;[count, start] = number(bytes, start)
    for (; count > 0; count -= 1) {
      // Active, memory 0: i32.const ADDRESS, end.
      if (bytes[start] !== 0 || bytes[start + 1] !== 0x41) throw new Error('a segment of data of another kind')
      const [address, behind] = number(bytes, start + 2)
      const [size, first] = number(bytes, behind + 1)
      found.push({ first, size, address })
      start = first + size
    }
  }
  return found
}

/** Takes a table out of the engine, and says at which address of its memory it is wanted. */
function takeOut(bytes, name) {
  const table = readFileSync(`../src/lexicon/${name}.bin`)
  const at = bytes.indexOf(table)
  if (at < 0 || bytes.indexOf(table, at + 1) >= 0) throw new Error(`${name} lies in the engine once`)
  const segment = segments(bytes).find(({ first, size }) => first <= at && at + table.length <= first + size)
  bytes.fill(0, at, at + table.length)
  return { table, address: segment.address + at - segment.first }
}

const whole = readFileSync('build/engine_bg.wasm')
// The rule about characters that are taken for others is off unless somebody asks for it, and nobody can here.
takeOut(whole, 'statistics')
takeOut(whole, 'confusions')
const words = takeOut(whole, 'dictionary')
writeFileSync('build/lean.wasm', whole)
const enabled = ['bulk-memory', 'nontrapping-float-to-int', 'sign-ext', 'mutable-globals', 'reference-types', 'multivalue']
run('.', 'node_modules/.bin/wasm-opt', '-Oz', ...enabled.map((feature) => `--enable-${feature}`), 'build/lean.wasm', '-o', 'build/engine.wasm')

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')
const example = readFileSync('../examples/开工动员讲话.txt', 'utf8')
const bundle = async (entry, format, define = {}) => {
  const made = await build({
    entryPoints: [entry], bundle: true, format, target: 'es2022', minify: true, write: false, legalComments: 'none',
    define: { EXAMPLE: JSON.stringify(example), WORDS_AT: String(words.address), ...define },
  })
  return made.outputFiles[0].text
}
const style = readFileSync('src/style.css', 'utf8')
const html = readFileSync('index.html', 'utf8')
const page = await bundle('src/page.ts', 'esm')
// No module: a page that was opened from a folder may have none.
const worker = await bundle('src/worker.ts', 'iife', { 'import.meta.url': '""' })
const wasm = readFileSync('build/engine.wasm')

// As files. The style is the page's own; CodeMirror sets styles of its own, too.
const policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
const parts = (policy, style, script) => html.replace('POLICY', policy).replace('<!-- style -->', () => style).replace('<!-- script -->', () => script)
const files = {
  'index.html': parts(policy, '<link rel="stylesheet" href="style.css">', '<script type="module" src="page.js"></script>'),
  'page.js': page,
  'worker.js': worker,
  'style.css': style,
  'engine.wasm': wasm,
  'words.bin': words.table,
}
const version = createHash('sha256')
for (const text of Object.values(files)) version.update(text)
files['offline.js'] = await bundle('src/offline.ts', 'iife', {
  FILES: JSON.stringify(['./', ...Object.keys(files)]),
  VERSION: JSON.stringify(version.digest('hex').slice(0, 16)),
})
for (const [name, text] of Object.entries(files)) writeFileSync(join('dist', name), text)

// All in one: it is opened from a folder, where a page may load nothing, not even from beside it.
const carried = `globalThis.CARRIED=${JSON.stringify({ worker: Buffer.from(worker).toString('base64'), engine: wasm.toString('base64'), words: words.table.toString('base64') })};`
const script = `${carried}\n${page}`.replaceAll('</script', '<\\/script')
const hash = createHash('sha256').update(script).digest('base64')
const closed = `default-src 'none'; script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
writeFileSync('dist/jianggao.html', parts(closed, `<style>${style}</style>`, `<script type="module">${script}</script>`))

for (const name of [...Object.keys(files), 'jianggao.html']) {
  const bytes = readFileSync(join('dist', name))
  console.log(name.padEnd(16), `${(bytes.length / 1024).toFixed(0)} KB`.padStart(9), `${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(0)} KB gzip`.padStart(14))
}
