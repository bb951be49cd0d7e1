/** A list page: rows by keyset, old rows kept on an error, rows that came later only counted until asked for. */
import { onUnmounted, reactive, ref, watch, type Ref } from 'vue'
import { get, post, query } from '../api/client'
import { asProblem, type Problem } from '../api/problem'
import type { ListAnswer } from '../api/types'
import { onChange } from './head'

export const PAGE = 50

export interface List<Row> {
  rows: Row[]; count: number; capped: boolean; next: string | undefined; pages: string[]; loading: boolean; slow: boolean; fetched: boolean
  problem: Problem | undefined; at: string | undefined; waiting: number
}
export type Filters = Record<string, string | undefined>
/** `take` is shown each page's whole answer: a list may say more than its rows. */
interface Source { path: string; kinds: string[]; filters: Ref<Filters>; text?: Ref<string>; take?: (answer: unknown) => void }

export function useList<Row>(source: Source) {
  const list = reactive({
    rows: [], count: 0, capped: false, next: undefined, pages: [], loading: false, slow: false, fetched: false, problem: undefined, at: undefined, waiting: 0,
  }) as List<Row>
  const changed = ref(new Set<string>())
  let round = 0

  async function fetchPage(after: string | undefined, background: boolean) {
    const mine = ++round
    list.loading = true
    const slow = setTimeout(() => { list.slow = true }, 3000)
    try {
      const text = source.text?.value.trim()
      const body = { ...source.filters.value, limit: PAGE, after }
      const answer = text
        ? await post<ListAnswer<Row>>(`${source.path}/search`, { ...body, text }, { background })
        : await get<ListAnswer<Row>>(source.path + query(body), { background })
      if (mine !== round) return
      Object.assign(list, { rows: answer.rows, count: answer.count, capped: answer.count_capped, next: answer.next, problem: undefined })
      source.take?.(answer)
      list.at = new Date().toISOString()
      list.fetched = true
      list.waiting = 0
      changed.value.clear()
    } catch (thrown) {
      if (mine === round) list.problem = asProblem(thrown)
    } finally {
      clearTimeout(slow)
      if (mine === round) list.loading = list.slow = false
    }
  }
  const first = (background = false) => {
    list.pages = []
    return fetchPage(undefined, background)
  }
  const again = () => fetchPage(list.pages.at(-1), false)
  const forward = () => {
    if (!list.next) return Promise.resolve()
    list.pages.push(list.next)
    return fetchPage(list.next, false)
  }
  const back = () => {
    list.pages.pop()
    return fetchPage(list.pages.at(-1), false)
  }
  watch([source.filters, ...(source.text ? [source.text] : [])], () => void first(), { immediate: true })
  onUnmounted(
    onChange((changes, more) => {
      const mine = changes.filter((c) => source.kinds.includes(c.kind))
      mine.forEach((c) => changed.value.add(c.id))
      list.waiting = changed.value.size + (more ? 1 : 0)
    }),
  )
  return { list, first, again, forward, back }
}
