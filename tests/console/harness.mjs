// What the tests of the console share: a browser, a watch over what it says and asks, sign-in, and the tablets' program.
import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

export const day = JSON.parse(readFileSync(process.env.ZHICHA_CONSOLE_DAY, 'utf8'))
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser

export async function open() {
  browser ??= await chromium.launch({ executablePath: process.env.ZHICHA_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--no-proxy-server', '--disable-gpu', '--lang=zh-CN'] })
  return browser
}
export async function close() {
  await browser?.close()
  browser = undefined
}

/** A page of its own, with a list of everything that it should not have said or asked for. */
export async function newPage(size = { width: 1440, height: 900 }, at = day.url) {
  const host = new URL(at).host
  const context = await (await open()).newContext({ viewport: size, ignoreHTTPSErrors: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  page.setDefaultTimeout(Number(process.env.ZHICHA_PATIENCE_MS ?? 60_000))
  const complaints = []
  // What the browser prints about a refused request is said below with its address; 401, 403 and 409 are answers that a test provokes.
  page.on('console', (m) => { if (m.type() === 'error' && !/the server responded with a status of/.test(m.text())) complaints.push(`console: ${m.text()}`) })
  page.on('response', (r) => { if (r.status() >= 400 && ![401, 403, 409].includes(r.status())) complaints.push(`${r.status()}: ${r.request().method()} ${new URL(r.url()).pathname}`) })
  page.on('pageerror', (e) => complaints.push(`error: ${e.message}`))
  page.on('request', (r) => {
    const url = new URL(r.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) complaints.push(`asked another host: ${r.url()}`)
  })
  return { page, complaints, done: async () => { assert.deepEqual(complaints, []); await context.close() } }
}

function base32(text) {
  const bits = [...text.replace(/[\s=]/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
}
const used = new Map()
/** RFC 6238, SHA-1, 30 s. A code counts once: the next window's is taken when this one's was used. */
export async function oneTimeCode(secret) {
  for (;;) {
    const now = Math.floor(Date.now() / 30_000)
    const counter = Math.max(now, (used.get(secret) ?? 0) + 1)
    if (counter <= now + 1) {
      used.set(secret, counter)
      const message = Buffer.alloc(8)
      message.writeBigUInt64BE(BigInt(counter))
      const sum = createHmac('sha1', base32(secret)).update(message).digest()
      return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
    }
    await new Promise((wake) => setTimeout(wake, 500))
  }
}

/** Goes through whatever the server asks for: password, a new one, a second factor to enrol or to give. */
export async function signIn(page, person, at = day.url) {
  await page.goto(`${at}/sign-in`)
  await page.getByLabel('账号').fill(person.name)
  await page.getByLabel('口令', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '下一步' }).click()
  for (;;) {
    const now = await Promise.race([
      page.getByLabel('新口令').waitFor().then(() => 'password'),
      page.getByLabel('软件上显示的 6 位数字').waitFor().then(() => 'setup'),
      page.getByLabel('动态口令（6 位数字）').waitFor().then(() => 'code'),
      page.waitForURL((url) => url.pathname !== '/sign-in').then(() => 'in'),
    ])
    if (now === 'in') return
    if (now === 'password') {
      await page.getByLabel('新口令').fill('另一个长口令-督查-9182')
      await page.getByLabel('再输一次').fill('另一个长口令-督查-9182')
      person.password = '另一个长口令-督查-9182'
      await page.getByRole('button', { name: '更换口令' }).click()
      await page.getByLabel('新口令').waitFor({ state: 'detached' })
    } else if (now === 'setup') {
      person.secret = (await page.locator('.secret').innerText()).replace(/\s/g, '')
      await page.getByLabel('软件上显示的 6 位数字').fill(await oneTimeCode(person.secret))
      await page.getByRole('button', { name: '登记', exact: true }).click()
      await page.getByLabel('软件上显示的 6 位数字').waitFor({ state: 'detached' })
    } else {
      await page.getByLabel('动态口令（6 位数字）').fill(await oneTimeCode(person.secret))
      await page.waitForURL((url) => url.pathname !== '/sign-in')
    }
  }
}

/** Opens a picker by keyboard and takes one of its options. */
export async function choose(page, label, option) {
  await page.getByRole('combobox', { name: label }).press('ArrowDown')
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** zhicha-field on one of the tablets that tst_console.py made. */
export function field(tablet, ...words) {
  const out = execFileSync(day.field, ['--store', tablet.store, ...words, '--json'], { env: { ...process.env, ZHICHA_PIN_FILE: tablet.pin }, encoding: 'utf8' })
  return JSON.parse(out)
}

/** Serious findings of axe-core fail; a picture is kept for people to look at. */
export async function look(page, name) {
  await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
  if (process.env.ZHICHA_PICTURES) {
    mkdirSync(process.env.ZHICHA_PICTURES, { recursive: true })
    await page.screenshot({ path: `${process.env.ZHICHA_PICTURES}/console-${name}.png` })
  }
  // Through the debugger, so that the page's own policy stays as it is.
  const client = await page.context().newCDPSession(page)
  await client.send('Runtime.evaluate', { expression: axeSource })
  const { result } = await client.send('Runtime.evaluate', { expression: 'axe.run().then((r) => JSON.stringify(r.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id + " " + v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join(", "))))', awaitPromise: true, returnByValue: true })
  await client.detach()
  assert.deepEqual(JSON.parse(result.value), [], `axe-core on ${name}`)
}
