/** Keys of a page: off while typing, listed by `?`, each with a visible button of its own (design 10 §6). */
import { onMounted, onUnmounted, reactive } from 'vue'
import type { Key } from '../words'

/** `keys` is one key (`j`, `/`, `Enter`) or two after another (`g d`). A letter means either case. */
export interface Hotkey { keys: string; words: Key; run: () => void; when?: () => boolean }

const sets = reactive<Hotkey[][]>([])
let lead = ''
let leadTimer: ReturnType<typeof setTimeout> | undefined

export const allHotkeys = () => sets.flat().filter((k) => k.when?.() ?? true)

function typing(target: EventTarget | null): boolean {
  const at = target instanceof HTMLElement ? target : undefined
  return !!at?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]')
}
const dialogOpen = () => [...document.querySelectorAll('.el-overlay')].some((o) => (o as HTMLElement).style.display !== 'none')

/** An open list or menu has the keys to itself: Esc closes it and leaves the page alone. */
const menuOpen = () => [...document.querySelectorAll<HTMLElement>('.el-popper')].some((p) => p.style.display !== 'none' && p.querySelector('[role=menu], [role=listbox]'))

export function press(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return
  if (typing(event.target) || dialogOpen() || menuOpen()) return
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  // Enter and space on a button or link are its own.
  if ((key === 'Enter' || key === ' ') && (event.target as HTMLElement).closest?.('button, a, [role=button]')) return
  const wanted = lead ? `${lead} ${key}` : key
  lead = ''
  clearTimeout(leadTimer)
  // The page that came last speaks first.
  const found = [...sets].reverse().flat().find((k) => k.keys.toLowerCase() === wanted.toLowerCase() && (k.when?.() ?? true))
  if (found) {
    event.preventDefault()
    found.run()
  } else if (sets.flat().some((k) => k.keys.startsWith(`${key} `))) {
    lead = key
    leadTimer = setTimeout(() => { lead = '' }, 1500)
  }
}

export function useHotkeys(keys: Hotkey[]) {
  onMounted(() => { sets.push(keys) })
  onUnmounted(() => {
    const at = sets.findIndex((s) => JSON.stringify(s.map((k) => k.keys)) === JSON.stringify(keys.map((k) => k.keys)))
    if (at >= 0) sets.splice(at, 1)
  })
}
