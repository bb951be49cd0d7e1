/** The words of the console: Chinese is the source, English stands beside it, so that none can be forgotten. */
import { reactive, watchEffect } from 'vue'
import { components } from './components'
import { erasures } from './erasures'
import { evidence } from './evidence'
import { firstrun } from './firstrun'
import { frame } from './frame'
import { ledger } from './ledger'
import { lists } from './lists'
import { orders } from './orders'
import { papers } from './papers'
import { people } from './people'
import { ranking } from './ranking'
import { requests } from './requests'
import { signin } from './signin'
import { terms } from './terms'
import { tokens } from './tokens'

export const words = { ...terms, ...frame, ...signin, ...firstrun, ...components, ...lists, ...ledger, ...requests, ...orders, ...ranking, ...evidence, ...erasures, ...people, ...papers, ...tokens } as const
export type Key = keyof typeof words
export type Language = 'zh' | 'en'

export const language = reactive<{ now: Language }>({ now: 'zh' })

/** `{name}` in the text is replaced by the value of that name, `{name:photo|photos}` by the word that goes with the number. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  const text: string = words[key][language.now === 'zh' ? 0 : 1]
  return text.replace(/\{(\w+)(?::([^|{}]*)\|([^{}]*))?\}/g, (whole, name: string, one?: string, many?: string) => {
    if (!(name in values)) return whole
    return many === undefined ? String(values[name]) : (String(values[name]) === '1' ? one : many) ?? ''
  })
}
export const has = (key: string): key is Key => key in words
/** A term that the server names, or the name itself where it is newer than this page. */
export const term = (group: string, name: string) => (has(`${group}.${name}`) ? t(`${group}.${name}` as Key) : name)
/** Several things in one line, told apart as the language does it. */
export const listed = (parts: (string | number | undefined | false)[], by: 'list' | 'comma' | 'semicolon' = 'list') => parts.filter((p) => p !== undefined && p !== false && p !== '').join(t(`mark.${by}`))
/** Of two texts that the server sent. */
export const both = (zh: string | undefined, en: string | undefined) => (language.now === 'en' && en ? en : zh) ?? ''

export function setLanguage(now: Language) {
  language.now = now
}
watchEffect(() => {
  document.documentElement.lang = language.now === 'zh' ? 'zh-CN' : 'en'
})
