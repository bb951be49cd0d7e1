/** Ledger number, checkpoint, backup and badges every 15 s while the page is seen, and the live line of events. */
import { reactive } from 'vue'
import { asProblem } from '../api/problem'
import { send } from '../api/client'
import { listen, type Change } from '../api/events'
import type { Head } from '../api/types'
import { state as session } from './session'

const EVERY_MS = 15_000

export const frame = reactive<{ head: Head | undefined; live: boolean; failed: boolean }>({ head: undefined, live: false, failed: false })

type Watcher = (changes: Change[], more: boolean, log: number) => void
const watchers = new Set<Watcher>()

/** Told of what changed at the server; returns how to stop. */
export function onChange(watcher: Watcher): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

let tag = ''
export async function loadHead() {
  try {
    const response = await send('GET', 'head', undefined, { background: true, headers: tag ? { 'If-None-Match': tag } : {} })
    if (response.status !== 304) {
      tag = response.headers.get('ETag') ?? ''
      frame.head = (await response.json()) as Head
    }
    frame.failed = false
  } catch (thrown) {
    frame.failed = asProblem(thrown).status === 0
  }
}

/** Begins both; returns how to stop. */
export function follow(): () => void {
  tag = ''
  void loadHead()
  const timer = setInterval(() => {
    if (!document.hidden) void loadHead()
  }, EVERY_MS)
  const stop = listen({
    onLive: (live) => { frame.live = live },
    onChange: (changes, more, log) => {
      void loadHead()
      for (const watcher of watchers) watcher(changes, more, log)
    },
    onSession: (reason) => {
      session.ended = reason
      if (session.session) session.session = { ...session.session, state: 'none' }
    },
  })
  return () => {
    clearInterval(timer)
    stop()
    frame.live = false
    frame.head = undefined
  }
}
