// The page's side of the worker.

import type { Answer, Methods, Source } from './answers'

type Result<M extends keyof Methods> = Promise<ReturnType<Methods[M]>>

export class Engine {
  private readonly waiting = new Map<number, { done(value: unknown): void; failed(error: Error): void }>()
  private last = 0

  constructor(private readonly worker: Worker, source: Source) {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const waiting = this.waiting.get(data.id)
      this.waiting.delete(data.id)
      if ('error' in data) waiting?.failed(new Error(data.error))
      else waiting?.done(data.value)
    }
    worker.postMessage(source)
  }

  ask<M extends keyof Methods>(method: M, ...given: Parameters<Methods[M]>): Result<M> {
    const id = ++this.last
    return new Promise((done, failed) => {
      this.waiting.set(id, { done: done as (value: unknown) => void, failed })
      this.worker.postMessage({ id, method, given })
    })
  }
}
