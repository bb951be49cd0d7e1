// Goal: claim stands beside measurement, both values of a conflict are shown, digests are recomputed here. Method: components with data of ours.
import { webcrypto } from 'node:crypto'
import { afterEach, describe, expect, it, vi } from 'vitest'
import AttestPanel from '../src/components/AttestPanel.vue'
import AttestSix from '../src/components/AttestSix.vue'
import CheckState from '../src/components/CheckState.vue'
import PhotoThumb from '../src/components/PhotoThumb.vue'
import SpanBar from '../src/components/SpanBar.vue'
import TallyBar from '../src/components/TallyBar.vue'
import ThreeWay from '../src/components/ThreeWay.vue'
import TimeSpan from '../src/components/TimeSpan.vue'
import ZDigest from '../src/components/ZDigest.vue'
import ZLightbox from '../src/components/ZLightbox.vue'
import ZSeverity from '../src/components/ZSeverity.vue'
import { server, show, span, until } from './helpers'

afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

describe('words beside shapes', () => {
  it('shows both severities of a conflict, never one', () => {
    expect(show(ZSeverity, { props: { values: ['major', 'critical'] } }).text()).toMatch(/较重.*\/.*严重/)
  })
  it('names every state, a new one by its own name', () => {
    expect(show(CheckState, { props: { state: 'changed_after_acceptance' } }).text()).toBe('有更新')
    expect(show(CheckState, { props: { state: 'later' as never } }).text()).toBe('later')
  })
  it('says the six parts in its label', () => {
    const six = show(AttestSix, { props: { cells: ['kept', 'unmeasured', 'kept', 'explain', 'against', 'missing'] } })
    expect(six.attributes('aria-label')).toContain('直奔基层 说“做到”，测得不符')
    expect(six.findAll('.cell')).toHaveLength(6)
  })
  it('puts a contradiction on red ground with words', () => {
    const row = (clause: number, mark: string, said: string, measured_mark = 'supports') => ({ clause, mark, measured_mark, said, measured: {}, basis: [], measured_words: '08:31 出发', measured_words_en: '', contested: false })
    const panel = show(AttestPanel as never, { props: { rows: [row(1, 'kept', 'kept'), row(3, 'kept', 'kept', 'partly'), row(5, 'against', 'kept', 'against')] } as never })
    expect(panel.findAll('li.against')).toHaveLength(1)
    expect(panel.find('li.against').text()).toContain('说“做到”，测得不符')
    expect(panel.text()).toContain('测得支持 1')
    // Measured in part is never shown as if the measurement bore it out.
    expect(panel.text()).toContain('部分支持 1')
    expect(panel.findAll('li')[1]!.find('.mark').attributes('title')).toBe('测得部分支持')
  })
  it('never shows a device time alone', () => {
    const time = show(TimeSpan, { props: { span: span('01:12:00', '01:40:00', '01:31:00'), plain: true } })
    expect(time.text()).toBe('09:12–09:40，设备 09:31')
    expect(show(TimeSpan, { props: { span: span(undefined, '01:40:00'), plain: true } }).text()).toContain('不早于未知')
    expect(show(SpanBar, { props: { span: span('01:12:00', '01:40:00'), received: '2026-11-23T02:00:00Z' } }).attributes('aria-label')).toContain('09:12')
  })
  it('writes the tally as words too', () => {
    expect(show(TallyBar, { props: { tally: { satisfied: 11, neutral: 4, dissatisfied: 6 } } }).text()).toContain('现场询问 21 人')
    expect(show(TallyBar, { props: { tally: { satisfied: 0, neutral: 0, dissatisfied: 0 } } }).text()).toBe('没有现场询问')
  })
})

describe('ZDigest', () => {
  const bytes = new TextEncoder().encode('原图的字节').buffer as ArrayBuffer
  const hex = async () => [...new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join('')
  it('recomputes over the bytes that arrived and says that they match', async () => {
    vi.stubGlobal('crypto', webcrypto)
    const digest = await hex()
    server({ [`GET photos/${digest}/original`]: () => new Response(new Uint8Array(bytes)) })
    const box = show(ZDigest, { props: { digest, here: true } })
    await box.find('button').trigger('click')
    await until(() => expect(box.text()).toContain('相符'))
    expect(box.emitted('outcome')?.[0]).toEqual([true])
  })
  it('says in red that they differ', async () => {
    vi.stubGlobal('crypto', webcrypto)
    const digest = 'ab'.repeat(32)
    server({ [`GET photos/${digest}/original`]: () => new Response(new Uint8Array(bytes)) })
    const box = show(ZDigest, { props: { digest, here: true } })
    await box.find('button').trigger('click')
    await until(() => expect(box.find('[role=alert]').text()).toContain('不符'))
    expect(box.emitted('outcome')?.[0]).toEqual([false])
  })
  it('has nothing to compute before the original is here', () => {
    const box = show(ZDigest, { props: { digest: 'ab'.repeat(32), here: false } })
    expect(box.find('button').attributes('disabled')).toBeDefined()
    expect(box.text()).toContain('原图还没到')
  })
})

describe('photos', () => {
  const photo = (over: object) => ({ digest: 'cd'.repeat(32), check: 'c', to: 'f', to_type: 'finding', rank: 0, size: 10, type: 'image/jpeg', how_taken: 'public', source: 'camera', state: 'present', preview: true, span: span('01:12:00', '01:40:00'), void: false, log: 1, ...over }) as never
  it('say that they were imported, or that their digest differs', () => {
    expect(show(PhotoThumb, { props: { photo: photo({ source: 'import' }) } }).text()).toContain('导入')
    expect(show(PhotoThumb, { props: { photo: photo({ state: 'mismatch' }) } }).text()).toContain('指纹不符')
  })
  it('show a broken file as a file with its digest', async () => {
    const box = show(ZLightbox, { props: { photos: [photo({})], at: 0, path: () => '/' } })
    await box.find('.picture img:not(.under)').trigger('error')
    expect(box.find('.file').text()).toContain('cdcdcdcd')
    expect(box.text()).toContain('不能作为图片打开')
  })
  it('say that there is only a preview, and how much of the original is here', () => {
    expect(show(ZLightbox, { props: { photos: [photo({ state: 'arriving', arrived_bytes: 2048, size: 4096 })], at: 0, path: () => '/' } }).text()).toContain('原图已到 2 KB，共 4 KB')
  })
})

describe('ThreeWay', () => {
  it('shows base and each value with author, tablet, interval, what was seen, reason and place in the ledger', async () => {
    const value = (v: string, name: string) => ({ value: v, words: v, words_en: v, actor: { name, role: 'inspector' }, device: '3b8b0f0e-0000-4000-8000-000000000001', device_name: 'ZC-017', span: span('01:12:00', '01:40:00', '01:31:00'), saw: [], reason: '已量 40 米', evidence: [], log: 184118, write: v })
    const three = show(ThreeWay as never, { props: { conflict: { id: 'f.severity', entity: 'f', entity_type: 'finding', field: 'severity', values: [value('major', '周文博'), value('critical', '韩雪')], affected_papers: [], may_decide: true, other_fields: {}, rule: '', rule_en: '', context: {} } } as never })
    const text = three.text()
    for (const word of ['周文博', '韩雪', '较重', '严重', '11-23 09:12–09:40，设备 09:31', '#184,118', '已量 40 米', 'ZC-017']) expect(text).toContain(word)
    expect(text).not.toContain('3b8b0f0e')
    await three.findAll('input[type=radio]')[1]!.setValue(true)
    expect(three.emitted('update:picked')?.[0]).toEqual([1])
  })
})
