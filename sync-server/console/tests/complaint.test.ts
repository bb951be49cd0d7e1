// Goal: what a lead unit reports of a cooperating one is written for one of that item's cooperating units, and the office's two
// answers say what they do. Method: the form and the request mounted against a server that answers like docs/CONSOLE_API.md §12.
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LedgerRequest, Session } from '../src/api/types'
import RequestDetail from '../src/components/RequestDetail.vue'
import RequestForm from '../src/components/RequestForm.vue'
import { take } from '../src/state/session'
import { server, show, until } from './helpers'

const signedIn = (role: string) => take({ state: 'full', server: { name: '三川' }, first_run_done: true, roles: [role], entries: ['items', 'requests'] } as unknown as Session)
const complaint: LedgerRequest = {
  id: 'r1', what: 'complaint', state: 'waiting', round: 1, ground: '三次催要资料不给', log: 7, item: { id: 'i1', name: '修路', number: '督〔2026〕1号' }, unit: { id: 'u1', name: '甲县' }, lead: { id: 'u1', name: '甲县' }, to: { id: 'u2', name: '乙局' }, due_on: '2026-12-31',
  waits_for: [{ as: 'office', name: '' }], signs_as: ['office'], words: [], tests: [{ rule: 'cooperates', ok: true, detail: '乙局' }], clause: { number: '附件2 三 4', wording: '配合单位一次减5分' },
}
const buttons = (selector: string) => [...document.querySelectorAll<HTMLButtonElement>(selector)]
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('a report on a cooperating unit', () => {
  it('is filed about the one cooperating unit, with its ground', async () => {
    signedIn('unit_clerk')
    const asked = server({ 'POST requests': { request: 'r1', operation: 'x', log: 7, outcome: 'applied' } })
    const form = show(RequestForm, { props: { modelValue: false, item: { id: 'i1', number: '督〔2026〕1号' }, kind: 'complaint', cooperating: [{ id: 'u2', name: '乙局' }] } as never })
    await form.setProps({ modelValue: true } as never)
    await until(() => expect(document.querySelector('#request-ground')).toBeTruthy())
    expect(document.body.textContent).toContain('认定以前配合单位看不到')
    const act = buttons('.foot button').at(-1)!
    expect(act.disabled).toBe(true)
    const box = document.querySelector<HTMLTextAreaElement>('#request-ground')!
    box.value = '三次催要资料不给'
    box.dispatchEvent(new Event('input'))
    await until(() => expect(act.disabled).toBe(false))
    act.click()
    await until(() => expect(asked[0]?.body).toEqual({ item: 'i1', what: 'complaint', ground: '三次催要资料不给', to: 'u2' }))
    await until(() => expect(form.emitted('done')).toBeTruthy())
    await new Promise((drawn) => { setTimeout(drawn, 50) })
    form.unmount()
  })
  it('is found true, or not, by the office alone', async () => {
    signedIn('reviewer')
    const asked = server({ 'GET requests/r1': complaint, 'POST requests/r1/sign/challenge': { challenge: 'AA', timeout_ms: 60000, allow: [], words: ['ab'.repeat(32)] }, 'POST requests/r1/sign': { state: 'granted', operation: 'x', log: 9, outcome: 'applied' } })
    const page = show(RequestDetail, { props: { id: 'r1' } as never })
    await until(() => expect(page.text()).toContain('三次催要资料不给'))
    for (const words of ['反映配合不力', '是这一事项的配合单位：乙局', '附件2 三 4']) expect(page.text()).toContain(words)
    expect(page.findAll('.verdict .el-button').map((b) => b.text())).toEqual(['不属实…', '退回补正…', '认定属实，减分'])
    await page.findAll('.verdict .el-button').at(-1)!.trigger('click')
    await until(() => expect(document.body.textContent).toContain('乙局 今天记减分（配合不力，附件2 三 4）'))
    buttons('[role=dialog] .foot button').at(-1)!.click()
    await until(() => expect(asked.find((a) => a.method === 'POST' && !a.path.endsWith('/challenge'))?.path).toBe('requests/r1/sign'))
    page.unmount()
  })
})
