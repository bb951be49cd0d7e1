/** Filters that a person named, and small habits of the frame: kept by the server, never in the browser. */
import { reactive } from 'vue'
import { get, put } from '../api/client'
import type { SavedView } from '../api/types'

export const saved = reactive<{ views: SavedView[]; loaded: boolean }>({ views: [], loaded: false })

export async function loadViews() {
  try {
    saved.views = (await get<{ views: SavedView[] }>('views')).views
    saved.loaded = true
  } catch {
    saved.loaded = false
  }
}
const store = () => put('views', { views: saved.views })

export const viewsOf = (page: string) => saved.views.filter((v) => v.page === page)
export async function keepView(view: SavedView) {
  saved.views = [...saved.views.filter((v) => v.page !== view.page || v.name !== view.name), view]
  await store()
}
export async function dropView(page: string, name: string) {
  saved.views = saved.views.filter((v) => v.page !== page || v.name !== name)
  await store()
}
export const habit = (name: string) => saved.views.find((v) => v.page === 'frame' && v.name === name)?.query
export const keepHabit = (name: string, query: string) => keepView({ page: 'frame', name, query })
