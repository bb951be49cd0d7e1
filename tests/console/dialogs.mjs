// Goal: every dialog is opened by keyboard, holds the focus, has no serious finding of axe-core in either look and language, is
// left by Escape without an effect, and gives the focus back to the button that opened it. Method: each one, on the page that has it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bothLooks, speak } from './every_look.mjs'
import { day, go, LANGUAGES, settled } from './harness.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf, oneTimeCode, sitsThere } from './sign_in.mjs'

const focusIn = (locator) => locator.evaluate((e) => e.contains(document.activeElement))
const openDialog = (page) => page.locator('[role=dialog]:visible').filter({ has: page.locator('button, input, textarea') }).first()

/** `opener` is what the focus has to come back to; `item` is chosen in the menu that it opens, if it opens one: its place or its words. */
async function holds(page, name, language, { opener, item }) {
  await opener.waitFor()
  await opener.focus()
  await page.keyboard.press('Enter')
  if (item !== undefined) {
    const entries = page.locator('[role=menuitem]:visible')
    const entry = typeof item === 'number' ? entries.nth(item) : entries.filter({ hasText: item })
    await entry.waitFor()
    await entry.focus()
    await page.keyboard.press('Enter')
  }
  const dialog = openDialog(page)
  await dialog.waitFor()
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'))
  for (let n = 0; n < 12; ++n) {
    await page.keyboard.press('Tab')
    // A picker of days stands over the dialog; what lies behind it must not be reached.
    const behind = await page.evaluate(() => document.activeElement?.closest('#app')?.contains(document.activeElement) ? document.activeElement.outerHTML.slice(0, 120) : '')
    assert.ok(!behind || await focusIn(dialog), `${name}: Tab leads behind the dialog, to ${behind}`)
  }
  await bothLooks(page, `dialog-${name}`, language)
  // A list or a calendar that stands open over the dialog goes first, and a picker keeps Escape to itself: then on from it.
  for (let n = 0; n < 4 && await dialog.isVisible(); ++n) {
    if (n > 0) await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden', timeout: 2000 }).catch(() => {})
  }
  assert.equal(await dialog.isVisible(), false, `${name}: Escape does not leave the dialog`)
  // The menu's entry, from which such a dialog came, is gone by then.
  if (item !== undefined) return
  const back = await opener.elementHandle()
  await page.waitForFunction((e) => document.activeElement === e, back, { timeout: 5000 }).catch(async () => {
    assert.fail(`${name}: the focus is on ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160))}`)
  })
}

/** Every dialog of one person, page by page, in both languages. */
async function through(person, pages) {
  const { page, done } = await enter(person)
  await page.locator('nav.rail').waitFor()
  const log = async () => (await (await interfaceOf(person)).done('GET', 'head')).log
  const before = await log()
  for (const language of LANGUAGES) {
    await speak(page, language)
    for (const [path, ready, dialogs] of pages) {
      await go(page, path)
      await page.locator(ready).first().waitFor()
      await settled(page)
      for (const [name, openers] of Object.entries(dialogs)) await holds(page, name, language, openers(page))
    }
  }
  await speak(page, 'zh')
  assert.equal(await log(), before, 'something was written although every dialog was left')
  await done()
}

test('the dialogs of a review', async () => {
  await through(people.reviewer, [
    [`/checks/${day.third_check}?view=todo`, '.verdict', {
      'raise-conflict': (page) => ({ opener: page.locator('.verdict .el-button').nth(0) }),
      return: (page) => ({ opener: page.locator('.verdict .el-button').nth(1) }),
      accept: (page) => ({ opener: page.locator('.verdict .el-button').nth(2) }),
      void: (page) => ({ opener: page.locator('.page-head .el-dropdown .el-button'), item: /^(作废|Void)/ }),
      withhold: (page) => ({ opener: page.locator('.page-head .el-dropdown .el-button'), item: /^(不再下发平板|Withhold)/ }),
      erase: (page) => ({ opener: page.locator('.page-head .el-dropdown .el-button'), item: /^(申请抹除|Ask for an erasure)/ }),
      'finding-amend': (page) => ({ opener: page.locator('ol li .el-dropdown button').first(), item: 0 }),
      'finding-void': (page) => ({ opener: page.locator('ol li .el-dropdown button').first(), item: 1 }),
      keys: (page) => ({ opener: page.locator('footer.status .keys') }),
    }],
    [`/checks/${day.under_way}`, '.verdict', {
      close: (page) => ({ opener: page.locator('.page-head .el-dropdown .el-button'), item: 0 }),
      hand: (page) => ({ opener: page.locator('.page-head .el-dropdown .el-button'), item: 1 }),
    }],
    ['/items', 'tbody tr', { sheet: (page) => ({ opener: page.locator('.page-head .el-button').filter({ hasText: /从表格登记|from a table/i }) }) }],
    ['/checks?view=all', 'tbody tr', { 'save-view': (page) => ({ opener: page.locator('.views .plain') }) }],
  ])
})

test('the dialogs of tablets, people and tokens', async () => {
  await (await sitsThere(people.administrator)).done('POST', 'tokens', { name: '督查看板', purpose: '每日读在办事项', days: 30, scopes: ['read_ledger', 'read_rankings'] })
  await through(people.administrator, [
    ['/devices', 'tbody tr', { enrol: (page) => ({ opener: page.locator('.page-head .el-button') }) }],
    ['/tokens', '.tokens li', {
      'token-issue': (page) => ({ opener: page.locator('.page-head .el-button') }),
      'token-revoke': (page) => ({ opener: page.locator('.tokens .revoke').first() }),
    }],
    ['/people', 'tbody tr', {
      'add-person': (page) => ({ opener: page.locator('.page-head .el-button') }),
      grant: (page) => ({ opener: page.locator('.acts .link').first() }),
      password: (page) => ({ opener: page.locator('.acts .link').nth(1) }),
      'end-role': (page) => ({ opener: page.locator('.grant button.dim').first() }),
    }],
  ])
  await through(people.security, [
    ['/devices', 'tbody tr', { revoke: (page) => ({ opener: page.locator('td .link').first() }) }],
    ['/tokens', '.tokens li', { 'token-confirm': (page) => ({ opener: page.locator('.tokens .confirm').first() }) }],
    ['/people', 'tbody tr', { unlock: (page) => ({ opener: page.locator('.acts .link').first() }) }],
  ])
})

test('a tablet is revoked, with what is lost and what is kept said before', async () => {
  const { page, done } = await enter(people.security, '/devices')
  const row = page.getByRole('row', { name: new RegExp(day.inspectors[1]) })
  await row.getByRole('button', { name: '吊销…' }).click()
  const act = page.getByRole('dialog').filter({ hasText: '会发生' })
  await act.getByLabel('原因（必填）').fill('交接时遗失')
  await act.getByRole('button', { name: /^吊销/ }).click()
  const again = page.getByRole('dialog', { name: '请再次确认是您本人' })
  const revoked = page.getByText(/已吊销 .* · #\d/)
  // Five minutes after the sign-in, which a slow machine reaches, the second factor is asked for again.
  await again.or(revoked).first().waitFor()
  if (await again.isVisible()) {
    await bothLooks(page, 'dialog-second-factor', 'zh')
    await page.getByLabel('动态口令（6 位数字）').fill(await oneTimeCode(people.security.secret))
    await revoked.waitFor()
  }
  await act.waitFor({ state: 'hidden' })
  await row.getByText('已吊销').waitFor()
  await bothLooks(page, 'devices-revoked', 'zh')
  await done()
})

test('a code for a tablet is shown once, beside the list', async () => {
  const { page, done } = await enter(people.administrator, '/devices')
  await page.getByRole('button', { name: '登记新平板…' }).click()
  await page.getByLabel('持有人（督查员姓名）').fill(day.inspectors[0])
  await page.getByRole('button', { name: '生成登记码' }).click()
  await page.locator('.code').waitFor()
  for (const language of LANGUAGES) {
    await speak(page, language)
    await page.locator('.code').waitFor()
    await bothLooks(page, 'devices-code', language)
  }
  await speak(page, 'zh')
  await done()
})

test('the menu of the account and a picker close with Escape and keep the page', async () => {
  const { page, done } = await enter(people.reviewer, '/findings')
  await page.locator('tbody tr').first().waitFor()
  for (const opener of [page.locator('button.account'), page.getByRole('combobox', { name: '严重程度' })]) {
    await opener.focus()
    await page.keyboard.press(await opener.evaluate((e) => e.tagName) === 'BUTTON' ? 'Enter' : 'ArrowDown')
    await page.locator('[role=menu]:visible, [role=listbox]:visible').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[role=menu]:visible, [role=listbox]:visible').first().waitFor({ state: 'hidden' })
    assert.equal(new URL(page.url()).pathname, '/findings')
  }
  await done()
})
