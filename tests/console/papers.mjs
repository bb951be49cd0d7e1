// Goal: a paper goes its whole way in the pages: drafted where a step is due, handed on, sent back, mended, issued by the chief, the step recorded on it, signed
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

test('what is due is drafted beside its reason, and a reviewer hands it on to the chief', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const lead = (await reviewer.done('GET', 'lookup/units?q=湖滨区')).rows[0].id
  ;({ number } = await reviewer.done('POST', 'items', { title: TITLE, source: '5', kind: 'general', lead, issued_on: inDays(-60), due_on: inDays(-12), responsible_person: '陈立军', supervisor: '林晓东' }))
  const office = await enter(people.reviewer, '/escalation')
  await office.page.getByRole('button', { name: new RegExp(number) }).click()
  await office.page.getByRole('region', { name: '预览' }).getByRole('img').first().waitFor()
  const hand = office.page.getByRole('button', { name: '报主任签发…' })
  await hand.waitFor()
  assert.equal(await office.page.getByRole('button', { name: '签发…', exact: true }).count(), 0)
  await everyLook(office.page, 'escalation-paper')
  await hand.click()
  await axe(office.page, 'paper-hand')
  await look(office.page, 'dialog-paper-hand-light-zh')
  await office.page.getByRole('dialog').getByRole('button', { name: '报主任签发', exact: true }).click()
  await office.page.getByText(`${people.reviewer.name} 已就此报签，等待签发`).waitFor()
  await office.done()
})

const inHand = (page) => page.getByRole('complementary', { name: '待签发草稿' })
/** To the queue by the desk, as whoever has something to do there. */
async function fromDesk(person, kind) {
  const seen = await enter(person, '/desk')
  await seen.page.locator(`[data-kind="${kind}"] .el-button`).first().click()
  await inHand(seen.page).getByRole('region', { name: '预览' }).getByRole('img').first().waitFor()
  return seen
}

test('the chief finds the draft on the desk and sends it back with a reason; the reviewer mends it', async () => {
  const chief = await fromDesk(people.chief, 'papers_to_issue')
  await everyLook(chief.page, 'papers-waiting')
  await inHand(chief.page).getByRole('button', { name: '退回…' }).click()
  const back = chief.page.getByRole('dialog')
  assert.equal(await back.getByRole('button', { name: '退回', exact: true }).isDisabled(), true, 'without a reason')
  await back.getByLabel(/必填/).fill('请写明报送时限')
  await axe(chief.page, 'paper-return')
  await look(chief.page, 'dialog-paper-return-light-zh')
  await back.getByRole('button', { name: '退回', exact: true }).click()
  await chief.page.getByText(/已退回《/).first().waitFor()
  await chief.done()

  const reviewer = await fromDesk(people.reviewer, 'papers_returned')
  await reviewer.page.getByText(`${people.chief.name} 退回：请写明报送时限`).waitFor()
  await look(reviewer.page, 'papers-returned-light-zh')
  assert.equal(await inHand(reviewer.page).getByRole('button', { name: '签发…', exact: true }).count(), 0)
  await reviewer.page.getByLabel('补充段落').fill('请于五个工作日内报送整改情况。')
  const pages = inHand(reviewer.page).getByRole('region', { name: '预览' }).getByRole('img')
  await pages.first().waitFor({ state: 'detached' })
  await pages.first().waitFor()
  await inHand(reviewer.page).getByRole('button', { name: '修改后再报…' }).click()
  await reviewer.page.getByRole('dialog').getByRole('button', { name: '修改后再报', exact: true }).click()
  await reviewer.page.getByText(/已报主任签发《/).first().waitFor()
  await reviewer.done()
})

test('what the ledger changed meanwhile is said, the chief issues it once, and the step rests on it', async () => {
  const office = await interfaceOf(people.reviewer)
  const { rows: [item] } = await office.done('POST', 'items/search', { text: TITLE })
  const { log } = await office.done('GET', 'head')
  await office.done('POST', `items/${item.id}/correct`, { title: `${TITLE}（二期）`, reason: '立项批复更名', base: { log } })
  const chief = await fromDesk(people.chief, 'papers_to_issue')
  await chief.page.getByText(/报签以后台账有变动/).waitFor()
  assert.equal(await chief.page.getByLabel('补充段落').inputValue(), '请于五个工作日内报送整改情况。')
  await axe(chief.page, 'papers-anew')
  await look(chief.page, 'papers-anew-light-zh')
  await inHand(chief.page).getByRole('button', { name: '签发…', exact: true }).click()
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
  await chief.page.getByRole('complementary', { name: '公文' }).getByRole('heading', { name: paper }).waitFor()
  await go(chief.page, '/escalation')
  await chief.page.getByText(/应办 \d+ 件/).waitFor()
  assert.equal(await chief.page.getByRole('button', { name: new RegExp(number) }).count(), 0)
  assert.equal((await (await interfaceOf(people.chief)).done('GET', 'paper-drafts')).count, 0)
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
