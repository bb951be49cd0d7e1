/** Light or dark: as the system has it until a person chooses; the choice is a habit that the server keeps. */
import { reactive, watchEffect } from 'vue'

export type Theme = 'system' | 'light' | 'dark'
const system = typeof window.matchMedia === 'function' ? window.matchMedia('(prefers-color-scheme: dark)') : undefined

export const theme = reactive<{ chosen: Theme; systemDark: boolean }>({ chosen: 'system', systemDark: system?.matches ?? false })
system?.addEventListener('change', (event) => { theme.systemDark = event.matches })

export const isTheme = (name: unknown): name is Theme => name === 'system' || name === 'light' || name === 'dark'
/** What the menu offers next: system, light, dark and round again. */
export const nextTheme = (): Theme => ({ system: 'light', light: 'dark', dark: 'system' } as const)[theme.chosen]
export const isDark = () => theme.chosen === 'dark' || (theme.chosen === 'system' && theme.systemDark)

watchEffect(() => { document.documentElement.dataset.theme = isDark() ? 'dark' : 'light' })
