// Goal: the tokens of other programs are issued with what was chosen, told once, confirmed by another person than who issued
// them, and ended with a reason; a role is offered its own acts alone. Method: the page mounted against a server that answers
// like docs/CONSOLE_API.md §17.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { ApiToken, Session, TokenList } from '../src/api/types'
import TokensPage from '../src/pages/TokensPage.vue'
import { take } from '../src/state/session'
import { server, show, until } from './helpers'

const token = (over: Partial<ApiToken> = {}): ApiToken => ({
  id: 't1', name: '大数据局看板', purpose: '每日同步在办事项', scopes: ['read_ledger'], state: 'waiting', issued_by: { id: 'p-admin', name: '管理员' }, issued_at: '2026-11-20T01:00:00Z', expires_at: '2026-12-20T01:00:00Z', ...over,
})
const list = (...rows: ApiToken[]): TokenList => ({ rows, scopes: [{ name: 'read_ledger', words: '读台账、事项和报告', words_en: 'the ledger' }, { name: 'read_rankings', words: '读月排名', words_en: 'rankings' }] })
const signedIn = (role: string, id = `p-${role}`) => take({ state: 'full', server: { name: '三川' }, first_run_done: true, roles: [role], actor: { id, name: role }, entries: ['tokens'] } as unknown as Session)
const type = (selector: string, text: string) => { const box = document.querySelector<HTMLInputElement>(selector)!; box.value = text; box.dispatchEvent(new Event('input')) }
const lastButton = () => [...document.querySelectorAll<HTMLButtonElement>('[role=dialog] .el-button')].at(-1)!
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('TokensPage', () => {
  it('says that there is none, and lets the administrator alone issue one', async () => {
    for (const [role, may] of [['administrator', true], ['security', false], ['auditor', false]] as const) {
      signedIn(role)
      server({ 'GET tokens': list() })
      const page = show(TokensPage)
      await until(() => expect(page.text()).toContain('还没有令牌'))
      expect(page.find('.page-head .el-button').exists(), role).toBe(may)
      page.unmount()
    }
  })
  it('issues what was chosen and shows the token until it is put away', async () => {
    signedIn('administrator')
    const asked = server({ 'GET tokens': list(), 'POST tokens': { ...token(), token: 'zhicha_abc' } })
    const page = show(TokensPage)
    await until(() => expect(page.text()).toContain('还没有令牌'))
    await page.find('.page-head .el-button').trigger('click')
    await until(() => expect(document.querySelector('#token-name')).toBeTruthy())
    expect(lastButton().disabled).toBe(true)
    type('#token-name', ' 大数据局看板 ')
    type('#token-purpose', '每日同步在办事项')
    document.querySelectorAll<HTMLInputElement>('.scope input')[1]!.click()
    await until(() => expect(lastButton().disabled).toBe(false))
    lastButton().click()
    await until(() => expect(asked.find((a) => a.method === 'POST')?.body).toEqual({ name: '大数据局看板', purpose: '每日同步在办事项', days: 90, scopes: ['read_rankings'] }))
    await until(() => expect(page.find('.secret').text()).toBe('zhicha_abc'))
    expect(page.text()).toContain('等安全管理员确认后才能用')
    const copied: string[] = []
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: (text: string) => { copied.push(text); return Promise.resolve() } } })
    await page.find('.once .el-button--primary').trigger('click')
    await until(() => expect(page.find('.once').text()).toContain('已复制'))
    expect(copied).toEqual(['zhicha_abc'])
    await page.findAll('.once .el-button').at(-1)!.trigger('click')
    expect(page.text()).not.toContain('zhicha_abc')
    page.unmount()
  })
  it('offers the security officer the confirmation of what somebody else issued', async () => {
    signedIn('security')
    const asked = server({ 'GET tokens': list(token(), token({ id: 't2', name: '自己的', issued_by: { id: 'p-security', name: '许静' } })), 'POST tokens/t1/confirm': list(token({ state: 'in_force' })) })
    const page = show(TokensPage)
    await until(() => expect(page.findAll('.tokens > li').length).toBe(2))
    expect(page.findAll('.confirm').length).toBe(1)
    expect(page.text()).toContain('您签发的，由另一人确认')
    await page.find('.confirm').trigger('click')
    await until(() => expect(document.body.textContent).toContain('这个系统从现在起可以读：读台账、事项和报告'))
    lastButton().click()
    await until(() => expect(asked.find((a) => a.method === 'POST')?.path).toBe('tokens/t1/confirm'))
    page.unmount()
  })
  it('ends one with a reason, and says of an ended one by whom, when and why', async () => {
    signedIn('administrator')
    const ended = token({ id: 't3', name: '旧看板', state: 'revoked', revoked_at: '2026-11-21T02:00:00Z', revoked_by: '许静', revoke_reason: '看板停用', last_used_at: '2026-11-20T03:00:00Z', last_used_from: '203.0.113.9' })
    const asked = server({ 'GET tokens': list(token({ state: 'in_force', confirmed_by: '许静' }), ended), 'POST tokens/t1/revoke': list() })
    const page = show(TokensPage)
    await until(() => expect(page.findAll('.tokens > li').length).toBe(2))
    expect(page.findAll('.revoke').length).toBe(1)
    const text = page.text()
    for (const words of ['许静 确认', '没有用过', '许静，11-21 10:00：看板停用', '11-20 11:00，203.0.113.9']) expect(text).toContain(words)
    await page.find('.revoke').trigger('click')
    await until(() => expect(document.querySelector('#consequence-reason')).toBeTruthy())
    expect(lastButton().disabled).toBe(true)
    type('#consequence-reason', '看板停用')
    await until(() => expect(lastButton().disabled).toBe(false))
    lastButton().click()
    await until(() => expect(asked.find((a) => a.method === 'POST')?.body).toEqual({ reason: '看板停用' }))
    page.unmount()
  })
})
