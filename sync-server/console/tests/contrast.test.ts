// Goal: what is read can be read, in the light look and in the dark one. Method: the tokens of theme.css and dark.css, by the
// formula of WCAG 2.2: 4.5 for words, 3 for the borders of controls and for shapes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const tokens = (file: string) =>
  Object.fromEntries([...readFileSync(join(__dirname, '../src', file), 'utf8').matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})\b/g)].map((m) => [m[1]!, m[2]!]))
const light = tokens('theme.css')
const looks: Record<string, Record<string, string>> = { light, dark: { ...light, ...tokens('dark.css') } }

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
function luminance(colour: string) {
  const [r, g, b] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
function contrast(a: string, b: string) {
  const [dark, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (bright + 0.05) / (dark + 0.05)
}
const grounds = ['--canvas', '--surface', '--sunken', '--accent-faint', '--accent-soft']
const words: [string, string[]][] = [
  ['--text', grounds], ['--text-2', grounds], ['--text-3', ['--canvas', '--surface', '--sunken']], ['--accent', ['--canvas', '--surface', '--sunken', '--accent-faint', '--accent-soft']],
  ['--on-accent', ['--accent', '--accent-hover']], ['--on-accent-soft', ['--accent-soft']], ['--on-danger', ['--danger', '--danger-hover']], ['--on-fill', ['--ok-fill', '--red-fill']],
  ['--ok', ['--surface', '--ok-soft', '--canvas']], ['--on-yellow', ['--yellow-soft', '--surface', '--canvas']], ['--on-red', ['--red-soft', '--surface', '--canvas', '--sunken']], ['--red', ['--surface', '--canvas', '--accent-soft']],
  ['--major', ['--surface', '--canvas', '--accent-soft']], ['--on-blue', ['--blue-soft']], ['--on-badge', ['--badge']], ['--on-frame', ['--frame', '--frame-sel', '--photo-ground']], ['--on-frame-2', ['--frame', '--photo-ground']],
  ['--on-map-label', ['--map-label', '--map-brown', '--map-green']],
]
const shapes: [string, string[]][] = [['--line-strong', ['--surface', '--canvas']], ['--yellow', ['--surface']], ['--blue', ['--surface']], ['--frame-bar', ['--frame', '--frame-sel']]]

describe.each(Object.keys(looks))('the %s look', (name) => {
  const look = looks[name]!
  const failures = (pairs: [string, string[]][], least: number) =>
    pairs.flatMap(([on, under]) => under.map((ground) => ({ pair: `${on} on ${ground}`, ratio: contrast(look[on]!, look[ground]!) })))
      .filter((p) => !(p.ratio >= least)).map((p) => `${p.pair}: ${p.ratio.toFixed(2)}`)
  it('has words of 4.5 : 1 and more', () => expect(failures(words, 4.5)).toEqual([]))
  it('has borders and shapes of 3 : 1 and more', () => expect(failures(shapes, 3)).toEqual([]))
})
describe('the dark look', () => {
  it('names no token that the light one does not have', () => {
    expect(Object.keys(tokens('dark.css')).filter((k) => !k.startsWith('--el-') && !(k in light))).toEqual([])
  })
})
