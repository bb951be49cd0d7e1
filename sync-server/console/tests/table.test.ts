// Goal: every state of a list has its words, keys move the cursor, rows stay on an error. Method: ZTable with rows of ours.
import { afterEach, describe, expect, it, vi } from 'vitest'
import FilterBar from '../src/components/FilterBar.vue'
import ViewTabs from '../src/components/ViewTabs.vue'
import ZTable from '../src/components/ZTable.vue'
import { Problem } from '../src/api/problem'
import { allHotkeys, press } from '../src/state/hotkeys'
import { key, server, show, until } from './helpers'

window.addEventListener('keydown', press)
afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })
const columns = [{ key: 'name', label: '名称', sorted: 'ascending' as const }, { key: 'n', label: '数', right: true }]
const rows = [{ id: 'a', name: '甲', n: 1 }, { id: 'b', name: '乙', n: 2 }]
const table = (props: object) => show(ZTable as never, { props: { columns, rows, label: '表', fetched: true, ...props } as never })

describe('ZTable', () => {
  it('is a real table with scopes, a sorted column and one row in the tab order', () => {
    const t = table({})
    expect(t.findAll('th[scope=col]')).toHaveLength(2)
    expect(t.find('th').attributes('aria-sort')).toBe('ascending')
    expect(t.findAll('tr[tabindex="0"]')).toHaveLength(1)
    t.unmount()
  })
  it('moves by J and K and opens by Enter', async () => {
    const t = table({})
    key('j')
    await t.vm.$nextTick()
    key('Enter')
    expect(t.emitted('open')?.[0]).toEqual([rows[1]])
    t.unmount()
  })
  it('is off while somebody types', () => {
    const t = table({})
    const input = document.body.appendChild(document.createElement('input'))
    key('Enter', input)
    expect(t.emitted('open')).toBeUndefined()
    t.unmount()
  })
  it('tells an empty list from one that filters emptied', () => {
    expect(table({ rows: [], empty: '没有待审的检查。' }).text()).toContain('没有待审的检查。')
    const filtered = table({ rows: [], filters: 3 })
    expect(filtered.text()).toContain('没有符合 3 个筛选条件的内容。')
  })
  it('keeps the old rows on an error and says of when they are', () => {
    const t = table({ problem: new Problem({ code: 'timeout', status: 0, request: '01J9' }), at: '2026-11-24T01:38:00Z' })
    expect(t.text()).toContain('列表没有取到。下面仍是 09:38 的内容。')
    expect(t.text()).toContain('代码 timeout · 请求号 01J9')
    expect(t.text()).toContain('甲')
  })
  it('says no right in the same words whether the thing exists or not', () => {
    const t = table({ rows: [], problem: new Problem({ code: 'not_yours', status: 403, needed: ['chief'] }) })
    expect(t.text()).toBe('这一页不在您的权限内。需要的角色：主任。')
  })
  it('announces new rows and waits to be asked', async () => {
    const t = table({ waiting: 3 })
    expect(t.text()).toContain('有 3 条新的 · 显示')
    await t.find('.waiting button').trigger('click')
    expect(t.emitted('show')).toHaveLength(1)
  })
  it('lists its keys once it is there and no longer after', () => {
    const before = allHotkeys().length
    const t = table({})
    expect(allHotkeys().length).toBeGreaterThan(before)
    t.unmount()
    expect(allHotkeys().length).toBe(before)
  })
})

describe('FilterBar and ViewTabs', () => {
  it('toggles, clears, and keeps typed text out of the values', async () => {
    const bar = show(FilterBar as never, { props: { filters: [{ key: 'att', label: '四不两直有说明或不符', toggle: true, options: [{ value: 'exception', label: '' }] }], values: {}, textLabel: '文字', text: '' } as never })
    await bar.find('.toggle').trigger('click')
    expect(bar.emitted('change')?.[0]).toEqual(['att', 'exception'])
    vi.useFakeTimers()
    await bar.find('input.text').setValue('井盖')
    vi.advanceTimersByTime(500)
    vi.useRealTimers()
    expect(bar.emitted('text')?.[0]).toEqual(['井盖'])
  })
  it('keeps a named view at the server', async () => {
    const asked = server({ 'PUT drafts/views/own': { at: '2026-11-24T00:00:00Z' } })
    const tabs = show(ViewTabs as never, { props: { page: 'checks', views: [{ id: 'todo', label: '待审' }], now: 'todo', query: 'view=todo&sev=major' } as never })
    await tabs.find('.plain').trigger('click')
    await until(() => expect(document.querySelector('#view-name')).toBeTruthy())
    const input = document.querySelector<HTMLInputElement>('#view-name')!
    input.value = '我的严重'
    input.dispatchEvent(new Event('input'))
    await tabs.vm.$nextTick()
    document.querySelector<HTMLButtonElement>('.el-dialog .el-button--primary')!.click()
    await until(() => expect(asked.some((a) => a.method === 'PUT')).toBe(true))
    expect(asked[0]!.body).toEqual({ views: [{ page: 'checks', name: '我的严重', query: 'view=todo&sev=major' }] })
  })
})
