// Goal: the escalation desk counts day by day with its clause, records the step with its document, and a month's figures are
// shown, explained and published as they were shown. Method: pages mounted against a server that answers like
// docs/CONSOLE_API.md §13, §14.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { DueAction, Escalation, Ranking, RankingRow, RankingUnit, Session } from '../src/api/types'
import ScoreProof from '../src/components/ScoreProof.vue'
import StepForm from '../src/components/StepForm.vue'
import EscalationPage from '../src/pages/EscalationPage.vue'
import RankingPage from '../src/pages/RankingPage.vue'
import { take } from '../src/state/session'
import { server, show, until } from './helpers'

const unit = (id: string, name: string) => ({ id, name })
const clause = { number: '四（二）4', wording: '由市政府领导同志约谈责任单位' }
const action = (over: Partial<DueAction> = {}): DueAction => ({
  item: { id: 'i33', name: '学校食堂改造提升', number: '督〔2026〕33号' }, unit: unit('u1', '市教育局'), action: 'interview', step: 3, name: '约谈', commitment: true, since: '2026-11-20', overdue_workdays: 17, due_on: '2026-10-30', step_before_on: '2026-11-12', clause,
  steps: [{ id: 's', step: 2, action: 'criticism_and_media', name: '通报批评并媒体曝光', on: '2026-11-12', document: '三政督〔2026〕66号' }],
  count: [{ day: '2026-11-19', work: true, n: 5 }, { day: '2026-11-20', work: true }], ...over,
})
const desk = (over: Partial<Escalation> = {}): Escalation => ({ as_of: '2026-11-24', today: '2026-11-24', ladder: [{ step: 1, action: 'circular', name: '全市通报' }, { step: 2, action: 'criticism_and_media', name: '通报批评并媒体曝光' }, { step: 3, action: 'interview', name: '约谈' }, { step: 4, action: 'accountability', name: '提请问责' }], actions: [action()], exempt: [{ item: { id: 'i', name: 'x', number: '督〔2026〕37号' }, until: '2026-12-10' }], undetermined: [{ item: { id: 'j', name: 'y', number: '督〔2026〕90号' }, year: 2027 }], ...over })
const row = (name: string, over: Partial<RankingRow> = {}): RankingRow => ({ unit: unit(name, name), group: 'department', items: 21, earned: '402.50', total: '420.00', efficacy: '0.9038', item_score: '86.62', merits: '40.00', demerits: '-10.00', score: '116.62', rank: 1, all_completed: false, winner: false, ...over })
const board = (over: Partial<Ranking> = {}): Ranking => ({
  month: '2026-10', as_of: '2026-10-31', ended: true, state: 'trial', figures: 'f'.repeat(64), rows: [row('市政务服务局', { rank: 2, winner: true, score: '100.27' }), row('市住房城乡建设局'), row('湖滨区', { group: 'county', rank: null, score: null, efficacy: null, item_score: null })],
  groups: [{ id: 'county', name: '县（市、区）', winners: 3 }, { id: 'department', name: '市直单位', winners: 6 }], notice: '三政办〔2019〕21号', rule_file: 'a'.repeat(64), difference: [], may: { publish: true }, ...over,
})
const PAPER = { id: 'p70', number: '三政督〔2026〕70号', kind: 'interview_notice', words: '约谈通知', title: '关于约谈市教育局的通知', to: [], level: '内部', day: '2026-11-24', state: 'issued', received: 0, of: 1, item: 'i33' }
const PAPERS = 'GET papers?item=i33&kind=interview_notice&limit=20'
const QUEUE = { 'GET paper-drafts': { rows: [], count: 0 } }
const DRAFT = { kind: 'interview_notice', title: '关于约谈市教育局的通知', to: ['u1'], day: '2026-11-24', pages: 1, images: ['iVBORw0KGgo='], content: { rests_on: [], number: '', title: '' } }
const signedIn = (roles: string[]) => take({ state: 'full', server: { name: '三川' }, first_run_done: true, roles, entries: ['items', 'escalation', 'ranking'] } as unknown as Session)
const months = { months: [{ month: '2026-10', state: 'trial' }, { month: '2026-09', state: 'frozen', published_on: '2026-10-08', winners_differ: true }], today: '2026-11-24' }
beforeEach(() => { signedIn(['chief']) })
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('EscalationPage', () => {
  it('lists what is due by since, with the count, the clause and what is not listed', async () => {
    server({ ...QUEUE, 'GET escalation': desk(), [PAPERS]: { rows: [] } })
    const page = show(EscalationPage)
    await until(() => expect(page.text()).toContain('学校食堂改造提升'))
    const text = page.text().replace(/\s+/g, ' ')
    for (const words of ['应办 1 件', '自 11-20 起', '逾期 17 个工作日', '为什么是“约谈”，为什么自 2026-11-20 起', '依据 四（二）4：由市政府领导同志约谈责任单位', '三政督〔2026〕66号', '免办：督〔2026〕37号，至 2026-12-10', '天数未定：督〔2026〕90号，没有 2027 年的工作日历', '记录“约谈”…']) expect(text).toContain(words)
    expect(page.findAll('.strip li').map((l) => l.find('b').text())).toEqual(['5', '应办'])
    page.unmount()
  })
  it('records nothing on another day than today, and no urging', async () => {
    server({ ...QUEUE, 'GET escalation': desk({ as_of: '2026-12-30' }), [PAPERS]: { rows: [] } })
    const later = show(EscalationPage)
    await until(() => expect(later.text()).toContain('学校食堂改造提升'))
    expect(later.text()).not.toContain('记录“约谈”')
    later.unmount()
    server({ ...QUEUE, 'GET escalation': desk({ actions: [action({ step: 0, name: '催办', count: [], steps: [] })] }), 'GET papers?item=i33&kind=urging_notice&limit=20': { rows: [] }, 'POST papers/drafts': { ...DRAFT, kind: 'urging_notice' } })
    const urge = show(EscalationPage)
    await until(() => expect(urge.text()).toContain('催办发《催办通知》'))
    expect(urge.text()).not.toContain('记录“催办”')
    urge.unmount()
    server({ ...QUEUE, 'GET escalation': desk({ actions: [], exempt: [], undetermined: [] }) })
    const calm = show(EscalationPage)
    await until(() => expect(calm.text()).toContain('这一天没有应办的督办。'))
    calm.unmount()
  })
  it('drafts the paper of the step once its particulars are there, and never a second one', async () => {
    const asked = server({ ...QUEUE, 'GET escalation': desk(), [PAPERS]: { rows: [] }, 'POST papers/drafts': DRAFT })
    const page = show(EscalationPage)
    await until(() => expect(page.find('#paper-meeting-at').exists()).toBe(true))
    expect(page.findAll('.ladder li').map((l) => [l.find('b').text(), l.classes().join(' ')])).toEqual([['全市通报', ''], ['通报批评并媒体曝光', 'taken'], ['约谈', 'due'], ['提请问责', '']])
    await page.find('#paper-meeting-at').setValue('2026年11月26日15时')
    expect(asked.some((a) => a.path === 'papers/drafts')).toBe(false)
    await page.find('#paper-meeting-place').setValue('市政府2号楼301')
    await until(() => expect(page.find('.preview img').exists()).toBe(true))
    expect(asked.find((a) => a.path === 'papers/drafts')?.body).toEqual({ kind: 'interview_notice', subject: 'i33', meeting_at: '2026年11月26日15时', meeting_place: '市政府2号楼301' })
    await page.find('#paper-more').setValue('请带承诺书。')
    expect(page.find('.preview img').exists(), 'a preview of another text').toBe(false)
    // The box measures its text once more.
    await new Promise((drawn) => { setTimeout(drawn, 50) })
    page.unmount()
    server({ ...QUEUE, 'GET escalation': desk(), [PAPERS]: { rows: [PAPER] } })
    const again = show(EscalationPage)
    await until(() => expect(again.text()).toContain('三政督〔2026〕70号（2026-11-24），可据此记录这一步'))
    expect(again.find('#paper-more').exists()).toBe(false)
    again.unmount()
    const draft = { id: 'd1', kind: 'interview_notice', title: '约谈', state: 'waiting', drafter: { id: 'p1', name: '王颖' }, since: '2026-11-24T01:00:00.000Z', version: 1, item: { id: 'i33', name: '学校食堂改造提升' } }
    server({ 'GET paper-drafts': { rows: [draft], count: 1 }, 'GET escalation': desk(), [PAPERS]: { rows: [] } })
    const waits = show(EscalationPage)
    await until(() => expect(waits.text()).toContain('王颖 已就此报签，等待签发'))
    expect(waits.find('#paper-more').exists(), 'a second draft of what waits').toBe(false)
    waits.unmount()
  })
  it('takes the document and the commitment into the step', async () => {
    const asked = server({ 'POST items/i33/steps': { operation: 'x', log: 9, outcome: 'applied' } })
    const form = show(StepForm, { props: { modelValue: false, action: action(), today: '2026-11-24' } as never })
    await form.setProps({ modelValue: true } as never)
    await until(() => expect(document.querySelector('#step-document')).toBeTruthy())
    const act = [...document.querySelectorAll<HTMLButtonElement>('.foot button')].at(-1)!
    expect(act.disabled).toBe(true)
    for (const [selector, text] of [['#step-document', '三政督〔2026〕70号'], ['#step-commitment', '十二月底前建成']] as const) { const box = document.querySelector<HTMLInputElement>(selector)!; box.value = text; box.dispatchEvent(new Event('input')) }
    await form.vm.$nextTick()
    act.click()
    await until(() => expect(asked[0]?.body).toEqual({ step: 3, on: '2026-11-24', document: '三政督〔2026〕70号', commitment: '十二月底前建成' }))
    await until(() => expect(form.emitted('done')).toBeTruthy())
    // The box measures its text once more after the dialog has closed.
    await new Promise((drawn) => { setTimeout(drawn, 50) })
    form.unmount()
  })
})

describe('RankingPage', () => {
  const open = async (answer: Ranking, more = {}) => {
    const asked = server({ 'GET rankings': months, 'GET rankings/2026-10': answer, ...more })
    const page = show(RankingPage)
    await until(() => expect(page.text()).toContain('2026 年累计，截至 2026-10-31'))
    return { page, asked }
  }
  it('shows one group in the order of its ranks, with the month’s points and the rules that it rests on', async () => {
    const { page } = await open(board())
    await until(() => expect(page.findAll('.group.now').map((g) => g.text())).toEqual(['县（市、区） 1']))
    expect(page.text()).toContain('湖滨区')
    expect(page.text()).toContain('规则 三政办〔2019〕21号 · 校验 aaaaaaaaaaaa')
    expect(page.text()).toContain('得 10 分的单位与现台账不同')
    page.unmount()
    const departments = await open(board({ rows: board().rows.slice(0, 2) }))
    await until(() => expect(departments.page.findAll('tbody tr').map((r) => r.findAll('td').map((d) => d.text()).join(' '))).toEqual(['1 市住房城乡建设局 21 402.50 / 420.00 0.9038 86.62 40.00 −10.00 116.62 ', '2 市政务服务局 21 402.50 / 420.00 0.9038 86.62 40.00 −10.00 100.27 +10']))
    departments.page.unmount()
  })
  it('publishes what was shown and nothing else', async () => {
    const { page, asked } = await open(board(), { 'POST rankings/2026-10/publish': { operation: 'x', log: 9, outcome: 'applied' } })
    await page.find('.page-head .el-button--primary').trigger('click')
    await until(() => expect(document.body.textContent).toContain('1 个单位今天各加 10 分'))
    ;[...document.querySelectorAll<HTMLButtonElement>('.foot button')].at(-1)!.click()
    await until(() => expect(asked.find((a) => a.method === 'POST')?.body).toEqual({ figures: 'f'.repeat(64) }))
    page.unmount()
  })
  it('shows a difference beside what was published, and offers no second publication', async () => {
    const { page } = await open(board({ state: 'frozen', published_on: '2026-11-03', difference: [{ unit: unit('a', '市生态环境局'), fields: [{ field: 'earned', frozen: '18.50', now: '10.00' }] }] }))
    expect(page.text()).toContain('公布的与现台账重算的有 1 个单位不同')
    expect(page.text()).toContain('市生态环境局：得分 / 总分 18.50 → 10.00')
    expect(page.text()).toContain('已于 2026-11-03 公布并冻结')
    expect(page.find('.page-head .el-button--primary').exists()).toBe(false)
    page.unmount()
  })
})

describe('RankingPage on paper', () => {
  const frozen = board({ state: 'frozen', published_on: '2026-11-03' })
  const paper = (over: object) => ({ id: 'p1', number: '三政督〔2026〕9号', kind: 'monthly_ranking', words: '月排名通报', title: 'x', to: [], level: '', day: '2026-11-04', state: 'issued', received: 0, of: 2, month: '2026-10', ...over })
  const open = async (rows: object[]) => {
    take({ state: 'full', server: { name: '三川' }, first_run_done: true, roles: ['chief'], entries: ['ranking', 'papers'] } as unknown as Session)
    server({ 'GET rankings': months, 'GET rankings/2026-10': frozen, 'GET papers?kind=monthly_ranking&limit=200': { rows, count: rows.length, count_capped: false, as_of: { log: 1 } } })
    const page = show(RankingPage)
    await until(() => expect(page.find('.file').exists()).toBe(true))
    return page
  }
  it('gives the circular of the month that stands, and no other', async () => {
    const page = await open([paper({ id: 'p0', state: 'revoked' }), paper({ id: 'p9', month: '2026-09' }), paper({})])
    expect(page.find('.file').attributes('href')).toBe('/api/v1/console/papers/p1/pdf')
    expect(page.find('.file').text()).toBe('通报 三政督〔2026〕9号（PDF）')
    page.unmount()
  })
  it('leads the office to draft it where none stands', async () => {
    const page = await open([paper({ state: 'revoked' })])
    expect(page.find('.file').text()).toBe('拟月排名通报…')
    page.unmount()
  })
})

describe('ScoreProof', () => {
  it('keeps what does not count, with the reason', async () => {
    const explained = { ...row('市住房城乡建设局'), events: [{ ref: 'e1', rule: 'commendation.city', on: '2026-04-16', points: '10.00', counted: true, document: '通报18号', clause: '附件2 一（一）6', wording: '市级通报表扬', why: '计入', why_en: 'counts' }, { ref: 'e2', rule: 'commendation.national', on: '2026-09-08', points: '20.00', counted: false, document: '国办', clause: '附件2 一（一）1', wording: '国家级', why: '不计：受表彰的是下属单位', why_en: 'no' }], explanation: { items: [], formula: { start: '0.00', clause: '附件1 2', wording: '考核计分=', reading: '' } } } as unknown as RankingUnit
    server({ 'GET rankings/2026-10/units/u': explained })
    const proof = show(ScoreProof, { props: { month: '2026-10', unit: unit('u', '市住房城乡建设局'), figures: 'f' } as never })
    await until(() => expect(proof.text()).toContain('402.50 / 420.00 × 100 × 0.9038 = 86.62'))
    expect(proof.text()).toContain('86.62 + 40.00 − 10.00 = 116.62')
    expect(proof.text()).toContain('+10.00')
    expect(proof.findAll('.faint').map((f) => f.text())[0]).toContain('不计')
    expect(proof.text()).toContain('受表彰的是下属单位')
    proof.unmount()
  })
})
