// Goal: what a tablet brings appears without a reload; a page that is not live says so, keeps what it showed, and catches up.
// Method: a real tablet syncs while a page stands open; the line between browser and server is a real one that is cut.
import assert from 'node:assert/strict'
import net from 'node:net'
import { test } from 'node:test'
import { everyLook } from './every_look.mjs'
import { day, field, go, newPage } from './harness.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

/** A short check, from its start to the office. */
function bring(tablet, text) {
  const { check } = field(tablet, 'check', 'start', '--site', 's2', '--item', 'i2', '--no-fix-reason', '室内')
  field(tablet, 'finding', 'add', check, '--severity', 'critical', '--text', text)
  field(tablet, 'check', 'finish', check)
  field(tablet, 'sync')
  return check
}

/** Bytes go through as they are, TLS included, until it is cut; the same port is open again after `mend`. */
class Line {
  sockets = new Set()
  async open(port = 0) {
    this.server = net.createServer((near) => {
      const far = net.connect(Number(new URL(day.url).port), '127.0.0.1')
      for (const socket of [near, far]) {
        this.sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => { this.sockets.delete(socket); near.destroy(); far.destroy() })
      }
      near.pipe(far).pipe(near)
    })
    await new Promise((listening) => this.server.listen(port, '127.0.0.1', listening))
    this.port = this.server.address().port
    return this
  }
  async cut() {
    const closed = new Promise((done) => this.server.close(done))
    for (const socket of this.sockets) socket.destroy()
    await closed
  }
  mend() { return this.open(this.port) }
}

test('a row appears without a reload, and none moves under the hand', async () => {
  const { page, done } = await enter(people.reviewer, '/checks?view=todo')
  await page.locator('tbody tr').first().waitFor()
  await page.getByText('实时', { exact: true }).waitFor()
  await page.evaluate(() => { window.stayed = true })
  const numbers = () => page.locator('tbody tr').evaluateAll((rows) => rows.map((r) => r.cells[1].innerText))
  const before = await numbers()
  const check = bring(day.tablets[1], '现场施工围挡倒塌')
  const show = page.getByRole('button', { name: /有 \d+ 条新的 · 显示/ })
  await show.waitFor()
  assert.deepEqual(await numbers(), before)
  await show.click()
  const { number } = await (await interfaceOf(people.reviewer)).done('GET', `checks/${check}`)
  await page.locator('tbody').getByText(number.replace(/^.*〕/, '')).waitFor()
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was loaded anew')
  await done()
})

test('a page whose line is cut says that it is not live, keeps its rows, and catches up', async () => {
  const line = await new Line().open()
  const at = day.url.replace(/:\d+$/, `:${line.port}`)
  const { context } = await interfaceOf(people.reviewer)
  const { page, complaints } = await newPage({ at, session: await context.storageState() })
  await page.goto(`${at}/findings`)
  await page.locator('tbody tr').first().waitFor()
  await page.getByText('实时', { exact: true }).waitFor()
  const rows = await page.locator('tbody tr').count()

  await line.cut()
  await page.getByText('当前不是实时：正在重新连接').waitFor()
  await page.getByRole('combobox', { name: '严重程度' }).press('ArrowDown')
  await page.getByRole('option', { name: '严重及以上' }).click()
  await page.getByRole('alert').filter({ hasText: '服务器没有回应' }).first().waitFor()
  await page.getByText(/下面仍是 \d\d:\d\d 的内容/).waitFor()
  assert.equal(await page.locator('tbody tr').count(), rows)
  await everyLook(page, 'not-live')
  bring(day.tablets[1], '线路断开时记下的问题')

  await line.mend()
  await page.getByText('实时', { exact: true }).waitFor()
  await page.getByRole('button', { name: '再取一次' }).first().click()
  await page.locator('tbody').getByText('线路断开时记下的问题').waitFor()
  // Nothing but the cut itself may have been complained about.
  assert.deepEqual(complaints.filter((c) => !/net::ERR_|^console: .*Failed to load resource/.test(c)), [])
  assert.ok(complaints.length > 0, 'the watch over the page noticed the cut')
  await page.context().close()
  await line.cut()
})

test('the watch over the pages finds a request elsewhere and an error', async () => {
  const { page, context, complaints } = await enter(people.reviewer, '/feedback')
  await page.locator('form').first().waitFor()
  // The policy of the page refuses it, and that is an error in the browser's log.
  await page.evaluate(() => fetch('https://elsewhere.example/x').catch(() => {}))
  await page.evaluate(() => { const script = document.createElement('script'); script.textContent = 'window.inline = true'; document.head.append(script) })
  assert.equal(await page.evaluate(() => window.inline), undefined, 'an inline script ran')
  await page.evaluate(() => { setTimeout(() => { throw new Error('planted') }) })
  await page.waitForTimeout(50)
  assert.ok(complaints.some((c) => /Content Security Policy/.test(c)), complaints.join('\n'))
  assert.ok(complaints.includes('error: planted'), complaints.join('\n'))
  await context.close()
  // Without a policy in the way the request itself is what the watch names.
  const bare = await newPage()
  await bare.page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<img src="https://elsewhere.example/x.png">' }))
  await bare.page.goto(`${day.url}/bare`)
  assert.deepEqual(bare.complaints.filter((c) => c.startsWith('asked')), ['asked another host: https://elsewhere.example/x.png'])
  await bare.context.close()
})

test('going from page to page asks this server alone and leaves nothing in the browser', async () => {
  const asked = new Set()
  const { page, done } = await enter(people.reviewer, '/desk')
  page.on('request', (r) => asked.add(new URL(r.url()).host))
  for (const path of ['/checks', `/checks/${day.check}`, '/findings', '/conflicts', '/account', '/feedback']) {
    await go(page, path)
    await page.locator('main h1').first().waitFor()
  }
  assert.deepEqual([...asked], [new URL(day.url).host])
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length + document.cookie.length), 0)
  await done()
})
