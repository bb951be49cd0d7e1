// Goal: the office's work, as it is done in a day: first run, roles, check → return with a question → reply → accept, a photo,
// a conflict, a security key. Method: the pages are used as a person uses them, on what the real tablet program recorded.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { everyLook } from './every_look.mjs'
import { choose, day, field, go, look, newPage } from './harness.mjs'
import { bringEverybody, newcomer, people } from './people.mjs'
import { enter, signIn } from './sign_in.mjs'

const { administrator, security, auditor, reviewer } = people
/** The question that was asked last about the first check. */
const openQuestion = (page) => page.evaluate(async (id) => (await (await fetch(`/api/v1/console/checks/${id}`)).json()).questions.at(-1).id, day.check)

test('the first run leads the administrator to a ledger with three officers', async () => {
  const { page, done } = await newPage()
  await page.goto(`${day.url}/desk`)
  await page.waitForURL(/sign-in/)
  await everyLook(page, 'signin')
  await signIn(page, administrator, day.url, (step) => everyLook(page, `signin-${step}`))
  await page.waitForURL(/first-run/)
  await page.getByText('U 盘中的文件已在另一台电脑上核对指纹').waitFor()
  await everyLook(page, 'firstrun')
  await page.getByText('U 盘中的文件已在另一台电脑上核对指纹').click()
  await page.getByText('打印件已由 2 人签名并入柜').click()
  await page.getByRole('button', { name: '完成这一步' }).click()
  await page.getByRole('button', { name: '核对无误' }).click()
  await page.getByLabel('安全管理员').fill(security.name)
  await page.getByLabel('审计员').fill(auditor.name)
  await page.getByRole('button', { name: '指定这两人' }).click()
  const once = page.locator('.once dd')
  await once.first().waitFor()
  security.password = (await once.nth(0).innerText()).trim()
  auditor.password = (await once.nth(1).innerText()).trim()
  await everyLook(page, 'firstrun-officers')
  const empty = page.getByRole('button', { name: '从空账本开始' })
  const later = page.getByRole('button', { name: '以后再登记' })
  const into = page.getByRole('button', { name: '进入系统' })
  for (;;) {
    await empty.or(later).or(into).first().waitFor()
    if (await into.isVisible()) break
    // Either may be gone by then: the step that it belongs to is done.
    await (await empty.isVisible() ? empty : later).click({ timeout: 3000 }).catch(() => {})
  }
  await into.click()
  await page.waitForURL(/devices/)
  await done()
})

test('a role takes effect when the security officer confirms it', async () => {
  const admin = await enter(administrator, '/people')
  await admin.page.getByRole('button', { name: '添加人员…' }).click()
  await admin.page.getByLabel('姓名').fill(reviewer.name)
  await choose(admin.page, '角色', '审核员')
  await admin.page.getByRole('button', { name: '添加人员', exact: true }).click()
  const password = admin.page.locator('.note b.mono')
  await password.waitFor()
  reviewer.password = (await password.innerText()).trim()
  await look(admin.page, 'people-password-light-zh')
  await admin.done()

  const officer = await enter(security, '/people')
  await officer.page.getByRole('button', { name: new RegExp(`确认 ${reviewer.name}`) }).click()
  await officer.page.getByText(`已确认 ${reviewer.name}：审核员`).waitFor()
  // The auditor was named when there was a security officer already.
  const confirm = officer.page.getByRole('button', { name: new RegExp(`确认 ${auditor.name}`) })
  if (await confirm.isVisible()) {
    await confirm.click()
    await officer.page.getByText(`已确认 ${auditor.name}`).waitFor()
  }
  await go(officer.page, '/devices')
  await officer.page.getByRole('row', { name: new RegExp(day.inspectors[0]) }).waitFor()
  await officer.done()
})

test('everybody else is named, and confirmed by the security officer', bringEverybody)

test('a check is returned with a question, answered on the tablet, and accepted', async () => {
  const { page, done } = await enter(reviewer)
  await page.waitForURL(/desk/)
  await page.getByRole('heading', { name: '待审检查' }).first().waitFor()
  await page.locator('nav a[href="/checks"]').click()
  await page.getByRole('link', { name: day.sites[0] }).first().waitFor()
  await go(page, `/checks/${day.check}?view=todo`)
  await page.getByRole('heading', { name: day.sites[0] }).waitFor()
  await page.getByText(day.finding).first().waitFor()
  await page.setViewportSize({ width: 1280, height: 720 })
  await look(page, 'evidence-1280-light-zh')
  await page.setViewportSize({ width: 1440, height: 900 })
  await everyLook(page, 'evidence')

  await page.getByRole('button', { name: '退回提问' }).click()
  await page.getByRole('textbox', { name: '问题 1' }).fill('湿滑路段在照片里的哪一侧？')
  await page.getByRole('dialog').getByRole('button', { name: '退回提问' }).click()
  await page.getByText(/已退回 .*#\d/).waitFor()
  await page.getByText('退回', { exact: true }).first().waitFor()
  const feed = page.getByRole('region', { name: '经过' })
  await feed.getByText('问：湿滑路段在照片里的哪一侧？').waitFor()
  await feed.getByText(`审核 · ${reviewer.name}`).waitFor()
  await feed.getByText(/待答复/).waitFor()

  const [tablet] = day.tablets
  field(tablet, 'sync')
  field(tablet, 'check', 'reply', day.check, '--question', await openQuestion(page), '--text', '左侧台阶旁')
  field(tablet, 'sync')
  await page.getByRole('button', { name: /有 \d+ 条新的/ }).click()
  await page.getByText('左侧台阶旁').first().waitFor()
  await feed.getByText(/待答复/).waitFor({ state: 'detached' })
  await page.getByText('已答复', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: /^采信/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /^采信/ }).click()
  await page.getByText(/已采信 .*#\d/).waitFor()
  await page.getByText('已采信', { exact: true }).first().waitFor()
  // It has left the view that it was opened from: no place in it, above all none past its end.
  await page.locator('.steps').getByText('—', { exact: true }).waitFor()
  await done()
})

test('a photo is shown as shot, its digest recomputed here, and what its file says stands apart', async () => {
  const { page, done } = await enter(reviewer, `/checks/${day.check}`)
  await page.locator('.thumb').first().click()
  await page.waitForURL(/photos/)
  await page.getByText('指纹相符').first().waitFor()
  await page.keyboard.press('v')
  await page.getByText('相符：本机算出的指纹与记录一致。').waitFor()
  await page.getByRole('button', { name: '展开' }).click()
  const said = page.getByRole('table', { name: '文件自述（EXIF）' })
  await said.waitFor()
  assert.match(await said.innerText(), /位置\s+34\.77\d+, 111\.\d+/)
  assert.match(await page.getByRole('complementary').innerText(), /仅供参考，不作依据/)
  await everyLook(page, 'photo')
  await page.keyboard.press('ArrowRight')
  await page.waitForURL((url) => url.pathname.includes('photos'))
  await said.waitFor({ state: 'detached' })
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => !url.pathname.includes('photos'))
  await done()
})

test('a conflict is raised and decided, with its reason', async () => {
  const { page, done } = await enter(reviewer, `/checks/${day.second_check}`)
  await page.getByRole('button', { name: /提出异议/ }).click()
  await choose(page, '您认为应是', '严重')
  await page.getByLabel('原因（必填）').fill('危及行人安全')
  await page.getByRole('button', { name: '提出异议并记入账本' }).click()
  await page.getByText(/已提出异议 · #\d/).waitFor()
  await page.getByText('两说不一', { exact: true }).first().waitFor()
  await page.getByRole('link', { name: /去裁定/ }).first().click()
  await page.getByRole('radio').first().waitFor()
  await page.keyboard.press('2')
  await page.getByLabel('理由（必填）').fill('与来信同址，依严重程度 3')
  await page.getByRole('button', { name: '裁定并记入账本' }).click()
  await page.getByText(/已裁定为“.*” · #\d/).waitFor()
  await done()
})

test('a security key is enrolled and opens the next session by a touch', async () => {
  // A key belongs to a name, so this one test calls the server by its name.
  const named = day.url.replace('127.0.0.1', 'localhost')
  const { page, done } = await newPage({ size: { width: 1280, height: 900 }, at: named })
  const client = await page.context().newCDPSession(page)
  await client.send('WebAuthn.enable')
  await client.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'usb', hasResidentKey: false, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
  // Ends all sessions of its person, so it is nobody whom another test needs.
  const person = { name: people.chief.name, password: people.chief.password }
  await signIn(page, person, named)
  await page.goto(`${named}/account`)
  await page.getByRole('button', { name: '登记新的方式…' }).click()
  await page.getByRole('button', { name: '安全密钥', exact: true }).click()
  await page.getByLabel('名字，例如“密钥 A”').fill('密钥 A')
  await page.getByRole('button', { name: '登记安全密钥' }).click()
  await page.locator('li', { hasText: '密钥 A' }).waitFor()
  await page.getByRole('button', { name: '退出所有登录' }).click()
  await page.waitForURL(/sign-in/)
  await page.getByLabel('账号').fill(person.name)
  await page.getByLabel('口令', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '下一步' }).click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  Object.assign(people.chief, person)
  await done()
})

test('a wrong password and an unknown account get one answer, and five of them lock', async () => {
  const { page, done } = await newPage()
  await page.goto(`${day.url}/sign-in`)
  const attempt = async (name) => {
    await page.getByLabel('账号').fill(name)
    await page.getByLabel('口令', { exact: true }).fill('错误的口令-000')
    await page.getByRole('button', { name: '下一步' }).click()
  }
  for (const name of [newcomer.name, '没有这个人']) {
    await attempt(name)
    await page.getByText('账号或口令不对').waitFor()
  }
  await everyLook(page, 'signin-wrong')
  for (let n = 0; n < 5; ++n) {
    await attempt(newcomer.name)
    await page.getByRole('alert').waitFor()
  }
  await page.getByText(/已锁定，\d\d:\d\d 后再试/).waitFor()
  assert.equal(await page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length), 0)
  await done()
})
