/** What is typed into a form, kept by the server (encrypted, the author's only) at most 2 s behind the keyboard. */
import { onUnmounted, ref, watch } from 'vue'
import { get, put, remove } from '../api/client'

const BEHIND_MS = 1_200

export type Kept = 'none' | 'waiting' | 'kept' | 'failed'

export function useDraft<T extends object>(form: string, id: () => string, value: T, isEmpty: () => boolean) {
  const kept = ref<Kept>('none')
  let timer: ReturnType<typeof setTimeout> | undefined
  let quiet = false
  const path = () => `drafts/${form}/${id()}`

  async function save() {
    clearTimeout(timer)
    timer = undefined
    try {
      if (isEmpty()) await remove(path())
      else await put(path(), JSON.parse(JSON.stringify(value)))
      kept.value = isEmpty() ? 'none' : 'kept'
    } catch {
      kept.value = 'failed'
    }
  }
  /** Fetches what was typed before; a form that somebody already types into is left alone. */
  async function restore() {
    try {
      const draft = await get<{ content: Partial<T> } | undefined>(path())
      if (!draft || !isEmpty()) return
      quiet = true
      Object.assign(value, draft.content)
      kept.value = 'kept'
      setTimeout(() => { quiet = false })
    } catch {
      kept.value = 'none'
    }
  }
  /** After the form took effect: the draft goes. */
  async function clear() {
    clearTimeout(timer)
    timer = undefined
    kept.value = 'none'
    await remove(path()).catch(() => {})
  }
  watch(
    () => JSON.stringify(value),
    () => {
      if (quiet) return
      kept.value = 'waiting'
      timer ??= setTimeout(save, BEHIND_MS)
    },
  )
  onUnmounted(() => {
    if (timer) void save()
  })
  return { kept, save, restore, clear }
}
