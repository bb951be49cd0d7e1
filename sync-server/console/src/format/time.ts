/** Instants as an office reads them: Asia/Shanghai, 24 h, never a device's time alone. No rule is computed here. */
import type { Instant, Span } from '../api/types'

const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai', hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
})

export interface Clock { year: string; month: string; day: string; hour: string; minute: string; second: string }

export function clock(at: Instant): Clock | undefined {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return undefined
  const found: Record<string, string> = {}
  for (const part of parts.formatToParts(date)) found[part.type] = part.value
  return found as unknown as Clock
}

export const dayOf = (at: Instant) => { const c = clock(at); return c ? `${c.year}-${c.month}-${c.day}` : '' }
export const hm = (at: Instant) => { const c = clock(at); return c ? `${c.hour}:${c.minute}` : '—' }
export const hms = (at: Instant) => { const c = clock(at); return c ? `${c.hour}:${c.minute}:${c.second}` : '—' }

/** `11-24`, and `25-01-15` in another year than now. */
export function shortDay(day: string, now = new Date().toISOString()): string {
  const [year, month, date] = day.split('-')
  return year === dayOf(now).slice(0, 4) ? `${month}-${date}` : `${year.slice(2)}-${month}-${date}`
}
export const dayTime = (at: Instant) => (clock(at) ? `${shortDay(dayOf(at))} ${hm(at)}` : '—')

/** The interval in words: `09:12–09:40`, with the days where they differ or where `withDay` asks for it. */
export function spanWords(span: Span, withDay: boolean): { interval: string; device: string; kind: 'narrow' | 'usual' | 'wide' | 'open' } {
  const device = hm(span.device)
  if (!span.from) return { interval: `${withDay ? `${shortDay(dayOf(span.to))} ` : ''}${hm(span.to)}`, device, kind: 'open' }
  const width = new Date(span.to).getTime() - new Date(span.from).getTime()
  const first = dayOf(span.from)
  const last = dayOf(span.to)
  const lead = withDay || first !== last ? `${shortDay(first)} ` : ''
  if (width < 60_000) {
    const middle = new Date(new Date(span.from).getTime() + width / 2).toISOString()
    return { interval: `${lead}${hm(middle)} ±${Math.max(1, Math.ceil(width / 2000))} s`, device, kind: 'narrow' }
  }
  const end = first === last ? hm(span.to) : `${shortDay(last)} ${hm(span.to)}`
  return { interval: `${lead}${hm(span.from)}–${end}`, device, kind: width > 6 * 3_600_000 ? 'wide' : 'usual' }
}

/** How long somebody waits, in one unit: the only relative time that is shown. */
export function age(since: Instant, now: number = Date.now()): { n: number; unit: 'minute' | 'hour' | 'day' } {
  const minutes = Math.max(0, Math.floor((now - new Date(since).getTime()) / 60_000))
  if (minutes < 60) return { n: minutes, unit: 'minute' }
  if (minutes < 48 * 60) return { n: Math.floor(minutes / 60), unit: 'hour' }
  return { n: Math.floor(minutes / 1440), unit: 'day' }
}
