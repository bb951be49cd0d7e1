// Goal: a token for another program is issued, confirmed by a second person, used and ended at the page alone; it is shown once,
// opens what its scopes name from the confirmation on and nothing after its end. Method: the administrator's and the security
// officer's pages, a program of its own that asks with the token, and pictures of the page in both sizes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { request } from 'playwright-core'
import { bothLooks, speak } from './every_look.mjs'
import { day, LANGUAGES } from './harness.mjs'
import { people } from './people.mjs'
import { enter, oneTimeCode, sitsThere } from './sign_in.mjs'

const SIZES = { '': { width: 1280, height: 800 }, '-390': { width: 390, height: 844 } }

/** The page as it stands, in every look, language and size; nothing may be wider than the window. */
async function lookAt(page, name) {
  for (const [suffix, size] of Object.entries(SIZES)) {
    await page.setViewportSize(size)
    for (const language of [...LANGUAGES].reverse()) {
      await speak(page, language)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(wide <= 0, `${name}${suffix} in ${language} is ${wide} px wider than the window`)
      await bothLooks(page, `${name}${suffix}`, language)
    }
  }
  await page.setViewportSize(SIZES[''])
}
/** Another program: no cookie, the token alone. */
async function program(token, path) {
  const one = await request.newContext({ ignoreHTTPSErrors: true, extraHTTPHeaders: { Authorization: `Bearer ${token}` } })
  const answer = await one.get(`${day.url}/api/v1/console/${path}`)
  const status = answer.status()
  await one.dispose()
  return status
}

test('a token is issued, confirmed by another person, used, and ended with a reason', async () => {
  await sitsThere(people.administrator)
  const office = await enter(people.administrator, '/tokens', { size: SIZES[''] })
  await office.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await office.page.getByText('还没有令牌。没有别的系统在读本台账。').waitFor()
  await lookAt(office.page, 'tokens-nothing')

  await office.page.getByRole('button', { name: '签发令牌…' }).click()
  const dialog = office.page.getByRole('dialog', { name: '签发令牌' })
  await dialog.getByLabel('给哪个系统').fill('大数据局看板')
  await dialog.getByLabel('做什么用').fill('每日同步在办事项和月排名')
  await dialog.getByText('读台账、事项和报告').click()
  await dialog.getByText('读月排名').click()
  await dialog.getByRole('button', { name: '签发令牌' }).click()
  const once = office.page.locator('.once')
  await once.waitFor()
  const token = await once.locator('.secret').innerText()
  assert.match(token, /^zhicha_[A-Za-z0-9_-]{43}$/)
  await once.getByRole('button', { name: '复制' }).click()
  await once.getByRole('button', { name: '已复制' }).waitFor()
  assert.equal(await office.page.evaluate(() => navigator.clipboard.readText()), token)
  await office.page.locator('.tokens li').filter({ hasText: '待确认' }).waitFor()
  assert.equal(await office.page.locator('.tokens .confirm').count(), 0, 'whoever issued it is offered the confirmation')
  await lookAt(office.page, 'tokens-issued')
  await once.getByRole('button', { name: '已存好，收起' }).click()
  await office.page.reload()
  await office.page.locator('.tokens li').waitFor()
  assert.ok(!(await office.page.content()).includes(token), 'the token is shown again')
  assert.equal(await program(token, 'items'), 401)

  const guard = await enter(people.security, '/tokens', { size: SIZES[''] })
  await guard.page.locator('nav.rail a[href="/tokens"] .badge').getByText('1').waitFor()
  assert.equal(await guard.page.getByRole('button', { name: '签发令牌…' }).count(), 0)
  await guard.page.locator('.tokens .confirm').click()
  const confirm = guard.page.getByRole('dialog', { name: '确认 大数据局看板 的令牌？' })
  await confirm.getByText('这个系统从现在起可以读：读台账、事项和报告；读月排名').waitFor()
  await confirm.getByRole('button', { name: '确认 大数据局看板 的令牌' }).click()
  const again = guard.page.getByRole('dialog', { name: '请再次确认是您本人' })
  const inForce = guard.page.locator('.tokens .chip').getByText('有效')
  await again.or(inForce).first().waitFor()
  if (await again.isVisible()) {
    await guard.page.getByLabel('动态口令（6 位数字）').fill(await oneTimeCode(people.security.secret))
    await inForce.waitFor()
  }
  for (const [path, status] of [['items', 200], ['rankings', 200], ['findings', 403], ['people', 403], ['tokens', 403]]) assert.equal(await program(token, path), status, path)
  await guard.done()

  await office.page.reload()
  await office.page.locator('.tokens li').filter({ hasText: '127.0.0.1' }).waitFor()
  await lookAt(office.page, 'tokens')
  await office.page.locator('.tokens .revoke').click()
  const end = office.page.getByRole('dialog', { name: '吊销 大数据局看板 的令牌？' })
  await end.getByLabel('原因（必填）').fill('看板停用')
  await end.getByRole('button', { name: '吊销 大数据局看板 的令牌' }).click()
  await office.page.locator('.tokens li.over').filter({ hasText: '：看板停用' }).waitFor()
  assert.equal(await program(token, 'items'), 401)
  assert.equal(await office.page.locator('.tokens .revoke').count(), 0)
  await lookAt(office.page, 'tokens-revoked')
  await speak(office.page, 'zh')
  await office.done()
})
