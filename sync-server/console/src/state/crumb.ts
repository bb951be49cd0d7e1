/** What stands at the left of the top line; a page sets it, leaving the page clears it. */
import { onUnmounted, shallowRef, watchEffect } from 'vue'

export interface Crumb { words: string; to?: string }
export const crumb = shallowRef<Crumb[]>([])

export function useCrumb(parts: () => Crumb[]) {
  watchEffect(() => { crumb.value = parts() })
  onUnmounted(() => { crumb.value = [] })
}
