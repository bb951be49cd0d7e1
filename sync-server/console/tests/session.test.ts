// Goal: a person is led to pages of their own alone, and a write is not repeated when the second factor is not given.
// Method: the session's state and the guard as the pages use them, against a fetch of ours.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { guard, home, safeReturn } from '../src/state/guard'
import { mayGo, secondFactorRefused, state, write } from '../src/state/session'
import { nextTheme, theme } from '../src/state/theme'
import { t, setLanguage } from '../src/words'
import { Problem } from '../src/api/problem'
import { refusal, server, until } from './helpers'

const session = (entries: string[], opens_on?: string) => ({ state: 'full', first_run_done: true, server: {}, entries, roles: [], opens_on }) as never
afterEach(() => { vi.unstubAllGlobals(); state.session = undefined; state.secondFactorAsked = false })

describe('where a person stands', () => {
  it('is the page that the server names, else the first of the own ones, else the account', () => {
    state.session = session(['desk', 'checks'], 'checks')
    expect(home()).toBe('/checks')
    state.session = session(['audit'])
    expect(home()).toBe('/audit')
    state.session = session([], '')
    expect(home()).toBe('/account')
  })
  it('offers a link only to the own pages', () => {
    state.session = session(['checks'])
    expect(['/checks?view=todo', '/checks/1', '/devices', '/conflicts/x'].map(mayGo)).toEqual([true, true, false, false])
  })
  it('is named by the page that came, not by one that it overtook', async () => {
    state.session = session(['checks', 'findings'])
    let arrive: ((page: object) => void) | undefined
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [
        { path: '/checks', component: () => new Promise<object>((done) => { arrive = done }), meta: { title: 'nav.checks' } },
        { path: '/findings', component: { template: '<i/>' }, meta: { title: 'nav.findings' } },
      ],
    })
    guard(router)
    const slow = router.push('/checks')
    await until(() => expect(arrive).toBeTruthy())
    await router.push('/findings')
    arrive!({ template: '<b/>' })
    await slow
    expect(document.title).toContain(t('nav.findings'))
  })
  it('goes back to no other host', () => {
    expect(safeReturn('//elsewhere.example/checks')).toBeUndefined()
    expect(safeReturn('/checks?view=todo')).toBe('/checks?view=todo')
  })
})

describe('a write that needs the second factor again', () => {
  it('is not repeated when nobody gives it', async () => {
    const asked = server({ 'POST checks/c1/void': () => refusal(403, { code: 'needs_second_factor' }) })
    const done = write('checks/c1/void', {}, 'key-12345678')
    await until(() => expect(state.secondFactorAsked).toBe(true))
    secondFactorRefused(new Problem({ code: 'left', status: 0 }))
    await expect(done).rejects.toThrow('left')
    expect(asked).toHaveLength(1)
  })
})

describe('words and looks', () => {
  it('go with the number', () => {
    setLanguage('en')
    expect([0, 1, 2].map((n) => t('desk.total', { n }))).toEqual(['0 things need you', '1 thing needs you', '2 things need you'])
    expect(t('desk.out_words', { checks: 1, devices: 2 })).toBe('1 check, 2 tablets')
    setLanguage('zh')
    expect(t('desk.total', { n: 1 })).toBe('现在需要您处理 1 件')
  })
  it('turn from the system’s look to light, dark and back', () => {
    expect(theme.chosen).toBe('system')
    const seen = [1, 2, 3].map(() => (theme.chosen = nextTheme()))
    expect(seen).toEqual(['light', 'dark', 'system'])
  })
})
