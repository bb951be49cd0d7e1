// Goal: an item goes from its registration over reports and an extension to its award, each step by the one whose it is, and the
// vice mayor signs on a telephone. Method: the real pages, one after the other, by reviewer, unit clerk and vice mayor.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, go, look, picture, settled } from './harness.mjs'
import { everyLook } from './every_look.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf, oneTimeCode } from './sign_in.mjs'

const TITLE = '城区口袋公园建设'
const PHONE = { width: 390, height: 844 }
const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const inDays = (n) => new Date(Date.now() + (8 + 24 * n) * 3_600_000).toISOString().slice(0, 10)
/** Days are typed, as people who know them do. */
async function typeDay(page, label, day) {
  const box = page.getByRole('combobox', { name: label }).or(page.getByLabel(label, { exact: true })).first()
  await box.fill(day)
  await box.press('Enter')
}
/** The same label stands on a filter behind the form. */
async function pick(form, label, option) {
  await form.getByRole('combobox', { name: label, exact: true }).press('ArrowDown')
  await form.page().getByRole('option', { name: option, exact: typeof option === 'string' }).click()
}
/** Five minutes after the sign-in, which a slow machine reaches, a signature asks for the second factor again. */
async function signs(page, person, done) {
  const code = page.getByLabel('动态口令（6 位数字）')
  await code.or(done).first().waitFor()
  if (!(await code.isVisible())) return
  await code.fill(await oneTimeCode(person.secret))
  await done.waitFor()
}
let itemPath
const due = inDays(60)

test('an item is registered with the next number; what is wrong stands beside its field', async () => {
  const { page, complaints, done } = await enter(people.reviewer, '/items')
  await page.locator('tbody tr').first().waitFor()
  await page.keyboard.press('n')
  const form = page.getByRole('dialog', { name: '立项登记' })
  await form.waitFor()
  await form.getByLabel('事项名称').fill(TITLE)
  await form.getByLabel('办理要求').fill('新建 12 处、提升 5 处，年内全部开放')
  await form.getByRole('button', { name: '登记并编号' }).click()
  await form.getByText('必填', { exact: true }).first().waitFor()
  await form.locator('.wrong').first().waitFor()
  assert.deepEqual(complaints.splice(0), ['400: POST /api/v1/console/items'])
  await look(page, 'item-form-wrong-light-zh')
  await form.getByLabel('责任人').fill('陈立军')
  await form.getByLabel('督办人').fill('林晓东')
  await pick(form, '来源', '3 政府会议决定')
  await pick(form, '牵头单位', '市交通运输局')
  await typeDay(page, '办理时限', due)
  await form.getByRole('button', { name: '登记并编号' }).click()
  await page.getByText(/已登记 督〔\d{4}〕\d+号/).waitFor()
  await page.waitForURL(/\/items\/[0-9a-f-]{36}$/)
  itemPath = new URL(page.url()).pathname
  await page.getByRole('heading', { name: TITLE }).waitFor()
  await page.getByText('立项登记').first().waitFor()
  await everyLook(page, 'item')
  await done()
})

test('a report is asked for, handed in by the unit, returned, handed in again and accepted', async () => {
  const office = await enter(people.reviewer, itemPath)
  await office.page.getByRole('button', { name: '要求报送…' }).click()
  await typeDay(office.page, '报送期限', inDays(3))
  await office.page.getByRole('dialog').getByRole('button', { name: '要求报送' }).click()
  await office.page.getByText(/已要求 市交通运输局 在/).waitFor()

  const unit = await enter(people.unit_clerk, '/items')
  assert.equal(await unit.page.locator('h1').innerText(), '承办台账')
  await unit.page.getByRole('link', { name: TITLE }).click()
  const hand = async (text) => {
    await unit.page.getByRole('button', { name: '报送…' }).click()
    await unit.page.getByRole('textbox', { name: /^进展/ }).fill(text)
    const form = unit.page.getByRole('dialog')
    await form.getByRole('button', { name: '报送', exact: true }).click()
    const refused = form.locator('.problem')
    await unit.page.getByText(/已报送 · #/).or(refused).first().waitFor()
    assert.equal(await refused.count(), 0, `refused: ${await refused.allInnerTexts()}`)
  }
  await hand('建成 11 处')
  await unit.page.getByText('待审核').waitFor()
  await look(unit.page, 'item-unit-light-zh')
  assert.equal(await unit.page.getByRole('button', { name: '办结登记…' }).count(), 0)

  await go(office.page, '/items')
  await go(office.page, itemPath)
  await office.page.getByRole('button', { name: '退回…' }).click()
  await typeDay(office.page, '补报期限', inDays(2))
  await office.page.getByLabel('原因（必填）').fill('缺照明数据')
  await office.page.getByRole('button', { name: '退回报告' }).click()
  await office.page.getByText(/已退回报告/).waitFor()
  await go(unit.page, '/items')
  await go(unit.page, itemPath)
  await unit.page.getByText('退回原因：缺照明数据').waitFor()
  await hand('建成 11 处，照明 9 处')
  await go(office.page, '/items')
  await go(office.page, itemPath)
  await office.page.getByRole('button', { name: '通过', exact: true }).click()
  await office.page.getByText(/已通过报告/).waitFor()
  await office.page.getByText('通过', { exact: true }).first().waitFor()
  await office.done()
  await unit.done()
})

test('an extension beyond two months is refused with its clause; a shorter one is signed on a telephone', async () => {
  const unit = await enter(people.unit_clerk, itemPath)
  await unit.page.getByRole('button', { name: '申请延期、销号、变更…' }).click()
  await unit.page.getByLabel('客观原因').fill('2 处用地移交推迟')
  await typeDay(unit.page, '申请延至', inDays(60 + 80))
  await unit.page.getByRole('dialog').getByRole('button', { name: '提出申请' }).click()
  await unit.page.getByText(/附件2 三 5：/).first().waitFor()
  await look(unit.page, 'request-refused-light-zh')
  await typeDay(unit.page, '申请延至', inDays(60 + 30))
  await unit.page.getByRole('dialog').getByRole('button', { name: '提出申请' }).click()
  await unit.page.getByText(/已提出申请/).waitFor()
  await unit.done()

  const office = await enter(people.reviewer, '/requests')
  await office.page.getByRole('link', { name: new RegExp(TITLE) }).click()
  await office.page.getByText('未超过 2 个月').waitFor()
  await everyLook(office.page, 'request')
  await office.page.getByRole('button', { name: '核对无误，报领导签' }).click()
  await office.page.getByRole('dialog').getByRole('button', { name: '核对无误，报领导签' }).click()
  await signs(office.page, people.reviewer, office.page.getByText(/已签 · 督/))
  await office.done()

  const leader = await enter(people.vice_mayor, '/requests', { size: PHONE })
  await leader.page.getByRole('link', { name: new RegExp(TITLE) }).click()
  await settled(leader.page)
  await picture(leader.page, 'request-390-light-zh')
  await axe(leader.page, 'a request on a telephone')
  const sign = leader.page.getByRole('button', { name: '签名同意' })
  for (const button of await leader.page.locator('.verdict button').all()) assert.ok((await button.boundingBox()).height >= 48, 'a target is too small for a thumb')
  assert.ok(await leader.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the telephone')
  await sign.click()
  await leader.page.getByRole('dialog').getByRole('button', { name: '签名同意' }).click()
  await signs(leader.page, people.vice_mayor, leader.page.getByText(/已生效 · 督/))
  await leader.done()
  const item = await (await interfaceOf(people.reviewer)).done('GET', itemPath.slice(1))
  assert.equal(item.effective_due_on, inDays(60 + 30))
  assert.equal(item.extensions[0].approved_by, people.vice_mayor.name)
})

test('an item is completed with an award, and the list says so', async () => {
  const { page, done } = await enter(people.reviewer, itemPath)
  await page.getByRole('button', { name: '办结登记…' }).click()
  await page.getByLabel(/评定得分/).fill('18.5')
  await look(page, 'item-complete-light-zh')
  await page.getByRole('dialog').getByRole('button', { name: '登记办结' }).click()
  await page.getByText(/已登记办结/).waitFor()
  await page.getByText('办结 18.50').first().waitFor()
  await go(page, '/items?lamp=done')
  await page.getByRole('row', { name: new RegExp(TITLE) }).waitFor()
  assert.equal((await (await interfaceOf(people.reviewer)).done('GET', itemPath.slice(1))).completed_on, today())
  await done()
})

test('what is due is recorded with its document, and the step costs nothing by itself', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const lead = (await reviewer.done('GET', 'lookup/units?q=湖滨区')).rows[0].id
  const { number } = await reviewer.done('POST', 'items', { title: '背街小巷整治', source: '5', kind: 'general', lead, issued_on: inDays(-60), due_on: inDays(-10), responsible_person: '陈立军', supervisor: '林晓东' })
  const { page, done } = await enter(people.reviewer, '/escalation')
  await page.getByRole('button', { name: new RegExp(number) }).click()
  await page.getByText(/为什么是“全市通报”/).waitFor()
  await page.getByText('首次予以全市通报', { exact: false }).first().waitFor()
  await everyLook(page, 'escalation-circular')
  await page.getByRole('button', { name: /记录“全市通报”/ }).click()
  const act = page.getByRole('dialog').getByRole('button', { name: '记录这一步' })
  assert.equal(await act.isDisabled(), true, 'a step without its document')
  await page.getByLabel('文件（文号）').fill('三政督〔2026〕61号')
  await act.click()
  await page.getByText(/已记录“全市通报”/).waitFor()
  await page.getByRole('button', { name: new RegExp(number) }).waitFor({ state: 'detached' })
  const item = (await reviewer.done('POST', 'items/search', { text: number })).rows[0]
  assert.equal(item.lamp.step.action, 'circular')
  await go(page, `/items/${item.id}`)
  await page.getByRole('button', { name: '登记加减分…' }).click()
  await pick(page.getByRole('dialog'), '规则', /市政府督查室通报批评/)
  await page.getByLabel('文件（文号）').fill('三政督〔2026〕61号')
  await page.getByRole('dialog').getByRole('button', { name: '登记', exact: true }).click()
  await page.getByText(/已登记，计 -5.00 分/).waitFor()
  await done()
})

test('a month is explained, published once by the chief, and frozen', async () => {
  const { page, done } = await enter(people.chief, '/ranking')
  await page.locator('.month').first().waitFor()
  await page.locator('.month').nth(1).click()
  await page.locator('aside .body').waitFor()
  await everyLook(page, 'ranking-trial')
  const month = (await page.locator('.month.now').innerText()).match(/\d{4}-\d\d/)[0]
  await page.getByRole('button', { name: '公布…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: `公布 ${month} 排名` }).click()
  await signs(page, people.chief, page.getByText(new RegExp(`已公布 ${month} 排名`)))
  await page.getByText(/公布并冻结/).waitFor()
  assert.equal(await page.getByRole('button', { name: '公布…' }).count(), 0)
  await look(page, 'ranking-frozen-light-zh')
  await done()
  const unit = await enter(people.unit_clerk, '/ranking')
  await unit.page.getByRole('row', { name: /市交通运输局/ }).waitFor()
  assert.equal(await unit.page.getByRole('row', { name: /湖滨区/ }).count(), 0, 'a unit sees another one’s figures')
  await unit.page.setViewportSize(PHONE)
  await unit.done()
})
