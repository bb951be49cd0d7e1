/** Server-sent events, read by hand: the browser's EventSource hides the beats by which one knows that a line is alive. */
import { PREFIX } from './client'

export interface Change { kind: string; id: string }
export interface Message { event: string; data: string; id?: string }

/** Cuts a stream of text into messages; a comment is a message with the event `beat`. Text may be cut anywhere. */
export class Splitter {
  private rest = ''
  push(text: string): Message[] {
    const blocks = (this.rest + text).replaceAll('\r\n', '\n').split('\n\n')
    this.rest = blocks.pop() ?? ''
    return blocks.map(readBlock)
  }
}

function readBlock(block: string): Message {
  const message: Message = { event: 'beat', data: '' }
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') message.event = value
    else if (name === 'id') message.id = value
    else if (name === 'data') message.data += message.data ? `\n${value}` : value
  }
  return message
}

export interface Live {
  onLive(live: boolean): void
  onChange(changes: Change[], more: boolean, log: number): void
  onSession(reason: string): void
}

const SILENCE_MS = 40_000
const AGAIN_MS = 2_000

/** Keeps a line open until `stop` is called. Returns `stop`. */
export function listen(live: Live): () => void {
  let stopped = false
  let last = ''
  let controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => controller.abort(), SILENCE_MS)
    live.onLive(true)
  }
  const take = (message: Message) => {
    heard()
    if (message.id) last = message.id
    if (message.event === 'change') {
      const data = JSON.parse(message.data) as { log: number; changes: Change[]; more?: boolean }
      live.onChange(data.changes, data.more === true, data.log)
    } else if (message.event === 'session') {
      stopped = true
      live.onSession((JSON.parse(message.data) as { reason: string }).reason)
    }
  }
  // Pages that were left are counted until the server notices: then it asks to come back later.
  const pause = (response: Response) => new Promise((done) => setTimeout(done, 1000 * Number(response.headers.get('Retry-After') ?? 15)))
  const once = async () => {
    controller = new AbortController()
    const headers: Record<string, string> = { Accept: 'text/event-stream', 'X-Background': '1' }
    if (last) headers['Last-Event-ID'] = last
    const response = await fetch(`${PREFIX}events`, { headers, credentials: 'same-origin', cache: 'no-store', signal: controller.signal })
    if (response.status === 429) await pause(response)
    if (!response.ok || !response.body) return
    heard()
    const splitter = new Splitter()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      splitter.push(value).forEach(take)
    }
  }
  const run = async () => {
    while (!stopped) {
      const begun = Date.now()
      await once().catch(() => {})
      clearTimeout(timer)
      if (stopped) return
      // The server ends a stream after 10 minutes: coming back at once is no interruption.
      if (Date.now() - begun < 60_000) live.onLive(false)
      await new Promise((done) => setTimeout(done, AGAIN_MS))
    }
  }
  void run()
  return () => {
    stopped = true
    clearTimeout(timer)
    controller.abort()
  }
}
