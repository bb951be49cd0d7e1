// Goal: what the office takes from view goes for whom it is meant and for nobody else: a tablet's reading of a check ends, and two
// officers erase what one of them asked for. Method: the real pages of reviewer and chief, one after the other.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, day, go, look } from './harness.mjs'
import { everyLook } from './every_look.mjs'
import { signs } from './forms.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

const SECRET = '井盖缺失一处'
const dialog = (page) => page.getByRole('dialog').filter({ hasText: '会发生' })
async function choose(page, what) {
  await page.locator('.page-head .el-dropdown .el-button').click()
  await page.getByRole('menuitem', { name: what }).click()
}

test('a tablet’s reading of a check ends, with what is kept said before, and the last reader stays', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const readers = async () => (await reviewer.done('GET', `checks/${day.conflict_check}`)).readers
  assert.equal((await readers()).length, 2)
  const { page, done } = await enter(people.reviewer, `/checks/${day.conflict_check}?view=conflict`)
  await page.locator('.facts-line').waitFor()
  await choose(page, '收回查看…')
  assert.equal(await dialog(page).getByRole('button', { name: '收回查看' }).isDisabled(), true)
  await dialog(page).getByRole('combobox', { name: '哪台平板' }).press('ArrowDown')
  await page.getByRole('option', { name: new RegExp(day.inspectors[1]) }).click()
  await dialog(page).getByLabel('原因（必填）').fill('回避')
  await axe(page, 'end-reading')
  await look(page, 'dialog-end-reading-light-zh')
  await dialog(page).getByRole('button', { name: '收回查看' }).click()
  await page.getByText(/已收回一台平板对 .* 的查看/).waitFor()
  assert.deepEqual((await readers()).map((r) => r.holder.name), [day.inspectors[0]])
  await page.locator('.page-head .el-dropdown .el-button').click()
  await page.getByRole('menuitem', { name: '转交他人…' }).waitFor()
  assert.equal(await page.getByRole('menuitem', { name: '收回查看…' }).count(), 0)
  await done()
  const [last] = await readers()
  const refused = await reviewer.post(`checks/${day.conflict_check}/readers/${last.device}/end`, { reason: '回避' })
  assert.deepEqual([refused.status, refused.body.reason], [409, 'only_reader'])
})

test('one officer asks for an erasure, another carries it out, and the hole is labelled', async () => {
  const office = await enter(people.reviewer, `/checks/${day.to_return}`)
  await office.page.locator('.facts-line').waitFor()
  await choose(office.page, '申请抹除…')
  await dialog(office.page).getByText(/^问题 1：/).click()
  await dialog(office.page).getByText('照片 1', { exact: true }).click()
  await dialog(office.page).getByLabel(/^事由（永久保留/).fill('含举报人信息')
  await axe(office.page, 'erase')
  await look(office.page, 'dialog-erase-light-zh')
  await dialog(office.page).getByRole('button', { name: '申请抹除 2 项' }).click()
  await signs(office.page, people.reviewer, office.page.getByText(/已申请，等另一人执行/).first())
  await go(office.page, '/erasures')
  await office.page.getByText('等另一人执行').first().waitFor()
  assert.equal(await office.page.getByRole('button', { name: '执行抹除…' }).count(), 0)
  await office.done()

  const chief = await enter(people.chief, '/erasures')
  await chief.page.getByRole('button', { name: '执行抹除…' }).waitFor()
  await everyLook(chief.page, 'erasures')
  await chief.page.getByRole('button', { name: '执行抹除…' }).click()
  await look(chief.page, 'dialog-erasure-light-zh')
  await dialog(chief.page).getByRole('button', { name: /^抹除/ }).click()
  await signs(chief.page, people.chief, chief.page.getByText(/^已抹除 /).first())
  await go(chief.page, `/checks/${day.to_return}`)
  await chief.page.getByText(/^已抹除 .*事由：含举报人信息/).waitFor()
  await chief.page.getByText('1 个问题的内容已抹除。').waitFor()
  await chief.page.locator('.facts-line').getByText('已抹除 1 张').waitFor()
  assert.equal(await chief.page.getByText(SECRET).count(), 0)
  await everyLook(chief.page, 'evidence-erased')
  await chief.done()
})
