// Goal: a paper goes its whole way in the pages: drafted where a step is due, issued by the chief, the step recorded on it, signed
// for by the unit, and revoked by a later one alone. Method: the real pages, server and typesetter.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { everyLook } from './every_look.mjs'
import { inDays, pick, signs } from './forms.mjs'
import { axe, go, look } from './harness.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

const TITLE = '老旧小区加装电梯'
let number, paper

test('what is due is drafted beside its reason, issued by the chief alone, and the step rests on it', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const lead = (await reviewer.done('GET', 'lookup/units?q=湖滨区')).rows[0].id
  ;({ number } = await reviewer.done('POST', 'items', { title: TITLE, source: '5', kind: 'general', lead, issued_on: inDays(-60), due_on: inDays(-12), responsible_person: '陈立军', supervisor: '林晓东' }))
  const office = await enter(people.reviewer, '/escalation')
  await office.page.getByRole('button', { name: new RegExp(number) }).click()
  await office.page.getByRole('region', { name: '预览' }).getByRole('img').first().waitFor()
  await office.page.getByText('由主任签发').waitFor()
  assert.equal(await office.page.getByRole('button', { name: '签发…' }).count(), 0)
  await everyLook(office.page, 'escalation-paper')
  await office.done()

  const chief = await enter(people.chief, '/escalation')
  await chief.page.getByRole('button', { name: new RegExp(number) }).click()
  const pages = chief.page.getByRole('region', { name: '预览' }).getByRole('img')
  await pages.first().waitFor()
  await chief.page.getByLabel('补充段落').fill('请于五个工作日内报送整改情况。')
  await pages.first().waitFor({ state: 'detached' })
  await pages.first().waitFor()
  await chief.page.getByRole('button', { name: '签发…' }).click()
  await axe(chief.page, 'paper-issue')
  await look(chief.page, 'dialog-paper-issue-light-zh')
  await chief.page.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click()
  await signs(chief.page, people.chief, chief.page.getByText(/已签发 /).first())
  const step = chief.page.getByRole('dialog', { name: /记录“全市通报”/ })
  await step.waitFor()
  paper = await step.getByLabel('文件（文号）').inputValue()
  assert.match(paper, /^三政督〔\d{4}〕\d+号$/)
  await look(chief.page, 'dialog-step-paper-light-zh')
  await step.getByRole('button', { name: '记录这一步' }).click()
  await chief.page.getByText(/已记录“全市通报”/).waitFor()
  await chief.page.getByRole('button', { name: new RegExp(number) }).waitFor({ state: 'detached' })
  await chief.done()
})

test('the unit signs for its paper once, and the office sees it', async () => {
  const clerk = await enter(people.unit_clerk, '/papers')
  await clerk.page.getByRole('link', { name: paper }).click()
  await clerk.page.getByRole('img').first().waitFor()
  await everyLook(clerk.page, 'clerk-paper')
  await clerk.page.getByRole('button', { name: '签收' }).click()
  await clerk.page.getByText(/已签收 /).first().waitFor()
  await clerk.page.getByRole('button', { name: '签收' }).waitFor({ state: 'detached' })
  const [pdf] = await Promise.all([clerk.page.waitForEvent('download'), clerk.page.getByRole('link', { name: '下载 PDF' }).click()])
  assert.equal(readFileSync(await pdf.path()).subarray(0, 5).toString(), '%PDF-')
  await clerk.done()
  const reviewer = await interfaceOf(people.reviewer)
  assert.equal((await reviewer.done('GET', 'papers?kind=circular')).rows.find((p) => p.number === paper).received, 1)
})

test('a paper is drafted by its kind, and only a later one revokes it', async () => {
  const { page, done } = await enter(people.chief, '/papers')
  await page.locator('tbody tr').first().waitFor()
  await page.getByRole('button', { name: '起草…' }).click()
  const dialog = page.getByRole('dialog', { name: '起草' })
  await pick(dialog, '种类', '督查报告')
  await pick(dialog, '督查事项', new RegExp(TITLE))
  await dialog.getByRole('button', { name: '预览' }).click()
  await dialog.getByRole('img').first().waitFor()
  await axe(page, 'paper-draft')
  await look(page, 'dialog-paper-draft-light-zh')
  await dialog.getByRole('button', { name: '签发…' }).click()
  await page.getByRole('dialog').last().getByRole('button', { name: '签发', exact: true }).click()
  await signs(page, people.chief, page.getByText(/已签发 /).first())
  await page.getByRole('img').first().waitFor()
  const report = await page.getByRole('complementary', { name: '公文' }).getByRole('heading', { level: 2 }).innerText()
  await everyLook(page, 'papers-one')
  await go(page, '/papers?kind=circular')
  await page.getByRole('link', { name: paper }).click()
  await page.getByRole('button', { name: '撤销…' }).click()
  const revoke = page.getByRole('dialog')
  assert.equal(await revoke.getByRole('button', { name: /^撤销/ }).isDisabled(), true, 'without the later paper')
  await pick(revoke, '由哪一件后文撤销', report)
  await revoke.getByLabel(/必填/).fill('文号所列事项有误')
  await look(page, 'dialog-paper-revoke-light-zh')
  await revoke.getByRole('button', { name: /^撤销/ }).click()
  await signs(page, people.chief, page.getByText(`已撤销 ${paper}`).first())
  await page.getByText(new RegExp(`被 ${report} 撤销：文号所列事项有误`)).waitFor()
  await axe(page, 'paper-revoked')
  await look(page, 'papers-revoked-light-zh')
  await done()
})
