import { mount, type ComponentMountingOptions } from '@vue/test-utils'
import type { Component } from 'vue'
import { vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'

export const span = (from: string | undefined, to: string, device = to) => ({
  ...(from ? { from: `2026-11-23T${from}Z` } : {}), to: `2026-11-23T${to}Z`, device: `2026-11-23T${device}Z`, basis: ['anchor' as const, 'receipt' as const], anchor_log: 7, receipt_log: 9,
})

/** Mounts it with a router of its own, attached to the page so that focus works. */
export function show<T extends Component>(component: T, options: ComponentMountingOptions<T> = {} as ComponentMountingOptions<T>) {
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/:all(.*)*', component: { template: '<i/>' } }] })
  return mount(component as Component, { attachTo: document.body, ...options, global: { plugins: [router] } } as never)
}

export interface Asked { method: string; path: string; body: unknown; headers: Record<string, string> }

/** Answers requests by `METHOD path`; whatever is not listed is refused as not found. Returns what was asked. */
export function server(answers: Record<string, unknown | ((body: unknown) => unknown)>): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const path = url.replace('/api/v1/console/', '')
    const body = typeof init.body === 'string' ? JSON.parse(init.body) : undefined
    asked.push({ method: init.method ?? 'GET', path, body, headers: (init.headers ?? {}) as Record<string, string> })
    const found = answers[`${init.method ?? 'GET'} ${path}`]
    const answer = typeof found === 'function' ? (found as (b: unknown) => unknown)(body) : found
    if (answer instanceof Response) return answer
    if (answer === undefined) return new Response(JSON.stringify({ code: 'NotFound' }), { status: 404, headers: { 'content-type': 'application/problem+json' } })
    return new Response(JSON.stringify(answer), { status: 200, headers: { 'content-type': 'application/json' } })
  })
  return asked
}
export const refusal = (status: number, body: object) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/problem+json' } })
export const key = (name: string, target: EventTarget = document.body) => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true })
  target.dispatchEvent(event)
  return event
}
/** Waits for what a busy machine does late: only a hang is cut. */
export const until = <T>(what: () => T) => vi.waitFor(what, { timeout: 20_000, interval: 20 })
