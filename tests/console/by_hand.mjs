// Goal: from an empty ledger a person gets to a first check that was reviewed, returned, answered and accepted, by what the
// screens say alone. Method: a real Chromium for the office and zhicha-field for the tablet, from `init` on; the tablet first,
// as the first-run page offers, and the officers afterwards.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { everyLook } from './every_look.mjs'
import { choose, close, day, field, go, newPage, open, picture } from './harness.mjs'
import { signIn } from './sign_in.mjs'

const administrator = { name: day.administrator, password: day.password }
const security = { name: '许静' }
const reviewer = { name: '林晓东' }
const inspector = '周文博'
const tablet = day.tablets[0]
before(open)
after(close)

let office
test('the first-run page leads to an enrolled tablet in two steps', async () => {
  office = await newPage()
  const { page } = office
  await signIn(page, administrator)
  await page.waitForURL(/first-run/)
  await page.getByRole('button', { name: '先登记平板' }).click()
  const begin = page.getByRole('button', { name: '记入总台账' })
  assert.equal(await begin.isDisabled(), true)
  await page.getByLabel('责任单位').fill('市交通运输局')
  await page.getByLabel('督查事项').fill('南引道排水改造')
  await page.getByLabel('现场', { exact: true }).fill('黄河大桥南引道')
  await page.getByLabel('位置（纬度, 经度，WGS-84）').fill('上村东头')
  await begin.click()
  await page.getByText('位置应是两个数').waitFor()
  await page.getByLabel('位置（纬度, 经度，WGS-84）').fill('34.7736，111.2')
  await picture(page, 'firstrun-typed-light-zh')
  await begin.click()
  await page.getByLabel('持有人（督查员姓名）').fill(inspector)
  await page.getByRole('button', { name: '生成登记码' }).click()
  const code = (await page.locator('.code').innerText()).replace(/\s/g, '')
  await picture(page, 'firstrun-code-light-zh')
  const told = await page.evaluate(async () => (await (await fetch('/api/v1/console/session')).json()).server.fingerprint)
  const groups = told.slice(0, 24).toUpperCase().match(/.{4}/g).join(' ')
  await page.getByText(groups, { exact: true }).waitFor() // the six groups that the tablet asks to compare
  field(tablet, 'enrol', '--server', day.url, '--code', code, '--fingerprint', told)
  await page.getByText(`${inspector}的平板已登记`).waitFor()
  field(tablet, 'sync')
  assert.deepEqual(field(tablet, 'sites').sites.map((site) => site.name), ['黄河大桥南引道'])
})

test('the other steps follow in their order, and the officers’ passwords are told once', async () => {
  const { page } = office
  await page.getByText('U 盘中的文件已在另一台电脑上核对指纹').click()
  await page.getByText('打印件已由 2 人签名并入柜').click()
  await page.getByRole('button', { name: '完成这一步' }).click()
  await page.getByRole('button', { name: '核对无误' }).click()
  await page.getByLabel('安全管理员').fill(security.name)
  await page.getByLabel('审计员').fill('陈立军')
  await page.getByRole('button', { name: '指定这两人' }).click()
  security.password = (await page.locator('.once dd').first().innerText()).trim()
  await page.getByRole('button', { name: '进入系统', exact: true }).click()
  await page.waitForURL(/devices/)
  await page.getByRole('row', { name: new RegExp(inspector) }).waitFor()
})

test('a reviewer is added and confirmed', async () => {
  const { page } = office
  await page.locator('nav a[href="/people"]').click()
  await page.getByRole('button', { name: '添加人员…' }).click()
  await page.getByLabel('姓名').fill(reviewer.name)
  await choose(page, '角色', '审核员')
  await page.getByRole('button', { name: '添加人员', exact: true }).click()
  const password = page.locator('.note b.mono')
  await password.waitFor()
  reviewer.password = (await password.innerText()).trim()
  await office.done()
  const officer = await newPage()
  await signIn(officer.page, security)
  await officer.page.goto(`${day.url}/people`)
  await officer.page.getByRole('button', { name: new RegExp(`确认 ${reviewer.name}`) }).click()
  await officer.page.getByText(new RegExp(`已确认 ${reviewer.name}`)).waitFor()
  await officer.done()
})

test('pages on which there is nothing yet say so, and what will bring something', async () => {
  const { page, done } = await newPage()
  await signIn(page, reviewer)
  await page.waitForURL(/desk/)
  for (const [name, path, words] of [['desk', '/desk', '没有待办。'], ['checks', '/checks', '没有待审的检查。'], ['conflicts', '/conflicts', '没有两说不一。'], ['findings', '/findings', '没有问题。']]) {
    await go(page, path)
    await page.locator('main').getByText(words).first().waitFor()
    await everyLook(page, `empty-${name}`)
  }
  await done()
})

test('a check is recorded, delivered, returned with a question, answered and accepted', async () => {
  const [photo] = day.photos
  const { check } = field(tablet, 'check', 'start', '--site', 's1', '--item', 'i1', '--nmea', day.track)
  field(tablet, 'check', 'answer', check, '--item', 'i1', '--question', 'carried_out', '--value', 'partly', '--note', '护栏未装')
  field(tablet, 'finding', 'add', check, '--item', 'i1', '--severity', 'major', '--text', '桥头排水沟堵塞，积水约 5 厘米', '--photo', photo, '--how-taken', 'public')
  for (const clause of '123456') field(tablet, 'check', 'attest', check, '--clause', clause, '--said', 'kept')
  field(tablet, 'check', 'sign', check)
  field(tablet, 'check', 'finish', check)

  const { page, done } = await newPage()
  await signIn(page, reviewer)
  await page.waitForURL(/desk/)
  field(tablet, 'sync')
  // Nobody reloads: the work desk learns of it by itself.
  await page.getByText('黄河大桥南引道').first().waitFor()
  await picture(page, 'desk-first-light-zh')
  await page.getByRole('button', { name: /^审核 检/ }).first().click()
  await page.getByText('桥头排水沟堵塞').first().waitFor()
  await picture(page, 'evidence-first-light-zh')
  await page.getByRole('button', { name: /^退回提问/ }).click()
  await page.getByRole('textbox', { name: '问题 1' }).fill('积水处是否有警示标志？')
  await page.getByRole('dialog').getByRole('button', { name: '退回提问' }).click()
  await page.getByText(/已退回 .*#\d/).waitFor()

  field(tablet, 'sync')
  const question = await page.evaluate(async (id) => (await (await fetch(`/api/v1/console/checks/${id}`)).json()).questions.at(-1).id, check)
  field(tablet, 'check', 'reply', check, '--question', question, '--text', '已设锥桶三个，无警示牌')
  field(tablet, 'sync')
  await page.getByRole('button', { name: /有 \d+ 条新的/ }).click()
  await page.getByText('已设锥桶三个').first().waitFor()
  await picture(page, 'evidence-replied-light-zh')
  await page.getByRole('button', { name: /^采信/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^采信/ }).click()
  await page.getByText(/已采信 .*#\d/).waitFor()
  await picture(page, 'evidence-accepted-first-light-zh')
  await done()
})
