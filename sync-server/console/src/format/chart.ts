/** What the charts of the ranking page are drawn from: scales and bins, without a library. Scores come as texts. */
export interface Scale { min: number; max: number; ticks: number[]; at: (value: number) => number }

/** Round steps that cover the values; a single value has room on both sides. `size` in pixels, larger values first if `down`. */
export function scaleOf(values: number[], size: number, down = false, wanted = 4): Scale {
  const low = values.length ? Math.min(...values) : 0
  const high = values.length ? Math.max(...values) : 1
  const rough = (high - low || Math.abs(high) || 1) / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((n) => n * power).find((s) => s >= rough) ?? 10 * power
  const min = Math.floor(low / step) * step - (low === high ? step : 0)
  const max = Math.ceil(high / step) * step + (low === high ? step : 0)
  const ticks = Array.from({ length: Math.round((max - min) / step) + 1 }, (_, n) => Number((min + n * step).toFixed(6)))
  return { min, max, ticks, at: (value) => { const part = (value - min) / (max - min || 1); return Math.round((down ? 1 - part : part) * size * 10) / 10 } }
}

/** Points of a line: a month without a figure is a gap, and the line begins anew behind it. */
export function linesOf(values: (number | null)[], x: (index: number) => number, y: (value: number) => number): string[] {
  const lines: string[][] = [[]]
  values.forEach((value, index) => {
    if (value === null) lines.push([])
    else lines[lines.length - 1]!.push(`${x(index)},${y(value)}`)
  })
  return lines.filter((line) => line.length > 0).map((line) => line.join(' '))
}

export interface Dot { id: string; value: number; level: number }
/** Dots beside each other that would touch stand above each other. `width` of a dot in units of the values. */
export function stacked(rows: { id: string; value: number }[], width: number): Dot[] {
  const dots: Dot[] = []
  for (const row of [...rows].sort((a, b) => a.value - b.value || (a.id < b.id ? -1 : 1))) {
    const near = dots.filter((dot) => row.value - dot.value < width).map((dot) => dot.level)
    let level = 0
    while (near.includes(level)) level++
    dots.push({ ...row, level })
  }
  return dots
}

/** The middle of an ordered list; null of none. */
export function median(values: number[]): number | null {
  if (!values.length) return null
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}
