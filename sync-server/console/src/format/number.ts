/** Figures: groups of three, a real minus sign, units that do not break. */
export const grouped = (n: number) => (n < 0 ? '−' : '') + Math.abs(n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
export const logNumber = (n: number) => `#${grouped(n)}`
export const countWords = (count: number, capped: boolean) => (capped ? `${grouped(count)}+` : grouped(count))

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  if (size < 1024 * 1024) return `${Math.round(size / 1024)} KB`
  return `${(size / 1024 / 1024).toFixed(1)} MB`
}
export const metres = (mm: number) => (Math.abs(mm) < 10_000 ? `${(mm / 1000).toFixed(1)} m` : `${grouped(Math.round(mm / 1000))} m`)
export const fourByFour = (digest: string) => digest.match(/.{1,4}/g)?.join(' ') ?? ''
/** `7F3A 91C4 0BD2 58E6 A1B2 C3D4`: the six groups that a tablet asks to compare, and the paper beside the machine shows. */
export const fingerprint = (digest: string) => fourByFour(digest.slice(0, 24).toUpperCase())
/** `检〔2026〕0382` → `0382`, for columns that say the year elsewhere. */
export const shortNumber = (number: string | undefined) => number?.replace(/^.*〕/, '') ?? '—'
