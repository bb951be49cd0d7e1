// Goal: what an administrator types on the first-run page becomes a ledger file as the server takes it, or is said to be wrong
// before anything is sent. Method: the way from text to file, with positions as people write them.
import { describe, expect, it } from 'vitest'
import { ledgerOf, placeOf, troubleOf, type FirstEntries } from '../src/format/firstLedger'

const form: FirstEntries = { unit: ' 市交通运输局 ', group: 'department', viceMayor: '', item: '南引道排水改造', number: '督〔2026〕1号', due: '2026-12-20', person: '', supervisor: '李四', site: '黄河大桥南引道', place: '34.7736, 111.2000', radius: '150' }

describe('the first ledger', () => {
  it('takes a position with any sign between the two numbers', () => {
    for (const text of ['34.7736, 111.2', '34.7736，111.2', ' 34.7736 111.2 ', '34.7736°、111.2°']) expect(placeOf(text)).toEqual([34.7736, 111.2])
  })
  it('refuses what is no position', () => {
    for (const text of ['', '34.7736', '111.2, 34.7', '91, 10', '34,7736 111,2000', '北纬 34']) expect(placeOf(text)).toBeUndefined()
  })
  it('names the first thing that is wrong', () => {
    expect(troubleOf(form)).toBeUndefined()
    expect(troubleOf({ ...form, place: '上村' })).toBe('place')
    expect(troubleOf({ ...form, radius: '5' })).toBe('radius')
    expect(troubleOf({ ...form, due: '2026-02-30' })).toBe('due')
  })
  it('makes a file of three rows that name each other', () => {
    const file = ledgerOf(form, '2026-11-24')
    expect(file.units).toEqual([{ id: 'u1', name: '市交通运输局', group: 'department', vice_mayor: '' }])
    expect(file.sites[0]).toMatchObject({ unit: 'u1', lat: 34.7736, lon: 111.2, radius_m: 150 })
    expect(file.items[0]).toMatchObject({ lead: 'u1', issued_on: '2026-11-24', due_on: '2026-12-20' })
  })
})
