// Goal: the ledger shows each lamp in words, sends what was typed and nothing else, and puts every fault beside its field.
// Method: components and pages mounted against a server of ours that answers like docs/CONSOLE_API.md §11.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Item, ItemRow, Lamp, LedgerRequest, Session } from '../src/api/types'
import ItemActs from '../src/components/ItemActs.vue'
import ItemForm from '../src/components/ItemForm.vue'
import RequestDetail from '../src/components/RequestDetail.vue'
import RequestForm from '../src/components/RequestForm.vue'
import ZLamp from '../src/components/ZLamp.vue'
import ItemPage from '../src/pages/ItemPage.vue'
import ItemsPage from '../src/pages/ItemsPage.vue'
import { take } from '../src/state/session'
import { refusal, server, show, until } from './helpers'

const unit = (id: string, name: string) => ({ id, name })
const row = (over: Partial<ItemRow> = {}): ItemRow => ({
  id: 'i1', number: '督〔2026〕87号', title: '城区口袋公园建设', source: 3, kind: 'general', lead: unit('u1', '河东区'), cooperating: [unit('u2', '市园林中心'), unit('u3', '市财政局')], issued_on: '2026-03-09', due_on: '2026-11-30',
  effective_due_on: '2026-11-30', responsible_person: '陈立军', supervisor: '林晓东', lamp: { colour: 'blue', left_workdays: 4 }, ...over,
})
const clause = { number: '附件2 三 5', wording: '每个事项只能延期一次' }
const item = (over: Partial<Item> = {}): Item => ({
  ...row(), source_words: '市政府会议决定事项', worth: '20.00', earned: '0.00', clauses: { extension: clause, withdrawal: clause, transfer: clause, escalation: clause }, extensions: [], transfers: [], exemptions: [],
  reports: [{ id: 'r1', what: 'progress', unit: unit('u1', '河东区'), due_on: '2026-11-02', state: 'awaited', late: true, returned_late: false }], steps: [], log: 41, may: { register: true, report: false, file: true }, ...over,
})
const signedIn = (roles: string[]) => take({ state: 'full', server: { name: '三川' }, first_run_done: true, roles, entries: ['items', 'findings'] } as unknown as Session)
const list = (rows: ItemRow[], lamps = {}) => ({ rows, count: rows.length, count_capped: false, as_of: { log: 1 }, lamps: { red: 0, yellow: 0, blue: 0, unknown: 0, open: 0, done: 0, withdrawn: 0, ...lamps }, supervisors: ['林晓东'], today: '2026-11-24' })
const words = (lamp: Lamp, awarded?: string) => show(ZLamp, { props: { lamp, awarded } as never }).text()
const type = (selector: string, text: string) => { const box = document.querySelector<HTMLInputElement>(selector)!; box.value = text; box.dispatchEvent(new Event('input')) }
const press = (words_: string) => [...document.querySelectorAll<HTMLButtonElement>('button')].find((b) => b.textContent?.trim().startsWith(words_))!.click()

beforeEach(() => { signedIn(['reviewer']) })
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('ZLamp', () => {
  it('puts what the server computed into words', () => {
    expect(words({ colour: 'red', overdue_workdays: 26, step: { number: 3, action: 'interview', name: '约谈' } })).toBe('逾期 26 日 · 约谈')
    expect(words({ colour: 'red', overdue_workdays: 3, step: { number: 1, action: 'circular', name: '全市通报' }, exempt_until: '2026-12-10' })).toBe('逾期 3 日 · 免办至 12-10')
    expect(words({ colour: 'red' })).toBe('逾期')
    expect(words({ colour: 'yellow', why: 'report_late' })).toBe('滞后 · 报告迟交')
    expect(words({ colour: 'blue', left_workdays: 0 })).toBe('今天到期')
    expect(words({ colour: 'open', extended: true })).toBe('在办 · 已延期')
    expect(words({ colour: 'done', extended: true }, '18.50')).toBe('办结 18.50')
    expect(words({ colour: 'red', overdue_workdays: 9, step: { number: 2, action: 'of_another_city', name: '登报' } })).toBe('逾期 9 日 · 登报')
  })
})

describe('ItemsPage', () => {
  it('lists items with lamps that count, and says how a unit calls it', async () => {
    server({ 'GET items?limit=50': list([row()], { blue: 1, red: 2 }) })
    const page = show(ItemsPage)
    await until(() => expect(page.text()).toContain('城区口袋公园建设'))
    expect(page.text()).toContain('87号')
    expect(page.text()).toMatch(/全部 3.*逾期 2.*临期 1/)
    expect(page.text()).not.toContain('滞后')
    expect(page.text()).toContain('市园林中心 等 2 个单位')
    expect(page.find('h1').text()).toBe('总台账')
    page.unmount()
    signedIn(['unit_clerk'])
    server({ 'GET items?limit=50': list([]) })
    const own = show(ItemsPage)
    await until(() => expect(own.text()).toContain('本单位没有承办事项。'))
    expect(own.find('h1').text()).toBe('承办台账')
    expect(own.text()).not.toContain('立项登记')
    own.unmount()
  })
})

describe('ItemForm', () => {
  it('shows every fault beside its field and keeps what was typed', async () => {
    const problems = [{ row: 0, field: 'lead', why: 'unknown_unit' }, { row: 0, field: 'title', why: 'missing' }]
    const asked = server({ 'GET drafts/item/new': {}, 'GET lookup/units?limit=100': { rows: [] }, 'POST items': () => refusal(400, { code: 'InvalidArgument', field: 'lead', problems }) })
    const form = show(ItemForm, { props: { modelValue: false } as never })
    await form.setProps({ modelValue: true } as never)
    await until(() => expect(document.querySelector('#item-content')).toBeTruthy())
    type('#item-content', '新建 12 处')
    await form.vm.$nextTick()
    document.querySelector('form')!.dispatchEvent(new Event('submit'))
    await until(() => expect(document.body.textContent).toContain('没有这个单位'))
    expect(document.querySelector('#wrong-title')?.textContent).toBe('必填')
    expect(document.querySelector<HTMLTextAreaElement>('#item-content')!.value).toBe('新建 12 处')
    expect(asked.find((a) => a.path === 'items')?.body).toMatchObject({ content: '新建 12 处', kind: 'general', cooperating: [] })
    form.unmount()
  })
  it('sends of a correction what is other than before, with the reason and what was seen', async () => {
    const asked = server({ 'GET lookup/units?limit=100': { rows: [] }, 'POST items/i1/correct': { operation: 'x', log: 42, outcome: 'applied' } })
    const form = show(ItemForm, { props: { modelValue: false, item: item() } as never })
    await form.setProps({ modelValue: true } as never)
    await until(() => expect(document.querySelector('#item-reason')).toBeTruthy())
    type('#item-effect', '建成 11 处')
    type('#item-reason', '补记')
    await form.vm.$nextTick()
    document.querySelector('form')!.dispatchEvent(new Event('submit'))
    await until(() => expect(form.emitted('done')).toBeTruthy())
    expect(asked.find((a) => a.path === 'items/i1/correct')?.body).toEqual({ effect: '建成 11 处', reason: '补记', base: { log: 41 } })
    form.unmount()
  })
})

describe('ItemPage', () => {
  const open = async (answer: Item, more = {}) => {
    const asked = server({ 'GET items/undefined': answer, [`GET items/${answer.id}/operations`]: { rows: [{ log: 41, kind: 'item.correct', entity: 'i1', at: '2026-11-23T02:00:00.000Z', actor: { name: '王颖' }, fields: { standard: '满意率 80%', reason: '补记' } }] }, ...more })
    const page = show(ItemPage)
    await until(() => expect(page.text()).toContain('王颖'))
    return { page, asked }
  }
  it('has the nine fields, every operation, and the clause behind a late report', async () => {
    const { page } = await open(item({ extensions: [{ id: 'e', counted: false, approved_on: '2026-11-20', approved_by: '李国平', new_due_on: '2027-02-28', refusal: 'too_long' }] }))
    for (const text of ['督〔2026〕87号', '市政府会议决定事项', '河东区', '市园林中心、市财政局', '更正字段', '#41', '满意率 80%', '逾期 −5.00', '不计：超过 2 个月', '每个事项只能延期一次']) expect(page.text()).toContain(text)
    expect(page.text()).toContain('办结登记')
    expect(page.findAll('button').map((b) => b.text())).not.toContain('报送…')
    page.unmount()
  })
  it('offers a unit its report and nothing of the office', async () => {
    const { page } = await open(item({ may: { register: false, report: true, file: true } }))
    expect(page.findAll('button').map((b) => b.text())).toContain('报送…')
    for (const text of ['更正…', '办结登记', '要求报送']) expect(page.text()).not.toContain(text)
    page.unmount()
  })
})

describe('ItemActs', () => {
  it('completes with the day and the award that were typed', async () => {
    const asked = server({ 'POST items/i1/complete': { operation: 'x', log: 43, outcome: 'applied' } })
    const acts = show(ItemActs, { props: { item: item() } as never })
    ;(acts.vm as unknown as { ask: (what: string) => void }).ask('complete')
    await until(() => expect(document.querySelector('#act-awarded')).toBeTruthy())
    expect(document.body.textContent).toContain('会发生')
    type('#act-day', '2026-11-24')
    document.querySelector<HTMLInputElement>('#act-day')!.dispatchEvent(new Event('change'))
    type('#act-awarded', '18.5')
    await acts.vm.$nextTick()
    press('登记办结')
    await until(() => expect(asked.find((a) => a.path === 'items/i1/complete')?.body).toEqual({ on: '2026-11-24', awarded: '18.5', base: { log: 41 } }))
    acts.unmount()
  })
})

describe('RequestDetail and RequestForm', () => {
  const request = (over: Partial<LedgerRequest> = {}): LedgerRequest => ({
    id: 'q1', what: 'extension', state: 'waiting', round: 1, ground: '用地移交推迟', log: 50, item: { id: 'i1', name: '城区口袋公园建设', number: '督〔2026〕87号' }, unit: unit('u1', '河东区'), lead: unit('u1', '河东区'), due_on: '2026-11-30', new_due_on: '2027-01-15',
    waits_for: [{ as: 'vice_mayor', name: '李国平' }], signs_as: ['vice_mayor'], words: [{ round: 1, as: 'office', word: 'sign', on: '2026-11-23', name: '林晓东', text: '情况属实', by: 'server' }], tests: [{ rule: 'within', ok: true, detail: '2027-01-30' }, { rule: 'first', ok: false, detail: '' }], clause, ...over,
  })
  const open = async (answer: LedgerRequest, more = {}) => {
    const asked = server({ 'GET requests/q1': answer, 'POST requests/q1/sign/challenge': { challenge: 'AA', timeout_ms: 60000, allow: [], words: ['ab'.repeat(32)] }, ...more })
    const detail = show(RequestDetail, { props: { id: 'q1' } as never })
    await until(() => expect(detail.text()).toContain('用地移交推迟'))
    return { detail, asked }
  }
  it('shows what changes, the tests and who said what, and signs by the leader’s own button', async () => {
    const { detail, asked } = await open(request(), { 'POST requests/q1/sign': { operation: 'x', log: 51, outcome: 'applied', state: 'granted' } })
    for (const text of ['2026-11-30', '2027-01-15', '未超过 2 个月（最晚 2027-01-30）', '林晓东 督查室 · 已核对上报 · 11-23 · 以服务器名义记入', '情况属实', '附件2 三 5']) expect(detail.text().replace(/\s+/g, ' ')).toContain(text)
    expect(detail.findAll('.bad').map((b) => b.text())).toEqual(['首次延期（每个事项只能一次）'])
    press('签名同意')
    await until(() => expect(document.querySelector('.foot')).toBeTruthy())
    expect(document.body.textContent).toContain('到期日改为 2027-01-15')
    ;[...document.querySelectorAll<HTMLButtonElement>('.foot button')].at(-1)!.click()
    await until(() => expect(asked.find((a) => a.path === 'requests/q1/sign')?.body).toEqual({}))
    detail.unmount()
  })
  it('lets the office pass on or return, never refuse, and nobody act who has nothing to sign', async () => {
    const office = await open(request({ signs_as: ['office'], waits_for: [{ as: 'office', name: '' }], words: [] }))
    const buttons = office.detail.findAll('.verdict button').map((b) => b.text())
    expect(buttons).toEqual(['退回补正…', '核对无误，报领导签'])
    office.detail.unmount()
    const other = await open(request({ signs_as: [] }))
    expect(other.detail.find('.verdict').exists()).toBe(false)
    other.detail.unmount()
  })
  it('says with its clause what the notice forbids, and keeps the words', async () => {
    server({ 'POST requests': () => refusal(409, { code: 'against_rules', reason: 'within', clause: '附件2 三 5', wording: '延期时限最多不能超过2个月' }) })
    const form = show(RequestForm, { props: { modelValue: false, item: { id: 'i1', number: '督〔2026〕87号' }, latest: '2027-01-30' } as never })
    await form.setProps({ modelValue: true } as never)
    await until(() => expect(document.querySelector('#request-ground')).toBeTruthy())
    expect(document.body.textContent).toContain('最晚 2027-01-30')
    type('#request-ground', '移交推迟')
    type('#request-day', '2027-03-01')
    document.querySelector<HTMLInputElement>('#request-day')!.dispatchEvent(new Event('change'))
    await form.vm.$nextTick()
    press('提出申请')
    await until(() => expect(document.body.textContent).toContain('附件2 三 5：延期时限最多不能超过2个月'))
    expect(document.querySelector<HTMLTextAreaElement>('#request-ground')!.value).toBe('移交推迟')
    form.unmount()
  })
})
