/** Filters that a person named, and small habits of the frame: kept by the server, never in the browser. */
import { reactive } from 'vue'
import { get, put } from '../api/client'
import type { SavedView } from '../api/types'

/** They lie among the person's drafts: encrypted, seen by nobody else. */
const PLACE = 'drafts/views/own'
const DAY_MS = 86_400_000

export const saved = reactive<{ views: SavedView[]; loaded: boolean }>({ views: [], loaded: false })

export async function loadViews() {
  try {
    const kept = await get<{ content: { views: SavedView[] }; at: string } | undefined>(PLACE)
    saved.views = kept?.content.views ?? []
    saved.loaded = true
    // A draft goes 30 days after its last write: whoever works here keeps theirs.
    if (kept && Date.now() - new Date(kept.at).getTime() > DAY_MS) await store()
  } catch {
    saved.loaded = false
  }
}
const store = () => put(PLACE, { views: saved.views })

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
