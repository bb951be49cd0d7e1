// Goal: the office's work in a real Chromium against a real server, on what the real tablet program recorded: first run,
// roles, check → return with a question → reply → accept, a conflict decided, all of it reachable by keyboard, no finding of
// axe-core, no error in the browser's log, no request to another host. Method: the pages are used as a person uses them.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { choose, close, day, field, look, newPage, open, signIn } from './harness.mjs'

const administrator = { name: day.administrator, password: day.password }
const reviewer = { name: '林晓东' }
/** The question that was asked last about the first check. */
const openQuestion = (page) => page.evaluate(async (id) => (await (await fetch(`/api/v1/console/checks/${id}`)).json()).questions.at(-1).id, day.check)
const people = {}
before(open)
after(close)

test('the first run leads the administrator to a ledger with three officers', async () => {
  const { page, done } = await newPage()
  await page.goto(`${day.url}/desk`)
  await page.waitForURL(/sign-in/)
  await look(page, 'signin')
  await signIn(page, administrator)
  await page.waitForURL(/first-run/)
  await look(page, 'firstrun')
  await page.getByText('U 盘中的文件已在另一台电脑上核对指纹').click()
  await page.getByText('打印件已由 2 人签名并入柜').click()
  await page.getByRole('button', { name: '完成这一步' }).click()
  await page.getByRole('button', { name: '核对无误' }).click()
  await page.getByLabel('安全管理员').fill('许静')
  await page.getByLabel('审计员').fill('陈立军')
  await page.getByRole('button', { name: '指定这两人' }).click()
  const once = page.locator('.once dd')
  await once.first().waitFor()
  people.security = { name: '许静', password: (await once.nth(0).innerText()).trim() }
  people.auditor = { name: '陈立军', password: (await once.nth(1).innerText()).trim() }
  const empty = page.getByRole('button', { name: '从空账本开始' })
  const later = page.getByRole('button', { name: '以后再登记' })
  const enter = page.getByRole('button', { name: '进入系统' })
  for (;;) {
    await empty.or(later).or(enter).first().waitFor()
    if (await enter.isVisible()) break
    // Either may be gone by then: the step that it belongs to is done.
    await (await empty.isVisible() ? empty : later).click({ timeout: 3000 }).catch(() => {})
  }
  await enter.click()
  await page.waitForURL(/devices/)
  await done()
})

test('a role takes effect when the security officer confirms it', async () => {
  const admin = await newPage()
  await signIn(admin.page, administrator)
  await admin.page.goto(`${day.url}/people`)
  await admin.page.getByRole('button', { name: '添加人员…' }).click()
  await admin.page.getByLabel('姓名').fill(reviewer.name)
  await choose(admin.page, '角色', '审核员')
  await admin.page.getByRole('button', { name: '添加人员', exact: true }).click()
  const password = admin.page.locator('.note b.mono')
  await password.waitFor()
  reviewer.password = (await password.innerText()).trim()
  await look(admin.page, 'people')
  await admin.done()

  const security = await newPage()
  await signIn(security.page, people.security)
  await security.page.goto(`${day.url}/people`)
  await security.page.getByRole('button', { name: new RegExp(`确认 ${reviewer.name}`) }).click()
  await security.page.getByText(`已确认 ${reviewer.name}：审核员`).waitFor()
  // The auditor was named when there was a security officer already.
  const auditor = security.page.getByRole('button', { name: new RegExp(`确认 ${people.auditor.name}`) })
  if (await auditor.isVisible()) {
    await auditor.click()
    await security.page.getByText(`已确认 ${people.auditor.name}`).waitFor()
  }
  await security.page.goto(`${day.url}/devices`)
  await security.page.getByRole('row', { name: new RegExp(day.inspectors[0]) }).waitFor()
  await look(security.page, 'devices')
  await security.done()
})

let reviewing
test('a check is returned with a question, answered on the tablet, and accepted', async () => {
  reviewing = await newPage()
  const { page } = reviewing
  await signIn(page, reviewer)
  await page.waitForURL(/desk/)
  await page.getByRole('heading', { name: '待审检查' }).first().waitFor()
  await look(page, 'desk')
  await page.locator('nav a[href="/checks"]').click()
  await page.getByRole('link', { name: day.sites[0] }).first().waitFor()
  await look(page, 'checks')
  await page.getByRole('link', { name: day.sites[0] }).first().click()
  await page.getByRole('heading', { name: day.sites[0] }).waitFor()
  await page.getByText(day.finding).first().waitFor()
  await look(page, 'evidence')
  await page.setViewportSize({ width: 1280, height: 720 })
  await look(page, 'evidence-1280')
  await page.setViewportSize({ width: 1440, height: 900 })

  await page.getByRole('button', { name: '退回提问' }).click()
  await page.getByRole('textbox', { name: '问题 1' }).fill('湿滑路段在照片里的哪一侧？')
  await look(page, 'return')
  await page.getByRole('dialog').getByRole('button', { name: '退回提问' }).click()
  await page.getByText(/已退回 .*#\d/).waitFor()
  await page.getByText('退回', { exact: true }).first().waitFor()

  const tablet = day.tablets[0]
  field(tablet, 'sync')
  const question = await openQuestion(page)
  field(tablet, 'check', 'reply', day.check, '--question', question, '--text', '左侧台阶旁')
  field(tablet, 'sync')
  await page.getByRole('button', { name: /有 \d+ 条新的/ }).click()
  await page.getByText('左侧台阶旁').first().waitFor()
  await page.getByText('已答复', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: /^采信/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^采信/ }).click()
  await page.getByText(/已采信 .*#\d/).waitFor()
  await look(page, 'accepted')
})

test('a photo is shown as shot and its digest recomputed here', async () => {
  const { page } = reviewing
  await page.locator('.thumb').first().click()
  await page.waitForURL(/photos/)
  await page.getByText('指纹相符').first().waitFor()
  await page.keyboard.press('v')
  await page.getByText('相符：本机算出的指纹与记录一致。').waitFor()
  await look(page, 'photo')
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => !url.pathname.includes('photos'))
})

test('a conflict is raised and decided, with its reason', async () => {
  const { page } = reviewing
  await page.goto(`${day.url}/checks/${day.second_check}`)
  await page.getByRole('button', { name: /提出异议/ }).click()
  await choose(page, '您认为应是', '严重')
  await page.getByLabel('原因（必填）').fill('危及行人安全')
  await page.getByRole('button', { name: '提出异议并记入账本' }).click()
  await page.getByText(/已提出异议 · #\d/).waitFor()
  await page.getByText('两说不一', { exact: true }).first().waitFor()
  await page.goto(`${day.url}/conflicts`)
  await page.getByRole('radio').first().waitFor()
  await page.keyboard.press('2')
  await page.getByLabel('理由（必填）').fill('与来信同址，依严重程度 3')
  await look(page, 'conflict')
  await page.getByRole('button', { name: '裁定并记入账本' }).click()
  await page.getByText(/已裁定为“.*” · #\d/).waitFor()
})

test('a review goes from the desk to its acceptance by keyboard alone', async () => {
  const { page } = reviewing
  await page.goto(`${day.url}/desk`)
  await page.getByRole('heading', { name: '工作台' }).waitFor()
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.waitForURL(/checks/)
  await page.locator('tbody tr').first().waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  await look(page, 'keys')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'hidden' })
  await page.keyboard.press('Enter')
  await page.waitForURL(/checks\/[0-9a-f]/)
  await page.getByRole('button', { name: /^采信/ }).waitFor()
  await page.keyboard.press('a')
  const act = page.getByRole('dialog').getByRole('button', { name: /^采信/ })
  await act.waitFor()
  for (let tries = 0; tries < 12 && !(await act.evaluate((b) => b === document.activeElement)); ++tries) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText(/已采信 .*#\d/).first().waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => url.pathname === '/checks')
})

test('every other page opens without an error', async () => {
  const { page } = reviewing
  // By the page's own links: each reload would leave a stream of events behind, and a session has few.
  const menu = async (entry) => {
    await page.getByRole('button', { name: new RegExp(reviewer.name) }).click()
    await page.getByRole('menuitem', { name: entry }).click()
  }
  for (const [go, heading, name] of [
    [() => page.locator('nav a[href="/findings"]').click(), '问题', 'findings'], [() => menu('我的账号'), '我的账号', 'account'],
    [() => page.locator('nav a[href="/feedback"]').click(), '意见建议', 'feedback'], [() => page.goto(`${day.url}/nothing`), '没有这一页', 'nowhere'],
  ]) {
    await go()
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
    await look(page, name)
  }
  await page.locator('nav a[href="/desk"]').click()
  await menu('English')
  await page.getByRole('heading', { name: 'Desk', level: 1 }).waitFor()
  await look(page, 'desk-en')
  await menu('中文')
  await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
  await reviewing.done()

  const auditor = await newPage()
  await signIn(auditor.page, people.auditor)
  await auditor.page.waitForURL(/audit/).catch(() => assert.fail(`the auditor stands on ${auditor.page.url()}`))
  await auditor.page.locator('tbody tr').first().waitFor()
  await look(auditor.page, 'audit')
  await auditor.done()
})

test('a security key is enrolled and opens the next session by a touch', async () => {
  // A key belongs to a name, so this one test calls the server by its name.
  const named = day.url.replace('127.0.0.1', 'localhost')
  const { page, done } = await newPage({ width: 1280, height: 900 }, named)
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  await signIn(page, reviewer, named)
  await page.goto(`${named}/account`)
  await page.getByRole('button', { name: '登记新的方式…' }).click()
  await page.getByRole('button', { name: '安全密钥', exact: true }).click()
  await page.getByLabel('名字，例如“密钥 A”').fill('密钥 A')
  await page.getByRole('button', { name: '登记安全密钥' }).click()
  await page.locator('li', { hasText: '密钥 A' }).waitFor()
  await page.getByRole('button', { name: '退出所有登录' }).click()
  await page.waitForURL(/sign-in/)
  await page.getByLabel('账号').fill(reviewer.name)
  await page.getByLabel('口令', { exact: true }).fill(reviewer.password)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await done()
})

test('a wrong password and an unknown account get one answer', async () => {
  const { page, done } = await newPage()
  for (const name of [reviewer.name, '没有这个人']) {
    await page.goto(`${day.url}/sign-in`)
    await page.getByLabel('账号').fill(name)
    await page.getByLabel('口令', { exact: true }).fill('错误的口令-000')
    await page.getByRole('button', { name: '下一步' }).click()
    await page.getByText('账号或口令不对').waitFor()
  }
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length), 0)
  await done()
})
