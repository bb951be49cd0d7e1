// Goal: no text of the console is missing in either language. Method: the words themselves, and the sources read as text.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { setLanguage, t, term, words } from '../src/words'

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(join(folder, e.name)) : [join(folder, e.name)]))
const sources = files(join(__dirname, '../src')).filter((f) => /\.(vue|ts)$/.test(f))
const han = /[\u4e00-\u9fff]/
const slots = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()

describe('words', () => {
  it('stand in Chinese and in English, with the same values to fill in', () => {
    for (const [key, [zh, en]] of Object.entries(words)) {
      expect(zh.length, key).toBeGreaterThan(0)
      expect(en.length, key).toBeGreaterThan(0)
      expect(slots(en), key).toBe(slots(zh))
      if (key !== 'frame.other_language') expect(han.test(en), `${key}: ${en}`).toBe(false)
    }
  })
  it('are there for every key that a source asks for', () => {
    const missing = sources.flatMap((f) => [...readFileSync(f, 'utf8').matchAll(/\bt\('([a-z_]+\.[\w.]+)'/g)].map((m) => m[1]!).filter((k) => !(k in words)))
    expect(missing).toEqual([])
  })
  it('are nowhere written into a page itself', () => {
    const seal = new Set(['SealMark.vue'])
    for (const f of sources.filter((name) => name.endsWith('.vue') && !seal.has(name.split('/').pop()!))) {
      const page = readFileSync(f, 'utf8').replace(/<!--[^]*?-->|^\s*\/\*\*?[^]*?\*\/|\/\/.*$/gm, '')
      const found = page.match(/[\u4e00-\u9fff、，；：。（）]+/g) ?? []
      expect(found, f).toEqual([])
    }
  })
  it('change with the language and keep the names that a newer server sends', () => {
    setLanguage('en')
    expect(t('table.count', { n: 1, all: '1,000+' })).toBe('1 on this page, 1,000+ in all')
    setLanguage('zh')
    expect(t('state.conflict_open')).toBe('两说不一')
    expect(term('state', 'something_new')).toBe('something_new')
  })
})
