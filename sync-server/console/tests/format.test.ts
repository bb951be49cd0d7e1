// Goal: times are intervals in Asia/Shanghai and figures are written as the office writes them. Method: fixed instants.
import { describe, expect, it } from 'vitest'
import { bytes, countWords, fingerprint, grouped, logNumber, metres, shortNumber } from '../src/format/number'
import { age, dayTime, shortDay, spanWords } from '../src/format/time'
import { range } from '../src/components/mapLayers'
import { span } from './helpers'

describe('time', () => {
  it('shows an interval with the device time apart', () => {
    expect(spanWords(span('01:12:00', '01:40:00', '01:31:00'), false)).toEqual({ interval: '09:12–09:40', device: '09:31', kind: 'usual' })
  })
  it('shows under a minute as one time with its half width', () => {
    expect(spanWords(span('01:31:00', '01:31:20'), false)).toMatchObject({ interval: '09:31 ±10 s', kind: 'narrow' })
  })
  it('marks what is wider than six hours, and says the days when they differ', () => {
    expect(spanWords(span('01:00:00', '16:30:00'), false)).toMatchObject({ interval: '11-23 09:00–11-24 00:30', kind: 'wide' })
  })
  it('says when nothing bounds it from below', () => {
    expect(spanWords(span(undefined, '01:31:00'), true)).toMatchObject({ interval: '11-23 09:31', kind: 'open' })
  })
  it('writes other years with the year, and survives nonsense', () => {
    expect(shortDay('2027-01-15', '2026-11-24T00:00:00Z')).toBe('27-01-15')
    expect(shortDay('2026-11-24', '2026-11-24T00:00:00Z')).toBe('11-24')
    expect(dayTime('not a time')).toBe('—')
  })
  it('counts waiting in one unit', () => {
    const now = Date.parse('2026-11-24T00:00:00Z')
    expect(age('2026-11-23T23:10:00Z', now)).toEqual({ n: 50, unit: 'minute' })
    expect(age('2026-11-23T03:00:00Z', now)).toEqual({ n: 21, unit: 'hour' })
    expect(age('2026-11-22T00:00:00Z', now)).toEqual({ n: 2, unit: 'day' })
    expect(age('2026-11-25T00:00:00Z', now)).toEqual({ n: 0, unit: 'minute' })
  })
})

describe('figures', () => {
  it('are grouped, with a real minus', () => {
    expect(grouped(184166)).toBe('184,166')
    expect(grouped(-1200)).toBe('−1,200')
    expect(logNumber(184166)).toBe('#184,166')
    expect(countWords(1000, true)).toBe('1,000+')
  })
  it('carry their units', () => {
    expect(bytes(3_250_586)).toBe('3.1 MB')
    expect(bytes(12)).toBe('12 B')
    expect(metres(4000)).toBe('4.0 m')
    expect(metres(372_000)).toBe('372 m')
  })
  it('show a fingerprint as it stands on the wall, and a short number', () => {
    expect(fingerprint('7f3a91c40bd258e6a1b2c3d4ffff')).toBe('7F3A 91C4 0BD2 58E6 A1B2 C3D4')
    expect(shortNumber('检〔2026〕0382')).toBe('0382')
    expect(shortNumber(undefined)).toBe('—')
  })
  it('gather pins into a range', () => {
    expect(range([2])).toBe('2')
    expect(range([4, 5, 6])).toBe('4–6')
    expect(range([1, 3])).toBe('2×')
  })
})
