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
const run = (folder, env, ...command) => execFileSync(command[0], command.slice(1), { cwd: folder, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] })
const target = (folder) => JSON.parse(execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1', '--locked'], { cwd: folder })).target_directory

// The standard library is built anew, for size, and without the sentences that it would say before it gives up: the
// page could not show them. These options are not settled in Rust, so the compiler is told that they are meant.
const SMALL = {
  env: { RUSTC_BOOTSTRAP: '1', RUSTFLAGS: '-Zunstable-options -Cpanic=immediate-abort' },
  options: ['-Zbuild-std=std,panic_abort', '-Zbuild-std-features=optimize_for_size'],
}
const WASM = 'wasm32-unknown-unknown'
const tool = () => join(target('bindgen'), 'debug/jianggao-bindgen')
if (!process.argv.includes('--page-only')) {
  run('engine', SMALL.env, 'cargo', 'build', '--locked', '--release', '--target', WASM, ...SMALL.options)
  run('bindgen', {}, 'cargo', 'build', '--locked', '--quiet')
  run('.', {}, tool(), 'glue', join(target('engine'), WASM, 'release/jianggao_page.wasm'), 'build')
}

/** An unsigned number of variable length at `at`, and where it ends. */
function number(bytes, at) {
  for (let value = 0, shift = 0; ; shift += 7) {
    const byte = bytes[at++]
    value += (byte & 127) * 2 ** shift
    if (byte < 128) return [value, at]
  }
}

/** The sections of a module: their kind, where they begin with their heading, and where the content begins and ends. */
function sections(bytes) {
  const found = []
  for (let at = 8; at < bytes.length; ) {
    const [length, start] = number(bytes, at + 1)
    found.push({ kind: bytes[at], at, start, end: start + length })
    at = start + length
  }
  return found
}

const [NAMES, DATA, DATA_COUNT] = [0, 11, 12]

/** What the memory holds at the start: pieces, each with its address. */
function memory(bytes) {
  const { start } = sections(bytes).find(({ kind }) => kind === DATA)
  const pieces = []
  for (let [count, at] = number(bytes, start); count > 0; count -= 1) {
    // Active, memory 0: i32.const ADDRESS, end.
    if (bytes[at] !== 0 || bytes[at + 1] !== 0x41) throw new Error('a segment of data of another kind')
    const [address, behind] = number(bytes, at + 2)
    const [size, first] = number(bytes, behind + 1)
    pieces.push({ address, bytes: bytes.subarray(first, first + size) })
    at = first + size
  }
  return pieces
}

/** Takes a table of the engine out of the pieces of its memory. */
function takeOut(pieces, name) {
  const table = readFileSync(`../src/lexicon/${name}.bin`)
  const n = pieces.findIndex(({ bytes }) => bytes.includes(table))
  if (n < 0) throw new Error(`${name} lies in one piece of the engine`)
  const { address, bytes } = pieces[n]
  const at = bytes.indexOf(table)
  const end = at + table.length
  pieces.splice(n, 1, { address, bytes: bytes.subarray(0, at) }, { address: address + end, bytes: bytes.subarray(end) })
  return { address: address + at, bytes: table }
}

/** Pieces of memory as a file: address, length and bytes of each. */
function image(pieces) {
  return Buffer.concat(pieces.filter(({ bytes }) => bytes.length).flatMap(({ address, bytes }) => {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(address, 0)
    head.writeUInt32LE(bytes.length, 4)
    return [head, bytes]
  }))
}

// The engine is parted: what it does, what it knows, and how often characters stand side by side.
const whole = readFileSync('build/engine_bg.wasm')
const pieces = memory(whole)
const counts = image([takeOut(pieces, 'statistics')])
const words = image(pieces)
const kept = sections(whole).filter(({ kind }) => ![NAMES, DATA, DATA_COUNT].includes(kind))
const engine = Buffer.concat([whole.subarray(0, 8), ...kept.map(({ at, end }) => whole.subarray(at, end))])
const packed = (name, bytes) => {
  writeFileSync(`build/${name}`, bytes)
  run('.', {}, tool(), 'pack', `build/${name}`, `build/${name}.lzma`)
  return readFileSync(`build/${name}.lzma`)
}

const example = readFileSync('../examples/开工动员讲话.txt', 'utf8')
const bundle = async (entry, format, define = {}) => {
  const made = await build({
    entryPoints: [entry], bundle: true, format, target: 'es2022', minify: true, write: false, legalComments: 'none',
    define: { EXAMPLE: JSON.stringify(example), ...define },
  })
  return made.outputFiles[0].text
}
const style = readFileSync('src/style.css', 'utf8')
const html = readFileSync('index.html', 'utf8')
const page = await bundle('src/page.ts', 'esm')
// No module: a page that was opened from a folder may have none.
const worker = await bundle('src/worker.ts', 'iife', { 'import.meta.url': '""' })

// As files. The style is the page's own; CodeMirror sets styles of its own, too.
const policy = readFileSync('../src/cli/web/policy.txt', 'utf8').trim()
const parts = (policy, style, script) => html.replace('POLICY', policy).replace('<!-- style -->', () => style).replace('<!-- script -->', () => script)
const files = {
  'index.html': parts(policy, '<link rel="stylesheet" href="style.css">', '<script type="module" src="page.js"></script>'),
  'page.js': page,
  'worker.js': worker,
  'style.css': style,
  'engine.lzma': packed('engine', engine),
  'words.lzma': packed('words', words),
  'counts.bin': counts,
}
const version = createHash('sha256')
for (const text of Object.values(files)) version.update(text)
files['offline.js'] = await bundle('src/offline.ts', 'iife', {
  FILES: JSON.stringify(['./', ...Object.keys(files)]),
  VERSION: JSON.stringify(version.digest('hex').slice(0, 16)),
})

rmSync('dist', { recursive: true, force: true })
mkdirSync('dist')
for (const [name, bytes] of Object.entries(files)) writeFileSync(join('dist', name), bytes)

// All in one: it is opened from a folder, where a page may load nothing, not even from beside it.
const carried = Object.fromEntries(['worker.js', 'engine.lzma', 'words.lzma', 'counts.bin'].map((name) => [name, Buffer.from(files[name]).toString('base64')]))
const script = `globalThis.CARRIED=${JSON.stringify(carried)};\n${page}`.replaceAll('</script', '<\\/script')
const hash = createHash('sha256').update(script).digest('base64')
const closed = `default-src 'none'; script-src 'sha256-${hash}' blob: 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'`
writeFileSync('dist/jianggao.html', parts(closed, `<style>${style}</style>`, `<script type="module">${script}</script>`))

for (const name of [...Object.keys(files), 'jianggao.html']) {
  const bytes = readFileSync(join('dist', name))
  console.log(name.padEnd(16), `${(bytes.length / 1024).toFixed(0)} KB`.padStart(9), `${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(0)} KB gzip`.padStart(14))
}
