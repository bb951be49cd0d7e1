/** Who sits here. Kept in memory alone: the cookie is the server's, nothing goes to the browser's storage. */
import { computed, reactive } from 'vue'
import { get, post, remove, setCsrf, watchProblems } from '../api/client'
import type { Entry, Session } from '../api/types'

interface State { session: Session | undefined; secondFactorAsked: boolean; ended: string }
export const state = reactive<State>({ session: undefined, secondFactorAsked: false, ended: '' })

export const signedIn = computed(() => state.session?.state === 'full')
export const may = (entry: Entry) => state.session?.entries?.includes(entry) ?? false
/** A path may be offered as a link only where its page is one of the person's own. */
export const mayGo = (path: string) => may(path.replace(/^\//, '').split(/[/?]/)[0] as Entry)
export const isRole = (...roles: string[]) => state.session?.roles?.some((r) => roles.includes(r)) ?? false

/** Whoever acts for a unit and not for the office sees that unit's ledger. */
export const isUnitsOwn = computed(() => isRole('unit_clerk') && !isRole('reviewer', 'chief'))

export function take(session: Session): Session {
  setCsrf(session.csrf)
  state.session = session
  if (session.state === 'full') state.ended = ''
  return session
}
export const load = async () => take(await get<Session>('session'))
/** Asks how long the session still has, without keeping it alive. */
export const peek = async () => take(await get<Session>('session', { background: true }))

export async function signOut() {
  await remove('session')
  await load()
}

/** Waits for the second factor again and then repeats the write with the same key (403 needs_second_factor). */
let waiting: { done: () => void; failed: (why: unknown) => void } | undefined
export function askSecondFactor(): Promise<void> {
  state.secondFactorAsked = true
  return new Promise((done, failed) => {
    waiting = { done, failed }
  })
}
export function secondFactorGiven() {
  state.secondFactorAsked = false
  waiting?.done()
  waiting = undefined
}
export function secondFactorRefused(why: unknown) {
  state.secondFactorAsked = false
  waiting?.failed(why)
  waiting = undefined
}

/** A write that may need the second factor again: asks for it and repeats with the same Idempotency-Key. */
export async function write<T>(path: string, body: unknown, key: string, patienceMs?: number): Promise<T> {
  const options = patienceMs ? { key, patienceMs } : { key }
  try {
    return await post<T>(path, body, options)
  } catch (thrown) {
    if ((thrown as { code?: string }).code !== 'needs_second_factor') throw thrown
    await askSecondFactor()
    return post<T>(path, body, options)
  }
}

watchProblems((problem) => {
  if (problem.code !== 'signed_out' || !state.session || state.session.state === 'none') return
  state.ended = problem.body.reason ?? 'ended'
  state.session = { ...state.session, state: 'none' }
})
