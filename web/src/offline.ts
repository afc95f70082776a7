// Serves the page where there is no network: its own files are kept when it is first opened, and nothing else.

declare const FILES: string[]
declare const VERSION: string
const worker = self as unknown as ServiceWorkerGlobalScope

worker.addEventListener('install', (event) => event.waitUntil(
  caches.open(VERSION).then((cache) => cache.addAll(FILES)).then(() => worker.skipWaiting()),
))
worker.addEventListener('activate', (event) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((name) => name !== VERSION).map((name) => caches.delete(name))))
    .then(() => worker.clients.claim()),
))
worker.addEventListener('fetch', (event) => {
  if (event.request.method === 'GET') {
    event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((known) => known ?? fetch(event.request)))
  }
})
