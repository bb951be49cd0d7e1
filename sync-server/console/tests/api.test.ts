// Goal: every write carries CSRF and a key, every error becomes a Problem, events are cut rightly. Method: a fetch of ours.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { get, post, query, setCsrf } from '../src/api/client'
import { Splitter } from '../src/api/events'
import { Problem } from '../src/api/problem'
import { toBytes, toText } from '../src/api/webauthn'
import { safeReturn } from '../src/state/guard'
import { secondFactorGiven, state, write } from '../src/state/session'
import { refusal, server, until } from './helpers'

afterEach(() => vi.unstubAllGlobals())

describe('the client', () => {
  it('sends CSRF and Idempotency-Key with a write, neither with a read', async () => {
    const asked = server({ 'POST checks/1/comments': { log: 1 }, 'GET head': {} })
    setCsrf('token')
    await post('checks/1/comments', { text: '好' }, { key: 'abcdefgh' })
    await get('head', { background: true })
    expect(asked[0]!.headers).toMatchObject({ 'X-CSRF': 'token', 'Idempotency-Key': 'abcdefgh', 'Content-Type': 'application/json' })
    expect(asked[1]!.headers['X-CSRF']).toBeUndefined()
    expect(asked[1]!.headers['X-Background']).toBe('1')
  })
  it('turns what is not JSON, and no answer at all, into problems', async () => {
    server({ 'GET a': () => new Response('<html>portal</html>', { status: 502 }), 'GET b': () => new Response('<html>', { status: 200 }) })
    await expect(get('a')).rejects.toMatchObject({ code: 'http_502' })
    await expect(get('b')).rejects.toBeInstanceOf(Problem)
    vi.stubGlobal('fetch', async () => { throw new TypeError('failed') })
    await expect(get('c')).rejects.toMatchObject({ code: 'unreachable' })
  })
  it('asks for the second factor and repeats the write with the same key', async () => {
    let times = 0
    const asked = server({ 'POST devices/1/revoke': () => (++times === 1 ? refusal(403, { code: 'needs_second_factor' }) : { log: 5 }) })
    const done = write('devices/1/revoke', { cut: 3 }, 'the-same-key')
    await until(() => expect(state.secondFactorAsked).toBe(true))
    secondFactorGiven()
    await expect(done).resolves.toEqual({ log: 5 })
    expect(asked.map((a) => a.headers['Idempotency-Key'])).toEqual(['the-same-key', 'the-same-key'])
  })
  it('leaves empty filters out of the address', () => {
    expect(query({ view: 'todo', unit: undefined, sev: '', imported: true })).toBe('?view=todo&imported=1')
  })
})

describe('events', () => {
  it('are the same wherever the stream is cut', () => {
    const stream = 'event: hello\ndata: {"log":1}\n\n: beat\n\nid: 7\nevent: change\ndata: {"log":7,\ndata: "changes":[]}\n\n'
    for (let cut = 0; cut <= stream.length; ++cut) {
      const splitter = new Splitter()
      const found = [...splitter.push(stream.slice(0, cut)), ...splitter.push(stream.slice(cut))]
      expect(found.map((m) => m.event)).toEqual(['hello', 'beat', 'change'])
      expect(found[2]).toMatchObject({ id: '7', data: '{"log":7,\n"changes":[]}' })
    }
  })
})

describe('what comes from outside', () => {
  it('is gone back to only inside this console', () => {
    expect(safeReturn('/checks?view=todo')).toBe('/checks?view=todo')
    for (const bad of ['//evil.example', 'https://evil.example', '/\\evil', 'javascript:1', undefined]) expect(safeReturn(bad)).toBeUndefined()
  })
  it('keeps the bytes of a security key', () => {
    const text = 'AAEC_-8'
    expect(toText(toBytes(text).buffer)).toBe(text)
  })
})
