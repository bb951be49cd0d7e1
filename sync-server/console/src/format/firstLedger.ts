/** What the first-run page takes typed, as a ledger file of three rows (docs/FORMATS.md "The ledger file"). */
export interface FirstEntries {
  unit: string
  group: 'department' | 'county'
  viceMayor: string
  item: string
  number: string
  due: string
  person: string
  supervisor: string
  site: string
  place: string
  radius: string
}
export type FirstTrouble = 'place' | 'radius' | 'due'

/** The number that an office gives its first item of that year. */
export const firstNumber = (day: string) => `督〔${day.slice(0, 4)}〕1号`

/** Latitude and longitude, told apart by anything that people put between two numbers. Degrees, WGS-84. */
export function placeOf(text: string): [number, number] | undefined {
  const found = /^\s*(-?\d{1,2}(?:\.\d+)?)[\s,，、;；°]+(-?\d{1,3}(?:\.\d+)?)\s*°?\s*$/.exec(text)
  if (!found) return undefined
  const place: [number, number] = [Number(found[1]), Number(found[2])]
  return Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : undefined
}
const isDay = (text: string) => {
  const day = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

export function troubleOf(form: FirstEntries): FirstTrouble | undefined {
  if (!placeOf(form.place)) return 'place'
  const radius = Number(form.radius)
  if (!(radius >= 10 && radius <= 5000)) return 'radius'
  if (!isDay(form.due.trim())) return 'due'
  return undefined
}

/** `issued`: the day on which it is put in. Only for a form without trouble. */
export function ledgerOf(form: FirstEntries, issued: string) {
  const [lat, lon] = placeOf(form.place) ?? [0, 0]
  const text = (value: string) => value.trim()
  return {
    units: [{ id: 'u1', name: text(form.unit), group: form.group, vice_mayor: text(form.viceMayor) }],
    sites: [{ id: 's1', name: text(form.site), unit: 'u1', lat, lon, radius_m: Number(form.radius) }],
    items: [{
      id: 'i1', number: text(form.number), title: text(form.item), source: 1, kind: 'general', lead: 'u1', cooperating: [],
      issued_on: issued, due_on: text(form.due), responsible_person: text(form.person), supervisor: text(form.supervisor),
    }],
    events: [], reports: [], ladder: [], published_rankings: [],
  }
}
