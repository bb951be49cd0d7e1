/** Every request of the console goes through here: cookie session, CSRF header, Idempotency-Key, errors as Problem. */
import { asProblem, Problem, problemOf } from './problem'

export const PREFIX = '/api/v1/console/'
const PATIENCE_MS = 10_000
const FILE_PATIENCE_MS = 300_000

let csrf = ''
let onProblem: (problem: Problem) => void = () => {}

export function setCsrf(token: string | undefined) {
  csrf = token ?? ''
}
/** Told of every refused request, so that the frame can end a session or ask for the second factor. */
export function watchProblems(watcher: (problem: Problem) => void) {
  onProblem = watcher
}

export interface Options {
  /** Reloads that an event or a clock caused: they do not keep a session alive. */
  background?: boolean
  /** Same key and body give the same answer for 24 h; without it a write gets a new one. */
  key?: string
  headers?: Record<string, string>
  signal?: AbortSignal
  /** How long an answer may take; a table of ten thousand rows takes longer than a list. */
  patienceMs?: number
}

export function newKey(): string {
  return crypto.randomUUID()
}

export function query(values: Record<string, string | number | boolean | undefined | null>): string {
  const pairs = Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== '' && v !== false)
  const text = new URLSearchParams(pairs.map(([k, v]) => [k, v === true ? '1' : String(v)])).toString()
  return text ? `?${text}` : ''
}

export async function send(method: string, path: string, body?: unknown, options: Options = {}): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
  if (options.background) headers['X-Background'] = '1'
  if (method !== 'GET') {
    if (csrf) headers['X-CSRF'] = csrf
    headers['Idempotency-Key'] = options.key ?? newKey()
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json'
  const timeout = AbortSignal.timeout(options.patienceMs ?? PATIENCE_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  let response: Response
  try {
    response = await fetch(PREFIX + path, {
      method, headers, signal, credentials: 'same-origin', cache: 'no-store', redirect: 'error',
      body: body === undefined ? null : JSON.stringify(body),
    })
  } catch (thrown) {
    throw asProblem(thrown)
  }
  if (response.ok || response.status === 304) return response
  const problem = await problemOf(response)
  onProblem(problem)
  throw problem
}

async function answer<T>(method: string, path: string, body: unknown, options: Options): Promise<T> {
  const response = await send(method, path, body, options)
  if (response.status === 204) return undefined as T
  try {
    return (await response.json()) as T
  } catch (thrown) {
    throw asProblem(thrown)
  }
}

/** A file as it is. A slow line is given the time that ten megabytes take. */
export async function sendFile<T>(path: string, file: Blob, more: Record<string, string> = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json', 'Content-Type': file.type || 'application/octet-stream', ...(csrf ? { 'X-CSRF': csrf } : {}), ...more }
  const response = await fetch(PREFIX + path, { method: 'POST', headers, body: file, credentials: 'same-origin', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(FILE_PATIENCE_MS) }).catch((thrown) => { throw asProblem(thrown) })
  if (response.ok) return (await response.json()) as T
  const problem = await problemOf(response)
  onProblem(problem)
  throw problem
}

export const get = <T>(path: string, options: Options = {}) => answer<T>('GET', path, undefined, options)
export const post = <T>(path: string, body: unknown = {}, options: Options = {}) => answer<T>('POST', path, body, options)
export const put = <T>(path: string, body: unknown, options: Options = {}) => answer<T>('PUT', path, body, options)
export const remove = (path: string, options: Options = {}) => answer<void>('DELETE', path, undefined, options)

/** A file of bytes as JSON carries it. */
export function base64Of(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes)
  let text = ''
  for (let at = 0; at < view.length; at += 0x8000) text += String.fromCharCode(...view.subarray(at, at + 0x8000))
  return btoa(text)
}

/** Saves what the server answers as a file, under the name that the server gives it. */
export async function download(method: string, path: string, body?: unknown): Promise<void> {
  const response = await send(method, path, body, { patienceMs: 60_000 })
  const name = /filename="([A-Za-z0-9.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'zhicha'
  const url = URL.createObjectURL(await response.blob())
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export const previewUrl = (digest: string) => `${PREFIX}photos/${digest}/preview`
export const originalUrl = (digest: string) => `${PREFIX}photos/${digest}/original`

async function bytesOf(digest: string, headers: Record<string, string>): Promise<ArrayBuffer> {
  const response = await fetch(originalUrl(digest), { credentials: 'same-origin', headers: { Accept: '*/*', ...headers } }).catch((thrown) => {
    throw asProblem(thrown)
  })
  if (!response.ok) throw await problemOf(response)
  return response.arrayBuffer()
}
/** The bytes of an original, as shot. */
export const original = (digest: string) => bytesOf(digest, {})
/** Its first bytes: what a file says of itself stands there. */
export const originalStart = (digest: string, size: number) => bytesOf(digest, { Range: `bytes=0-${size - 1}` })
