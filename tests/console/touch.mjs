// Goal: a leader signs a request with a touch of the own security key, over the digest of what is said; without it the page and the
// trail say that it is on the server's word. Method: the real pages at a telephone's width, with a virtual authenticator.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inDays, signs } from './forms.mjs'
import { axe, day, go, look, newPage } from './harness.mjs'
import { people } from './people.mjs'
import { interfaceOf, signIn, sitsThere } from './sign_in.mjs'

const TITLE = '城东污水管网'

/** A request of the clerk that the office has passed on. */
async function waits(n) {
  const reviewer = await sitsThere(people.reviewer)
  const lead = (await reviewer.done('GET', 'lookup/units?limit=10')).rows.find((u) => u.code === 'u1').id
  const item = (await reviewer.done('POST', 'items', { title: `${TITLE}${n}`, source: '5', kind: 'general', lead, issued_on: inDays(-10), due_on: inDays(40), responsible_person: '陈立军', supervisor: '林晓东' })).item
  const { request } = await (await interfaceOf(people.unit_clerk)).done('POST', 'requests', { item, what: 'extension', ground: '管线迁改', new_due_on: inDays(70) })
  await reviewer.done('POST', `requests/${request}/sign`, {})
  return { item, request }
}

test('a leader signs by touching the own key, and what rests on the server’s word says so', async () => {
  const [byKey, byWord] = [await waits('一期'), await waits('二期')]
  const named = day.url.replace('127.0.0.1', 'localhost')
  const { page, done } = await newPage({ size: { width: 390, height: 844 }, at: named })
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  const person = { ...people.vice_mayor, interface: undefined }
  await signIn(page, person, named)
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.goto(`${named}/account`)
  await page.getByRole('button', { name: '登记新的方式…' }).click()
  await page.getByRole('button', { name: '安全密钥', exact: true }).click()
  await page.getByLabel('名字，例如“密钥 A”').fill('密钥 B')
  await page.getByRole('button', { name: '登记安全密钥' }).click()
  await page.locator('li', { hasText: '密钥 B' }).waitFor()
  await page.setViewportSize({ width: 390, height: 844 })

  await go(page, `/requests/${byKey.request}`) // a reload would take the authenticator away
  await page.getByText(/签名时要触摸您的安全密钥/).waitFor()
  await page.getByRole('button', { name: '签名同意' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/确认后请触摸安全密钥/).waitFor()
  const digest = await dialog.locator('.digest').innerText()
  assert.match(digest, /^[0-9a-f]{64}$/)
  await dialog.getByRole('button', { name: '签名同意' }).click()
  await page.getByText(/已生效 · 督/).waitFor()
  await page.getByText('签于本人安全密钥').waitFor()
  await page.getByText('以服务器名义记入', { exact: true }).waitFor() // the office's own word
  const reviewer = await interfaceOf(people.reviewer)
  const { rows: [row] } = await reviewer.done('GET', `requests/${byKey.request}/assertions`)
  assert.deepEqual([row.verifies, row.name, row.covers], [true, person.name, [digest]])

  await go(page, `/requests/${byWord.request}`)
  await page.getByRole('link', { name: `${TITLE}二期`, exact: true }).waitFor()
  await page.getByRole('button', { name: '签名同意' }).click()
  await dialog.getByText(/确认后请触摸安全密钥/).waitFor()
  await axe(page, 'touch') // it takes the virtual authenticator away: after the touch
  await look(page, 'dialog-request-touch-390-light-zh')
  await dialog.getByText('没有带密钥：以服务器名义记入').click()
  await dialog.getByText(/将以服务器名义记入/).waitFor()
  await dialog.getByRole('button', { name: '签名同意' }).click()
  await signs(page, person, page.getByText(/已生效 · 督/).last())
  assert.deepEqual((await reviewer.done('GET', `requests/${byWord.request}`)).words.map((w) => w.by), ['server', 'server'])
  assert.deepEqual((await reviewer.done('GET', `requests/${byWord.request}/assertions`)).rows, [])
  await go(page, `/requests/${byKey.request}`)
  await page.getByText('签于本人安全密钥').waitFor()
  await look(page, 'request-by-key-390-light-zh')
  await done()
  const office = await reviewer.done('GET', `items/${byKey.item}/operations`)
  assert.deepEqual(office.rows.filter((op) => op.kind === 'request.sign').map((op) => op.fields.by).sort(), ['key', 'server'])
})
