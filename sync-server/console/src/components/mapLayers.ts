/** What a track answer draws, from bottom to top: fence, track, gaps, stops, unit seats, arrival, photo pins (design 10 §11). */
import L from 'leaflet'
import type { Track } from '../api/types'
import { hm } from '../format/time'
import { t } from '../words'

type Position = [number, number]
export interface Pin { digest: string; number: number; at: L.LatLng }
const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || '#12506e'
const latLng = (p: Position) => L.latLng(p[1], p[0])
const point = (g: { coordinates: unknown }) => latLng(g.coordinates as Position)

export function label(at: L.LatLng, words: string, look: string): L.Marker {
  // The text goes in as text: what a tablet sent is never markup.
  const element = document.createElement('span')
  element.className = `map-label ${look}`
  element.textContent = words
  return L.marker(at, { icon: L.divIcon({ className: 'map-anchor', html: element, iconSize: [0, 0] }), interactive: false, keyboard: false })
}

export function pinIcon(words: string, now: boolean): L.DivIcon {
  const element = document.createElement('span')
  element.className = now ? 'map-pin now' : 'map-pin'
  element.textContent = words
  return L.divIcon({ className: 'map-anchor', html: element, iconSize: [0, 0] })
}

function drawTrack(group: L.FeatureGroup, feature: Track['features'][number]) {
  const line = (feature.geometry.coordinates as Position[]).map(latLng)
  const flags = (feature.properties.flags as string[][] | undefined) ?? []
  L.polyline(line, { color: colour('--map-casing'), weight: 6, interactive: false }).addTo(group)
  L.polyline(line, { color: colour('--accent'), weight: 3, interactive: false }).addTo(group)
  for (let at = 1; at < line.length; ++at) {
    if ((flags[at]?.length ?? 0) > 0) L.polyline([line[at - 1]!, line[at]!], { color: colour('--yellow'), weight: 4 }).bindTooltip(flags[at]!.join('、')).addTo(group)
  }
}

/** Draws everything but the pins, which move with the zoom; returns the pins. */
export function draw(group: L.FeatureGroup, track: Track, numbers: Map<string, number>): Pin[] {
  const pins: Pin[] = []
  let end: L.LatLng | undefined
  const lines = track.features.filter((f) => f.properties.kind === 'track')
  for (const f of track.features.filter((f) => f.properties.kind === 'fence')) {
    L.geoJSON(f as never, { style: { color: colour('--accent'), weight: 2, dashArray: '6 5', fillColor: colour('--ok-soft'), fillOpacity: 0.55 }, interactive: false }).addTo(group)
  }
  for (const f of lines) {
    const first = (f.geometry.coordinates as Position[])[0]
    if (end && first) L.polyline([end, latLng(first)], { color: colour('--text-3'), weight: 2, dashArray: '4 6' }).bindTooltip(t('map.gap')).addTo(group)
    drawTrack(group, f)
    end = latLng((f.geometry.coordinates as Position[]).at(-1) ?? [0, 0])
  }
  const start = (lines[0]?.geometry.coordinates as Position[] | undefined)?.[0]
  const times = lines[0]?.properties.times as string[] | undefined
  if (start) label(latLng(start), times?.[0] ? t('map.start', { at: hm(times[0]) }) : t('map.start_plain'), 'dark below').addTo(group)
  for (const f of track.features) {
    const p = f.properties
    if (p.kind === 'stop') {
      L.circleMarker(point(f.geometry), { radius: 4, color: colour('--map-casing'), weight: 2, fillColor: colour('--text-2'), fillOpacity: 1, interactive: false }).addTo(group)
      label(point(f.geometry), t('map.stop', { at: typeof p.from === 'string' ? hm(p.from) : '', n: Math.round(Number(p.seconds ?? 0) / 60) }), 'dark').addTo(group)
    } else if (p.kind === 'unit_seat') {
      label(point(f.geometry), t('map.seat', { name: String(p.name ?? ''), m: Math.round(Number(p.nearest_m ?? 0)) }), 'brown').addTo(group)
    } else if (p.kind === 'arrival') {
      L.circleMarker(point(f.geometry), { radius: 6, color: colour('--map-casing'), weight: 2, fillColor: colour('--ok'), fillOpacity: 1, interactive: false }).addTo(group)
      const accuracy = Number(p.accuracy_mm ?? 0)
      label(point(f.geometry), accuracy ? t('map.arrival', { m: Math.round(accuracy / 1000) }) : t('map.arrival_plain'), 'green left').addTo(group)
    } else if (p.kind === 'photo') {
      const digest = String(p.digest)
      pins.push({ digest, number: numbers.get(digest) ?? 0, at: point(f.geometry) })
    }
  }
  return pins
}

/** Pins within 20 px of each other become one: `4–9`, or `1、3`. */
export function gather(map: L.Map, pins: Pin[]): { at: L.LatLng; pins: Pin[]; words: string }[] {
  const groups: { at: L.LatLng; pins: Pin[] }[] = []
  for (const pin of [...pins].sort((a, b) => a.number - b.number)) {
    const here = map.latLngToContainerPoint(pin.at)
    const near = groups.find((g) => map.latLngToContainerPoint(g.at).distanceTo(here) < 24)
    if (near) near.pins.push(pin)
    else groups.push({ at: pin.at, pins: [pin] })
  }
  return groups.map((g) => ({ ...g, words: range(g.pins.map((p) => p.number)) }))
}

export function range(numbers: number[]): string {
  const first = numbers[0] ?? 0
  const last = numbers.at(-1) ?? first
  if (numbers.length === 1) return String(first)
  return last - first === numbers.length - 1 ? `${first}–${last}` : `${numbers.length}×`
}
