// Goal: what a chart shows is what its figures say: every value lies inside its scale, a month without a figure is a gap and no
// zero, dots that would cover each other stand apart. Method: the functions alone, with the figures that break such code.
import { describe, expect, it } from 'vitest'
import { linesOf, median, scaleOf, stacked } from '../src/format/chart'

describe('charts', () => {
  it('covers every value with round steps', () => {
    for (const values of [[86.62, 116.62], [0], [-30, -5], [100, 100], [0.01, 0.02], [-12.5, 240], []]) {
      const scale = scaleOf(values, 200, true)
      for (const value of values) {
        expect(scale.at(value)).toBeGreaterThanOrEqual(0)
        expect(scale.at(value)).toBeLessThanOrEqual(200)
      }
      expect(scale.ticks[0]).toBe(scale.min)
      expect(scale.ticks[scale.ticks.length - 1]).toBeCloseTo(scale.max)
      expect(scale.ticks.length).toBeLessThan(9)
    }
    expect(scaleOf([1, 2], 100, true).at(2)).toBeLessThan(scaleOf([1, 2], 100, true).at(1))
  })
  it('leaves a gap where there is no figure', () => {
    expect(linesOf([1, null, 2, 3], (i) => i, (v) => v)).toEqual(['0,1', '2,2 3,3'])
    expect(linesOf([null, null], (i) => i, (v) => v)).toEqual([])
  })
  it('stacks dots that would touch, each unit once', () => {
    const dots = stacked([{ id: 'c', value: 10 }, { id: 'a', value: 10 }, { id: 'b', value: 10.5 }, { id: 'd', value: 50 }], 1)
    expect(dots.map((d) => `${d.id}${d.level}`)).toEqual(['a0', 'c1', 'b2', 'd0'])
  })
  it('finds the middle', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(median([])).toBeNull()
  })
})
