/**
 * What a photo's file says about itself, out of the first bytes of a JPEG or PNG. Read here and not at the server: bytes
 * that anybody can write are taken apart in the browser alone, and whatever is odd in them is left out.
 * Source: Exif 2.32 (CIPA DC-008), TIFF 6.0.
 */
export interface Exif {
  maker?: string
  model?: string
  software?: string
  /** As the camera's clock stood: `2026-11-24 09:31:07`, without a zone of its own. */
  taken?: string
  /** `+08:00`, where the camera wrote it. */
  zone?: string
  latitude?: number
  longitude?: number
}

/** An Exif segment is at most 64 KiB and comes near the start of the file. */
export const EXIF_WITHIN = 128 * 1024
const MOST_ENTRIES = 400
const MOST_LETTERS = 64
const TAG = { maker: 0x010f, model: 0x0110, software: 0x0131, exif: 0x8769, gps: 0x8825, taken: 0x9003, zone: 0x9011 } as const
const GPS = { northOrSouth: 1, latitude: 2, eastOrWest: 3, longitude: 4 } as const
const ASCII = 2
const LONG = 4
const RATIONAL = 5

/** TIFF inside the file: where it begins, and how its numbers are written. */
class Tiff {
  constructor(readonly data: DataView, readonly little: boolean) {}
  has(at: number, size: number) { return at >= 0 && size >= 0 && at + size <= this.data.byteLength }
  u16(at: number) { return this.has(at, 2) ? this.data.getUint16(at, this.little) : 0 }
  u32(at: number) { return this.has(at, 4) ? this.data.getUint32(at, this.little) : 0 }
}
interface Entry { type: number; count: number; at: number }

function tiffOf(bytes: DataView): Tiff | undefined {
  if (bytes.byteLength < 8) return undefined
  const order = bytes.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return undefined
  const tiff = new Tiff(bytes, order === 0x4949)
  return tiff.u16(2) === 42 ? tiff : undefined
}

function part(bytes: DataView, from: number, size: number): DataView | undefined {
  return from + size <= bytes.byteLength ? new DataView(bytes.buffer, bytes.byteOffset + from, size) : undefined
}

/** APP1 with `Exif\0\0`: segments stand one after another until the picture's own data begins. */
function inJpeg(bytes: DataView): DataView | undefined {
  let at = 2
  while (at + 4 <= bytes.byteLength && bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1)
    const size = bytes.getUint16(at + 2)
    if (marker === 0xda || marker === 0xd9 || size < 2) return undefined
    if (marker === 0xe1 && size >= 16 && at + 10 <= bytes.byteLength && bytes.getUint32(at + 4) === 0x45786966 && bytes.getUint16(at + 8) === 0) {
      return part(bytes, at + 10, size - 8)
    }
    at += 2 + size
  }
  return undefined
}

/** The chunk `eXIf`. */
function inPng(bytes: DataView): DataView | undefined {
  let at = 8
  while (at + 8 <= bytes.byteLength) {
    const size = bytes.getUint32(at)
    if (bytes.getUint32(at + 4) === 0x65584966) return part(bytes, at + 8, size)
    at += 12 + size
  }
  return undefined
}

function segment(bytes: DataView): DataView | undefined {
  if (bytes.byteLength < 12) return undefined
  if (bytes.getUint16(0) === 0xffd8) return inJpeg(bytes)
  return bytes.getUint32(0) === 0x89504e47 && bytes.getUint32(4) === 0x0d0a1a0a ? inPng(bytes) : undefined
}

function directory(tiff: Tiff, at: number): Map<number, Entry> {
  const found = new Map<number, Entry>()
  const count = Math.min(tiff.u16(at), MOST_ENTRIES)
  for (let n = 0; n < count; ++n) {
    const here = at + 2 + 12 * n
    if (!tiff.has(here, 12)) break
    const type = tiff.u16(here + 2)
    const many = tiff.u32(here + 4)
    const size = many * (type === RATIONAL ? 8 : type === LONG ? 4 : 1)
    found.set(tiff.u16(here), { type, count: many, at: size <= 4 ? here + 8 : tiff.u32(here + 8) })
  }
  return found
}

/** Letters as far as they are letters: no control characters, nothing endless. */
function text(tiff: Tiff, entry: Entry | undefined): string | undefined {
  if (!entry || entry.type !== ASCII || !tiff.has(entry.at, Math.min(entry.count, 4 * MOST_LETTERS))) return undefined
  const bytes = new Uint8Array(tiff.data.buffer, tiff.data.byteOffset + entry.at, Math.min(entry.count, 4 * MOST_LETTERS))
  const end = bytes.indexOf(0)
  const letters = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
  const clean = [...letters.replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, '')].slice(0, MOST_LETTERS).join('').trim()
  return clean || undefined
}

function pointer(tiff: Tiff, entry: Entry | undefined): Map<number, Entry> {
  return entry?.type === LONG && entry.count === 1 ? directory(tiff, tiff.u32(entry.at)) : new Map<number, Entry>()
}

/** Degrees, minutes and seconds as three fractions. */
function angle(tiff: Tiff, entry: Entry | undefined, most: number, minus: boolean | undefined): number | undefined {
  if (entry?.type !== RATIONAL || entry.count !== 3 || minus === undefined || !tiff.has(entry.at, 24)) return undefined
  const [degrees, minutes, seconds] = [0, 8, 16].map((by) => tiff.u32(entry.at + by) / tiff.u32(entry.at + by + 4)) as [number, number, number]
  const value = degrees + minutes / 60 + seconds / 3600
  return minutes < 60 && seconds < 60 && value <= most ? (minus ? -value : value) : undefined
}

function hemisphere(tiff: Tiff, entry: Entry | undefined, plus: string, minus: string): boolean | undefined {
  const letter = text(tiff, entry)
  return letter === plus ? false : letter === minus ? true : undefined
}

/** `2026:11:24 09:31:07` as it is written in lists here; anything else is no date. */
function dateOf(written: string | undefined): string | undefined {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(written ?? '')
  if (!found) return undefined
  const day = `${found[1]}-${found[2]}-${found[3]}`
  return Number.isNaN(new Date(`${day}T${found[4]}Z`).getTime()) ? undefined : `${day} ${found[4]}`
}

/** Nothing found is an empty answer. Never throws. */
export function readExif(file: ArrayBuffer): Exif {
  const inside = segment(new DataView(file))
  const tiff = inside && tiffOf(inside)
  if (!tiff) return {}
  const first = directory(tiff, tiff.u32(4))
  const shot = pointer(tiff, first.get(TAG.exif))
  const gps = pointer(tiff, first.get(TAG.gps))
  const zone = text(tiff, shot.get(TAG.zone))
  const found: Record<keyof Exif, string | number | undefined> = {
    maker: text(tiff, first.get(TAG.maker)), model: text(tiff, first.get(TAG.model)), software: text(tiff, first.get(TAG.software)),
    taken: dateOf(text(tiff, shot.get(TAG.taken))), zone: /^[+-]\d\d:\d\d$/.test(zone ?? '') ? zone : undefined,
    latitude: angle(tiff, gps.get(GPS.latitude), 90, hemisphere(tiff, gps.get(GPS.northOrSouth), 'N', 'S')),
    longitude: angle(tiff, gps.get(GPS.longitude), 180, hemisphere(tiff, gps.get(GPS.eastOrWest), 'E', 'W')),
  }
  if (found.latitude === undefined || found.longitude === undefined) found.latitude = found.longitude = undefined
  return Object.fromEntries(Object.entries(found).filter(([, v]) => v !== undefined)) as Exif
}

const RADIUS_MM = 6_371_008_800
/** How far two places lie apart, in millimetres, on a sphere: good enough to say that a file speaks of elsewhere. */
export function apartMm(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const rad = Math.PI / 180
  const h = Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2
  return 2 * RADIUS_MM * Math.asin(Math.min(1, Math.sqrt(h)))
}
