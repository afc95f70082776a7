// A draft kept in this browser, only when the writer says so.

const NAME = 'jianggao'

function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  return new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('drafts')
    request.onerror = () => failed(request.error)
    request.onsuccess = () => done(request.result.transaction('drafts', mode).objectStore('drafts'))
  })
}

const settled = <T>(request: IDBRequest<T>): Promise<T> => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result)
  request.onerror = () => failed(request.error)
})

export interface Kept { name: string; text: string }

/** Each time it is kept has a number of its own; this page knows the last one that it saw. */
let known: string | undefined

/** From now on what is here counts, whoever has kept something before. */
export function claim() {
  known = undefined
}

/** False when another page has kept something since; that stays. */
export async function keep(draft: Kept): Promise<boolean> {
  const drafts = await store('readwrite')
  const before = await settled<(Kept & { time?: string }) | undefined>(drafts.get('last'))
  if (known && before && before.time !== known) return false
  known = crypto.getRandomValues(new Uint32Array(2)).join('-')
  await settled(drafts.put({ ...draft, time: known }, 'last'))
  return true
}

/** What is kept. */
export async function kept(): Promise<Kept | undefined> {
  const found = await settled<(Kept & { time?: string }) | undefined>((await store('readonly')).get('last'))
  known = found?.time
  return found
}

export const clear = (): Promise<void> => new Promise((done, failed) => {
  const request = indexedDB.deleteDatabase(NAME)
  request.onsuccess = () => done()
  request.onblocked = () => done()
  request.onerror = () => failed(request.error)
})
