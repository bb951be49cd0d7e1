// Goal: the ledger leaves as a table and comes in as one by the page alone, with the keyboard too; every faulty cell is named.
// Method: the real pages, with tables that another program wrote.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { axe, day, look } from './harness.mjs'
import { bothLooks } from './every_look.mjs'
import { people } from './people.mjs'
import { enter } from './sign_in.mjs'

const choose = async (page, file) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /选择表格…|换一个文件…/ }).click()])
  await chooser.setFiles(file)
}

test('the filtered list is saved as a table, by key', async () => {
  const { page, done } = await enter(people.reviewer, '/items')
  await page.locator('tbody tr').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('e')])
  assert.equal(download.suggestedFilename(), 'ledger.xlsx')
  assert.equal(readFileSync(await download.path()).subarray(0, 2).toString(), 'PK')
  await done()
})

test('a table is looked at cell by cell, and registers nothing while one is wrong', async () => {
  const { page, complaints, done } = await enter(people.reviewer, '/items')
  await page.locator('tbody tr').first().waitFor()
  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog', { name: '从表格登记' })
  await dialog.getByText('XLSX 文件，最多 10,000 行').waitFor()
  await choose(page, day.sheets.none)
  await dialog.getByText('这不是 XLSX 表格').waitFor()
  assert.deepEqual(complaints.splice(0), ['400: POST /api/v1/console/items/sheet/preview'])
  await choose(page, day.sheets.faulty)
  await dialog.getByText(/处不对，没有登记任何事项/).waitFor()
  const row = dialog.locator('tbody tr', { hasText: 'C2' })
  assert.match(await row.innerText(), /牵头单位[\s\S]*市交通局[\s\S]*没有这个单位[\s\S]*市交通运输局/)
  assert.match(await dialog.locator('tbody tr', { hasText: 'H3' }).innerText(), /不是日期[\s\S]*2026-10-05/)
  assert.equal(await dialog.getByRole('button', { name: '登记并编号' }).isDisabled(), true)
  await axe(page, 'sheets')
  await look(page, 'sheet-faulty-light-zh')
  await choose(page, day.sheets.clean)
  await dialog.getByText('检查无误，可登记 24 项。').waitFor()
  await bothLooks(page, 'sheet-clean', 'zh')
  await dialog.getByRole('button', { name: '登记 24 项并编号' }).click()
  await page.getByText(/已登记 24 项：督〔2026〕\d+号 至 督〔2026〕\d+号/).waitFor()
  await page.keyboard.press('i')
  await choose(page, day.sheets.clean)
  await dialog.getByText('台账里已有').first().waitFor()
  await done()
})
