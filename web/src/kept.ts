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

export const keep = async (draft: Kept): Promise<void> => void await settled((await store('readwrite')).put(draft, 'last'))

export const kept = async (): Promise<Kept | undefined> => settled((await store('readonly')).get('last'))

export const clear = (): Promise<void> => new Promise((done, failed) => {
  const request = indexedDB.deleteDatabase(NAME)
  request.onsuccess = () => done()
  request.onblocked = () => done()
  request.onerror = () => failed(request.error)
})
