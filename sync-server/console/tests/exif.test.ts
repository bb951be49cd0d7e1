// Goal: what a file says of itself is read where it is sound and left out where it is not; no file whatever stops the page.
// Method: Exif written byte by byte in both byte orders, inside a JPEG and a PNG; every byte flipped, the file cut anywhere.
import { afterEach, describe, expect, it, vi } from 'vitest'
import PhotoExif from '../src/components/PhotoExif.vue'
import { apartMm, readExif } from '../src/format/exif'
import { server, show, span, until } from './helpers'

afterEach(() => { document.body.innerHTML = ''; vi.unstubAllGlobals() })

interface Said { tag: number; text?: string; fractions?: [number, number][]; long?: number; type?: number }

/** TIFF with a first directory, the camera's and the position's. */
function tiff(first: Said[], shot: Said[], gps: Said[], little = true): Uint8Array {
  const bytes: number[] = little ? [0x49, 0x49, 42, 0, 8, 0, 0, 0] : [0x4d, 0x4d, 0, 42, 0, 0, 0, 8]
  const number = (value: number, size: number) => Array.from({ length: size }, (_, at) => (value >>> (8 * (little ? at : size - 1 - at))) & 255)
  const sizeOf = (list: Said[]) => 2 + 12 * list.length + 4
  const starts = [8, 8 + sizeOf(first), 8 + sizeOf(first) + sizeOf(shot)]
  let rest = starts[2]! + sizeOf(gps)
  const after: number[] = []
  const write = (list: Said[]) => {
    bytes.push(...number(list.length, 2))
    for (const e of list) {
      const data = e.text !== undefined ? [...new TextEncoder().encode(e.text), 0] : (e.fractions ?? []).flatMap(([a, b]) => [...number(a, 4), ...number(b, 4)])
      const count = e.long !== undefined ? 1 : e.text !== undefined ? data.length : (e.fractions ?? []).length
      bytes.push(...number(e.tag, 2), ...number(e.type ?? (e.long !== undefined ? 4 : e.text !== undefined ? 2 : 5), 2), ...number(count, 4))
      if (e.long !== undefined) bytes.push(...number(e.long, 4))
      else if (data.length <= 4) bytes.push(...data, ...Array<number>(4 - data.length).fill(0))
      else {
        bytes.push(...number(rest, 4))
        rest += data.length
        after.push(...data)
      }
    }
    bytes.push(0, 0, 0, 0)
  }
  write([...first, { tag: 0x8769, long: starts[1]! }, { tag: 0x8825, long: starts[2]! }].slice(0, first.length))
  write(shot)
  write(gps)
  return new Uint8Array([...bytes, ...after])
}
const pointers = (first: Said[], shot: Said[]): Said[] => {
  const size = (n: number) => 2 + 12 * n + 4
  const start = 8 + size(first.length + 2)
  return [...first, { tag: 0x8769, long: start }, { tag: 0x8825, long: start + size(shot.length) }]
}
const FIRST: Said[] = [{ tag: 0x010f, text: '相机厂' }, { tag: 0x0110, text: 'Model 1' }, { tag: 0x0131, text: 'v2' }]
const SHOT: Said[] = [{ tag: 0x9003, text: '2026:11:24 09:31:07' }, { tag: 0x9011, text: '+08:00' }]
const gps = (ns: string, ew: string, east = 111): Said[] => [{ tag: 1, text: ns }, { tag: 2, fractions: [[34, 1], [46, 1], [2496, 100]] }, { tag: 3, text: ew }, { tag: 4, fractions: [[east, 1], [12, 1], [0, 1]] }]
const whole = (little = true, ns = 'N', ew = 'E') => tiff(pointers(FIRST, SHOT), SHOT, gps(ns, ew), little)
const jpeg = (segment: Uint8Array, before: number[] = [0xff, 0xe0, 0, 4, 0, 0]) => {
  const size = segment.length + 8
  return new Uint8Array([0xff, 0xd8, ...before, 0xff, 0xe1, size >> 8, size & 255, 0x45, 0x78, 0x69, 0x66, 0, 0, ...segment, 0xff, 0xda, 0, 2]).buffer
}
const png = (segment: Uint8Array) => {
  const n = segment.length
  return new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0, 0, 0, n >> 8, n & 255, 0x65, 0x58, 0x49, 0x66, ...segment, 0, 0, 0, 0]).buffer
}
const WHOLE = { maker: '相机厂', model: 'Model 1', software: 'v2', taken: '2026-11-24 09:31:07', zone: '+08:00' }

describe('readExif', () => {
  it('reads date, place and camera in both byte orders, from a JPEG and a PNG', () => {
    for (const file of [jpeg(whole()), jpeg(whole(false)), png(whole())]) {
      const said = readExif(file)
      expect(said).toMatchObject(WHOLE)
      expect(said.latitude).toBeCloseTo(34.7736, 4)
      expect(said.longitude).toBeCloseTo(111.2, 4)
    }
  })
  it('keeps the hemisphere and leaves out half a place', () => {
    expect(readExif(jpeg(whole(true, 'S', 'W')))).toMatchObject({ latitude: expect.closeTo(-34.7736, 4) as number, longitude: expect.closeTo(-111.2, 4) as number })
    for (const [ns, ew] of [['Q', 'E'], ['', 'E'], ['N', '东']]) expect(readExif(jpeg(whole(true, ns, ew)))).toEqual(WHOLE)
    expect(readExif(jpeg(tiff(pointers(FIRST, SHOT), SHOT, gps('N', 'E', 181))))).toEqual(WHOLE)
  })
  it('leaves out what is no date, no zone, no text', () => {
    for (const text of ['2026-11-24 09:31:07', '2026:13:40 09:31:07', '2026:11:24 25:31:07', '']) {
      const shot = [{ tag: 0x9003, text }, { tag: 0x9011, text: 'noon' }]
      expect(readExif(jpeg(tiff(pointers([], shot), shot, [])))).toEqual({})
    }
    const first = [{ tag: 0x0110, text: `\u202eevil\u0007${'长'.repeat(300)}` }]
    const model = readExif(jpeg(tiff(pointers(first, []), [], []))).model ?? ''
    expect(model).toMatch(/^evil长+$/)
    expect([...model].length).toBeLessThanOrEqual(64)
  })
  it('says nothing about a file without Exif, of another kind, or empty', () => {
    for (const file of [new ArrayBuffer(0), new Uint8Array([0xff, 0xd8, 0xff, 0xd9]).buffer, new TextEncoder().encode('<svg onload="x()"/> und mehr').buffer as ArrayBuffer, new Uint8Array(4096).fill(255).buffer]) expect(readExif(file)).toEqual({})
  })
  it('comes to an end on a file that points at itself', () => {
    const first = [{ tag: 0x8769, long: 8 }, { tag: 0x8825, long: 8 }]
    expect(readExif(jpeg(tiff(first, [], [])))).toEqual({})
    expect(readExif(png(new Uint8Array([0x49, 0x49, 42, 0, 8, 0, 0, 0, 0xff, 0xff])))).toEqual({})
  })
  it('survives every flipped byte and every cut', () => {
    const sound = new Uint8Array(jpeg(whole()))
    for (let at = 0; at < sound.length; ++at) {
      for (const with_ of [0xff, 0x80, 1]) {
        const spoilt = sound.slice()
        spoilt[at]! ^= with_
        const said = readExif(spoilt.buffer)
        expect(Math.abs(said.latitude ?? 0)).toBeLessThanOrEqual(90)
        expect(Math.abs(said.longitude ?? 0)).toBeLessThanOrEqual(180)
      }
      expect(() => readExif(sound.slice(0, at).buffer)).not.toThrow()
    }
  })
})

describe('PhotoExif', () => {
  const digest = 'ab'.repeat(32)
  const photo = (over: object = {}) => ({ digest, state: 'present', span: span('01:12:00', '01:40:00'), fix: { lat: 34.7746, lon: 111.2, age_ms: 0, flags: [], t: '', source: '' }, ...over }) as never
  it('asks for the file only when unfolded, for its first bytes alone, and sets it beside the record', async () => {
    const calls = server({ [`GET photos/${digest}/original`]: () => new Response(new Uint8Array(jpeg(whole()))) })
    const box = show(PhotoExif, { props: { photo: photo() } })
    expect(calls).toHaveLength(0)
    expect(box.text()).toContain('不作依据')
    await box.find('button').trigger('click')
    await until(() => expect(box.text()).toContain('2026-11-24 09:31:07 +08:00'))
    expect(calls[0]!.headers.Range).toBe('bytes=0-131071')
    expect(box.text()).toContain('09:12–09:40')
    expect(box.text()).toContain('与记录的位置相距 111 m')
  })
  it('says that a file holds none, and that one has not come yet', async () => {
    server({ [`GET photos/${digest}/original`]: () => new Response(new Uint8Array([1, 2, 3])) })
    const box = show(PhotoExif, { props: { photo: photo() } })
    await box.find('button').trigger('click')
    await until(() => expect(box.text()).toContain('文件里没有 EXIF'))
    const absent = show(PhotoExif, { props: { photo: photo({ state: 'declared' }) } })
    expect(absent.find('button').exists()).toBe(false)
    expect(absent.text()).toContain('原图还没到')
  })
})

describe('apartMm', () => {
  it('is the length of a degree along the meridian', () => {
    expect(apartMm({ lat: 34, lon: 111 }, { lat: 35, lon: 111 }) / 1000).toBeCloseTo(111_195, -2)
    expect(apartMm({ lat: 34, lon: 111 }, { lat: 34, lon: 111 })).toBe(0)
  })
})
