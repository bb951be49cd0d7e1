// Goal: a finding goes from the evidence desk to its closure, each step by the one whose it is: issued with a deadline, answered with
// a photo from a telephone, returned, looked at again without the unit's knowing, closed, opened anew, and reviewed by who took no part.
// Method: the real pages, one after the other, by reviewer, unit clerk and chief.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, day, go, look, picture, settled } from './harness.mjs'
import { everyLook } from './every_look.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf, oneTimeCode } from './sign_in.mjs'

const PHONE = { width: 390, height: 844 }
const inDays = (n) => new Date(Date.now() + (8 + 24 * n) * 3_600_000).toISOString().slice(0, 10)
async function typeDay(page, label, on) {
  const box = page.getByRole('combobox', { name: label }).or(page.getByLabel(label, { exact: true })).first()
  await box.fill(on)
  await box.press('Enter')
}
const dialog = (page) => page.getByRole('dialog')
let orderPath
let number

test('an order is issued beside the finding, with a deadline and a reason for photos', async () => {
  const { page, done } = await enter(people.reviewer, `/checks/${day.second_check}`)
  await page.getByRole('button', { name: /更多.*问题 1/ }).or(page.locator('.dots')).first().click()
  await page.getByRole('menuitem', { name: '下发整改单…' }).click()
  const act = dialog(page).getByRole('button', { name: '下发并编号' })
  assert.equal(await act.isDisabled(), true, 'an order without demand and deadline')
  await dialog(page).getByRole('combobox', { name: '责任单位', exact: true }).fill('交通')
  await page.getByRole('option', { name: '市交通运输局' }).click()
  await dialog(page).getByLabel('整改要求').fill('三日内补齐井盖，更换前设围挡')
  await typeDay(dialog(page), '期限', inDays(9))
  await dialog(page).getByText('要求单位附照片').click()
  assert.equal(await act.isDisabled(), true, 'photos without a reason')
  await dialog(page).getByLabel('为什么要照片（单位看得到）').fill('须核对井盖位置')
  await look(page, 'order-form-light-zh')
  await act.click()
  await page.getByText(/已下发 整〔\d{4}〕1号/).waitFor()
  await page.waitForURL(/\/rectifications\/[0-9a-f-]{36}$/)
  orderPath = new URL(page.url()).pathname
  number = (await page.locator('.head-facts').innerText()).match(/整〔\d{4}〕\d+号/)[0]
  await everyLook(page, 'rectification')
  await done()
})

test('the unit receives it and answers with a photo from a telephone, seeing nothing of the office', async () => {
  const { page, done } = await enter(people.unit_clerk, '/rectifications', { size: PHONE })
  await page.getByRole('link', { name: /井盖缺失/ }).click()
  await page.getByRole('button', { name: '签收', exact: true }).click()
  await page.getByText(`已签收 ${number}`).first().waitFor()
  await page.getByRole('button', { name: '答复', exact: true }).waitFor()
  assert.equal(await page.getByRole('button', { name: '答复', exact: true }).isDisabled(), true)
  await page.getByLabel('整改情况').fill('已补齐井盖 1 处，围挡已撤')
  await page.getByLabel('添加照片').setInputFiles(day.photos[0])
  await page.locator('figure img').waitFor()
  await settled(page)
  await picture(page, 'order-answer-390-light-zh')
  await axe(page, 'an answer on a telephone')
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the telephone')
  for (const button of await page.locator('.verdict button, .foot button').all()) if (await button.isVisible()) assert.ok((await button.boundingBox()).height >= 48, 'a target is too small for a thumb')
  assert.equal(await page.getByText(people.reviewer.name).count(), 0)
  await page.getByRole('button', { name: '答复', exact: true }).click()
  await page.getByText(`已答复 ${number}`).first().waitFor()
  await done()
})

test('it is returned with a new limit, answered again, looked at again in silence, and closed', async () => {
  const office = await enter(people.reviewer, orderPath)
  await office.page.locator('.pairs img').last().waitFor()
  await look(office.page, 'rectification-answered-light-zh')
  await office.page.getByRole('button', { name: '退回单位' }).click()
  await typeDay(office.page, '新期限', inDays(12))
  await dialog(office.page).getByLabel('理由').fill('照片看不出位置')
  await dialog(office.page).getByRole('button', { name: '退回单位' }).click()
  await office.page.getByText(`已退回 ${number}`).first().waitFor()

  const unit = await enter(people.unit_clerk, orderPath)
  await unit.page.getByText('退回原因：照片看不出位置').waitFor()
  await unit.page.getByLabel('整改情况').fill('补拍了带门牌的照片')
  await unit.page.getByLabel('添加照片').setInputFiles([day.photos[1], day.photos[2]])
  await unit.page.locator('figure img').nth(1).waitFor()
  await look(unit.page, 'order-answer-light-zh')
  await unit.page.getByRole('button', { name: '答复', exact: true }).click()
  await unit.page.getByText(`已答复 ${number}`).first().waitFor()

  await go(office.page, '/rectifications')
  await go(office.page, orderPath)
  const other = day.inspectors[0]
  await office.page.getByRole('button', { name: '派人复查' }).click()
  await dialog(office.page).getByRole('combobox', { name: '复查人（未参加原检查）' }).press('ArrowDown')
  await office.page.getByRole('option', { name: day.inspectors[1], exact: true }).click()
  await typeDay(office.page, '何时前', inDays(5))
  await dialog(office.page).getByRole('button', { name: '派人复查' }).click()
  await dialog(office.page).getByText('参加过原检查的人不能复查。').waitFor()
  await dialog(office.page).getByRole('combobox', { name: '复查人（未参加原检查）' }).press('ArrowDown')
  await office.page.getByRole('option', { name: other, exact: true }).click()
  await dialog(office.page).getByRole('button', { name: '派人复查' }).click()
  await office.page.getByText(`已派人复查 ${number}`).first().waitFor()
  await go(unit.page, '/rectifications')
  await go(unit.page, orderPath)
  await unit.page.getByText('待督查室').waitFor()
  assert.equal(await unit.page.getByText(other).count() + (await unit.page.getByText('现场复查').count()), 0, 'the unit reads of the recheck')
  await office.page.getByRole('button', { name: '验收通过' }).click()
  await look(office.page, 'order-accept-light-zh')
  await dialog(office.page).getByRole('button', { name: '验收通过' }).click()
  await office.page.getByText(`已验收 ${number}`).first().waitFor()
  await unit.done()
  await office.done()
})

test('a closed one is opened again and says why; the unit asks for a review and the chief decides', async () => {
  const office = await enter(people.reviewer, orderPath)
  await office.page.getByRole('button', { name: '重新打开' }).click()
  await typeDay(office.page, '新期限', inDays(20))
  await dialog(office.page).getByLabel('理由').fill('群众反映井盖又松动')
  await dialog(office.page).getByRole('button', { name: '重新打开' }).click()
  await office.page.getByText('重新打开的原因：群众反映井盖又松动').waitFor()
  await everyLook(office.page, 'rectification-reopened')
  assert.equal(await office.page.getByRole('button', { name: '复核决定…' }).count(), 0)
  await office.done()
  const unit = await enter(people.unit_clerk, orderPath)
  await unit.page.getByRole('button', { name: '申请复核…' }).click()
  await dialog(unit.page).getByLabel('理由').fill('该井归燃气公司')
  await dialog(unit.page).getByRole('button', { name: '申请复核', exact: true }).click()
  await unit.page.getByText(`已申请复核 ${number}`).first().waitFor()
  assert.equal(await unit.page.getByRole('button', { name: '申请复核…' }).isDisabled(), true)
  await unit.done()
  const chief = await enter(people.chief, orderPath)
  await chief.page.getByRole('button', { name: '复核决定…' }).click()
  await dialog(chief.page).getByText('撤销', { exact: true }).click()
  await dialog(chief.page).getByLabel('理由').fill('核实属燃气公司')
  await look(chief.page, 'order-decide-light-zh')
  await dialog(chief.page).getByRole('button', { name: '作出决定' }).click()
  const said = chief.page.getByText(`已作出复核决定 ${number}`).first()
  const code = chief.page.getByLabel('动态口令（6 位数字）')
  await code.or(said).first().waitFor()
  if (await code.isVisible()) await code.fill(await oneTimeCode(people.chief.secret))
  await said.waitFor()
  await chief.done()
  assert.equal((await (await interfaceOf(people.reviewer)).done('GET', orderPath.slice(1))).state, 'withdrawn')
})

test('the board shows where orders stand; filters live in the address', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const units = (await reviewer.done('GET', 'lookup/units?limit=10')).rows
  for (const [check, days] of [[day.second_check, 1], [day.to_accept, 30]]) {
    const { findings } = await reviewer.done('GET', `checks/${check}`)
    for (const finding of findings) await reviewer.done('POST', 'rectifications', { finding: finding.id, unit: units[1].id, due_on: inDays(days), requirement: '限期整改' })
  }
  const { page, done } = await enter(people.reviewer, '/rectifications')
  await page.locator('.card').first().waitFor()
  await everyLook(page, 'rectifications')
  await go(page, '/rectifications?layout=table&due=week')
  await page.locator('tbody tr').first().waitFor()
  const first = await page.locator('tbody tr').count()
  await go(page, '/rectifications?layout=table')
  await page.waitForFunction((n) => document.querySelectorAll('tbody tr').length > n, first)
  await look(page, 'rectifications-table-light-zh')
  await done()
})
