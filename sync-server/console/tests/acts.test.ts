// Goal: acts say what happens and what is kept, repeat with one key, keep what was typed. Method: dialogs against a fetch of ours.
import { afterEach, describe, expect, it, vi } from 'vitest'
import ConsequenceDialog from '../src/components/ConsequenceDialog.vue'
import PasswordChange from '../src/components/PasswordChange.vue'
import ProblemNote from '../src/components/ProblemNote.vue'
import SecondFactor from '../src/components/SecondFactor.vue'
import ZFeed from '../src/components/ZFeed.vue'
import { Problem } from '../src/api/problem'
import { refusal, server, show, until } from './helpers'

afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('ConsequenceDialog', () => {
  const dialog = (run: (reason: string, key: string) => Promise<void>) =>
    show(ConsequenceDialog as never, { props: { modelValue: true, title: '吊销 ZC-031？', act: '吊销 ZC-031', will: ['不再接收任务'], kept: ['已收到的照片'], danger: true, reasonNeeded: true, run } as never })
  const button = () => [...document.querySelectorAll<HTMLButtonElement>('.foot button')].at(-1)!
  const reason = (text: string) => { const box = document.querySelector<HTMLTextAreaElement>('#consequence-reason')!; box.value = text; box.dispatchEvent(new Event('input')) }
  it('lists both sides, names the act on its button and waits for a reason', async () => {
    const d = dialog(async () => {})
    await until(() => expect(document.body.textContent).toContain('会发生'))
    expect(document.body.textContent).toMatch(/会保留.*已收到的照片/)
    expect(button().textContent).toBe('吊销 ZC-031')
    expect(button().disabled).toBe(true)
    reason('遗失')
    await d.vm.$nextTick()
    expect(button().disabled).toBe(false)
  })
  it('stays open with the reason of a refusal and repeats with the same key', async () => {
    const keys: string[] = []
    const d = dialog(async (_, key) => { keys.push(key); throw new Problem({ code: 'recused', status: 403 }) })
    await until(() => expect(document.querySelector('#consequence-reason')).toBeTruthy())
    reason('遗失')
    await d.vm.$nextTick()
    button().click()
    await until(() => expect(document.body.textContent).toContain('须回避'))
    button().click()
    await until(() => expect(keys).toHaveLength(2))
    expect(keys[0]).toBe(keys[1])
  })
})

describe('words of refusals', () => {
  const words = (body: object) => show(ProblemNote, { props: { problem: new Problem(body as never) } }).text()
  it('are exact', () => {
    expect(words({ code: 'bad_credentials', status: 401 })).toContain('账号或口令不对')
    expect(words({ code: 'locked', status: 403, until: '2026-11-24T02:12:00Z' })).toContain('已锁定，10:12 后再试')
    expect(words({ code: 'changed_meanwhile', status: 409, by: { name: '王颖' }, at: '2026-11-24T01:40:00Z' })).toMatch(/没有保存：王颖 .*09:40 改了同一项。/)
    expect(words({ code: 'not_now', status: 409, reason: 'conflict_open' })).toContain('尚未裁定')
  })
  it('take the server’s own where this page knows none', () => {
    expect(words({ code: 'StorageFull', status: 507, what: '磁盘已满。', next: '请联系管理员。' })).toContain('磁盘已满。请联系管理员。')
  })
})

describe('forms', () => {
  it('send a one-time code as soon as it is whole', async () => {
    const asked = server({ 'POST session/second-factor': { state: 'full' } })
    const factor = show(SecondFactor, { props: { kinds: ['totp'] } })
    await factor.vm.$nextTick()
    await factor.find('#one-time-code').setValue('12 34 56')
    await until(() => expect(factor.emitted('given')).toHaveLength(1))
    expect(asked[0]!.body).toEqual({ totp: '123456' })
  })
  it('say why a new password is refused', async () => {
    server({ 'POST session/password': () => refusal(400, { code: 'InvalidArgument', field: 'new', reason: 'usual' }) })
    const form = show(PasswordChange, { props: { old: 'first' } })
    await form.vm.$nextTick()
    for (const id of ['#new-password', '#new-password-again']) await form.find(id).setValue('password1234')
    await form.find('form').trigger('submit')
    await until(() => expect(form.text()).toContain('这是常见口令'))
  })
  it('say who returned it with which question, what was answered, and from which tablet', async () => {
    server({})
    const at = '2026-11-24T01:00:00Z'
    const question = { id: 'q1', text: '湿滑路段在哪一侧？' }
    const entries = [
      { kind: 'sync', actor: { name: '周文博' }, at, log: 4, device: '3b8b0f0e-0000-4000-8000-000000000001', device_name: 'ZC-017', count: 12 },
      { kind: 'review', actor: { name: '林晓东', role: 'reviewer' }, at, log: 5, text: 'return', questions: [question, { id: 'q2', text: '有无警示牌？' }] },
      { kind: 'reply', actor: { name: '周文博' }, at, log: 6, text: '左侧', question: 'q1' },
      { kind: 'correction', actor: { name: '周文博' }, at, log: 7, diff: [{ field: 'severity', from: null, to: 'critical' }, { field: 'void', from: false, to: true }, { field: 'item', from: '3b8b0f0e-0000-4000-8000-000000000002', to: null }] },
    ]
    const questions = [{ ...question, asked_by: { name: '林晓东' }, asked_at: at, answered: true }, { id: 'q2', text: '有无警示牌？', asked_by: { name: '林晓东' }, asked_at: at, answered: false, due_at: '2026-11-26T09:00:00Z' }]
    const feed = show(ZFeed as never, { props: { check: 'c1', entries, questions, mayComment: false } as never })
    const [sync, review, reply, correction] = feed.findAll('li').map((li) => li.text())
    expect(sync).toMatch(/平板同步 · ZC-017.*12 条记录/)
    expect(review).toMatch(/审核 · 林晓东 · 审核员.*退回提问.*问：湿滑路段在哪一侧？.*问：有无警示牌？.*待答复，期限 .*11-26/)
    expect(review!.match(/待答复/g)).toHaveLength(1)
    expect(reply).toMatch(/答“湿滑路段在哪一侧？”.*左侧/)
    expect(correction).toMatch(/“—” → “严重”.*“保留” → “作废”.*“……” → “—”/)
    expect(feed.text()).not.toContain('3b8b0f0e')
  })
  it('keep a comment that could not be sent, and its draft at the server', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true })
    const asked = server({ 'POST checks/c1/comments': () => refusal(503, { code: 'Busy' }), 'PUT drafts/comment/c1': { at: '2026-11-24T00:00:00Z' } })
    const feed = show(ZFeed as never, { props: { check: 'c1', entries: [], mayComment: true } as never })
    await feed.find('textarea').setValue('请看照片 2')
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked.find((a) => a.method === 'PUT')?.body).toEqual({ text: '请看照片 2' })
    await feed.find('form').trigger('submit')
    await until(() => expect(feed.find('[role=alert]').exists()).toBe(true))
    expect((feed.find('textarea').element as HTMLTextAreaElement).value).toBe('请看照片 2')
    vi.useRealTimers()
  })
})
