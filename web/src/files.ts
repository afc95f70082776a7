// Files in and out. A text is decoded here: the browser knows the encodings.

export const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export class Unreadable extends Error {}

/** Longer files are no drafts. */
const LONGEST = 32 << 20

export interface Opened { name: string; bytes: Uint8Array; kind: 'text' | 'word' }

/** How a text is written down: the label of its encoding, whether a mark of it stands first, and how lines end. */
export interface Form { encoding: string; isMarked: boolean; end: '\n' | '\r\n' | '\r' }

/** How a text is written down that was in no file. */
export const PLAIN: Form = { encoding: 'utf-8', isMarked: false, end: '\n' }

export async function read(file: File): Promise<Opened> {
  if (file.size > LONGEST) throw new Unreadable('tooLong')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const starts = (...magic: number[]) => magic.every((byte, n) => bytes[n] === byte)
  if (starts(0x50, 0x4b)) return { name: file.name, bytes, kind: 'word' }
  // An old Word or WPS document, a PDF, RTF, a picture.
  const isOther = starts(0xd0, 0xcf, 0x11, 0xe0) || starts(0x25, 0x50, 0x44, 0x46) || starts(0x7b, 0x5c, 0x72, 0x74)
    || starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff)
  if (isOther) throw new Unreadable('notText')
  return { name: file.name, bytes, kind: 'text' }
}

/** Of the encodings that the bytes may be in, the one in which they make common text. */
export function decode(bytes: Uint8Array): { text: string; form: Form } {
  const marks: [string, number[]][] = [['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]]]
  const marked = marks.find(([, mark]) => mark.every((byte, n) => bytes[n] === byte))
  const names = marked ? [marked[0]] : ['utf-8', 'gb18030', 'big5']
  const made = (text: string, encoding: string) => ({ text: lines(text), form: { encoding, isMarked: !!marked, end: endOf(text) } })
  let best: { text: string; name: string; score: number } | undefined
  for (const name of names) {
    const text = decoded(bytes, name)
    if (text === undefined) continue
    // What is whole in UTF-8 is hardly ever anything else.
    if (names.length === 1 || name === 'utf-8') return made(text, name)
    const score = common(text)
    if (!best || score > best.score) best = { text, name, score }
  }
  if (!best || best.text.includes('\0')) throw new Unreadable('undecodable')
  return made(best.text, best.name)
}

/** The text as it was written down before. A browser writes UTF-8 alone: of other encodings the ends of lines stay. */
export function encode(text: string, { encoding, isMarked, end }: Form): Uint8Array {
  const mark = isMarked && encoding === 'utf-8' ? '\ufeff' : ''
  return new TextEncoder().encode(mark + (end === '\n' ? text : text.replaceAll('\n', end)))
}

const endOf = (text: string): Form['end'] => /\r\n?|\n/.exec(text)?.[0] as Form['end'] | undefined ?? '\n'

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** How much of a text is made of the commonest characters and marks, from 0 to 1. */
function common(text: string): number {
  const sample = text.slice(0, 20_000)
  const known = sample.match(/[的一是在不了有和人这這中大为為上个個国國我以要他时時来來们們，。、：；“”「」\n]/g)
  return (known?.length ?? 0) / Math.max(1, sample.length)
}

/** Lines of the editor end with LF alone. */
const lines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** A file that the writer let the page write, where the browser has such: how it was when it was read or written last. */
export class Place {
  private constructor(private readonly handle: FileSystemFileHandle, private time: number) {}

  /** Nothing where the writer thinks better of it. */
  static async chosen(): Promise<{ file: File; place: Place } | undefined> {
    try {
      const [handle] = await showOpenFilePicker!({ types: [{ accept: { 'text/plain': ['.txt', '.md'], [WORD]: ['.docx', '.docm'] } }] })
      return handle && await Place.of(handle)
    } catch (error) {
      if ((error as DOMException).name === 'AbortError') return undefined
      throw error
    }
  }

  static async of(handle: FileSystemFileHandle) {
    const file = await handle.getFile()
    return { file, place: new Place(handle, file.lastModified) }
  }

  /** Whether somebody else has written it since. */
  async isChanged(): Promise<boolean> {
    return (await this.handle.getFile()).lastModified !== this.time
  }

  /** The old file stays until the new one is whole. */
  async write(bytes: Uint8Array) {
    const stream = await this.handle.createWritable()
    await stream.write(bytes as Uint8Array<ArrayBuffer>)
    await stream.close()
    this.time = (await this.handle.getFile()).lastModified
  }
}

declare global {
  var showOpenFilePicker: ((options: object) => Promise<FileSystemFileHandle[]>) | undefined
  interface DataTransferItem { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }
}

export function give(name: string, bytes: BlobPart, type: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
