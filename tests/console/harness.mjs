// What the tests of the console share: a browser, a watch over what its pages say and ask for, axe-core, and the tablets.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import assert from 'node:assert/strict'
import { chromium } from 'playwright-core'

export const day = JSON.parse(readFileSync(process.env.ZHICHA_CONSOLE_DAY, 'utf8'))
export const LOOKS = ['light', 'dark']
export const LANGUAGES = ['zh', 'en']
const PATIENCE_MS = Number(process.env.ZHICHA_PATIENCE_MS ?? 60_000)
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser

export async function open() {
  browser ??= await chromium.launch({
    executablePath: process.env.ZHICHA_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--no-proxy-server', '--disable-gpu', '--lang=zh-CN', '--disable-dev-shm-usage', '--disable-renderer-backgrounding', '--disable-backgrounding-occluded-windows', '--disable-background-timer-throttling'],
  })
  return browser
}
export async function close() {
  await browser?.close()
  browser = undefined
}

/** Lists everything that a page should not have said or asked for. */
export function watch(page, host) {
  const complaints = []
  // What the browser prints about a refused request is said below with its address; 401, 403 and 409 are answers that a test provokes.
  page.on('console', (m) => { if (m.type() === 'error' && !/the server responded with a status of/.test(m.text())) complaints.push(`console: ${m.text()}`) })
  page.on('response', (r) => { if (r.status() >= 400 && ![401, 403, 409].includes(r.status())) complaints.push(`${r.status()}: ${r.request().method()} ${new URL(r.url()).pathname}`) })
  page.on('pageerror', (e) => complaints.push(`error: ${e.message}`))
  page.on('request', (r) => {
    const url = new URL(r.url())
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== host) complaints.push(`asked another host: ${r.url()}`)
  })
  return complaints
}

/** A page of its own. `done` fails for every complaint that there was. */
export async function newPage({ size = { width: 1440, height: 900 }, at = day.url, look = 'light', session } = {}) {
  const context = await (await open()).newContext({
    viewport: size, ignoreHTTPSErrors: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', colorScheme: look, reducedMotion: 'reduce', storageState: session,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints = watch(page, new URL(at).host)
  return { page, context, complaints, done: async () => { assert.deepEqual(complaints, []); await context.close() } }
}

/** By the page's own router: each reload would leave a stream of events behind, and a session has few. */
export async function go(page, path) {
  await page.evaluate((to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate', { state: null })) }, path)
}

/** What came last has been drawn: nothing is being fetched, no picture is half there. */
export async function settled(page) {
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true], .bars') && [...document.images].every((i) => i.complete || i.loading === 'lazy'), undefined, { timeout: 5000 }).catch(() => {})
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))))
}

/** A picture for people to look at; none are taken unless a folder was named. */
export async function picture(page, name) {
  if (!process.env.ZHICHA_PICTURES) return
  mkdirSync(process.env.ZHICHA_PICTURES, { recursive: true })
  await settled(page)
  await page.screenshot({ path: `${process.env.ZHICHA_PICTURES}/console-${name}.png` })
}

/** Serious findings of axe-core fail. Through the debugger, so that the page's own policy stays as it is. */
export async function axe(page, name) {
  const client = await page.context().newCDPSession(page)
  try {
    const had = await client.send('Runtime.evaluate', { expression: 'typeof axe', returnByValue: true })
    if (had.result.value === 'undefined') await client.send('Runtime.evaluate', { expression: axeSource })
    const { result } = await client.send('Runtime.evaluate', {
      expression: 'axe.run({ resultTypes: ["violations"] }).then((r) => JSON.stringify(r.violations.filter((v) => ["serious", "critical"].includes(v.impact)).map((v) => v.id + " " + v.nodes.map((n) => n.target.join(" ") + (n.any[0]?.data?.contrastRatio ? " " + n.any[0].data.contrastRatio : "")).slice(0, 4).join(", "))))',
      awaitPromise: true, returnByValue: true,
    })
    assert.deepEqual(JSON.parse(result.value), [], `axe-core on ${name}`)
  } finally {
    await client.detach()
  }
}
export async function look(page, name) {
  await settled(page)
  await picture(page, name)
  await axe(page, name)
}

/** Opens a picker by keyboard and takes one of its options. */
export async function choose(page, label, option) {
  await page.getByRole('combobox', { name: label }).press('ArrowDown')
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** zhicha-field on one of the tablets that the Python program beside this made. */
export function field(tablet, ...words) {
  const out = execFileSync(day.field, ['--store', tablet.store, ...words, '--json'], { env: { ...process.env, ZHICHA_PIN_FILE: tablet.pin }, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return JSON.parse(out)
}
