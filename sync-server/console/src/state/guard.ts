/** Which page a person may stand on: the session says it, the page never guesses. */
import type { RouteLocationNormalized, Router } from 'vue-router'
import { language, t } from '../words'
import { load, state } from './session'

export function home(): string {
  const session = state.session
  if (session && !session.first_run_done && session.opens_on === 'first_run') return '/first-run'
  // Some roles have no page of their own here: they stand on their account, never on a page that refuses them.
  const entry = session?.opens_on || session?.entries?.[0] || (session?.state === 'full' ? 'account' : 'desk')
  return entry === 'first_run' ? '/first-run' : `/${entry}`
}

/** Only an address of this console, never one of another host, is gone back to after signing in. */
export const safeReturn = (to: unknown) => (typeof to === 'string' && /^\/(?!\/)[\w/?=&%.,-]*$/.test(to) ? to : undefined)

function decide(to: RouteLocationNormalized): string | true {
  const session = state.session
  const open = to.meta.open === true
  if (!session || session.state === 'none' || session.state === 'second_factor') {
    if (open) return true
    const back = safeReturn(to.fullPath)
    return back && !['/', '/desk'].includes(to.path) ? `/sign-in?to=${encodeURIComponent(back)}` : '/sign-in'
  }
  if (session.state !== 'full') return open ? true : '/sign-in'
  if (to.name === 'sign-in' || to.name === 'start' || (to.path === '/desk' && !session.entries?.includes('desk'))) return home()
  return true
}

export function guard(router: Router) {
  router.beforeEach(async (to) => {
    if (!state.session) await load().catch(() => {})
    return decide(to)
  })
  router.afterEach((to, _from, failure) => {
    // One that another overtook ends later, and names nothing.
    if (failure) return
    document.title = `${t(to.meta.title)} · ${t('frame.product')}`
    void language.now
  })
}
