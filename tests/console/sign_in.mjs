// Signing in: at the page, as a person does it where the page itself is tested, and through the interface everywhere else.
import { createHmac } from 'node:crypto'
import { request } from 'playwright-core'
import { day, newPage } from './harness.mjs'

const CHOSEN = '另一个长口令-督查-9182'

function base32(text) {
  const bits = [...text.replace(/[\s=]/g, '').toUpperCase()].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)))
}
const used = new Map()
/** RFC 6238, SHA-1, 30 s. A code counts once; the server takes the one before and the one after as well. */
export async function oneTimeCode(secret) {
  for (;;) {
    const now = Math.floor(Date.now() / 30_000)
    const counter = Math.max(now - 1, (used.get(secret) ?? 0) + 1)
    if (counter <= now + 1) {
      used.set(secret, counter)
      const message = Buffer.alloc(8)
      message.writeBigUInt64BE(BigInt(counter))
      const sum = createHmac('sha1', base32(secret)).update(message).digest()
      return String((sum.readUInt32BE(sum[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
    }
    await new Promise((wake) => setTimeout(wake, 500))
  }
}

/** Goes through whatever the page asks for: password, a new one, a second factor to enrol or to give. `seen` is told of each step. */
export async function signIn(page, person, at = day.url, seen = async () => {}) {
  await page.goto(`${at}/sign-in`)
  await page.getByLabel('账号').fill(person.name)
  await page.getByLabel('口令', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: '下一步' }).click()
  for (;;) {
    const now = await Promise.race([
      page.getByLabel('新口令').waitFor().then(() => 'password'),
      page.getByLabel('软件上显示的 6 位数字').waitFor().then(() => 'setup'),
      page.getByLabel('动态口令（6 位数字）').waitFor().then(() => 'code'),
      page.waitForURL((url) => url.pathname !== '/sign-in').then(() => 'in'),
    ])
    if (now === 'in') return
    await seen(now)
    if (now === 'password') {
      await page.getByLabel('新口令').fill(CHOSEN)
      await page.getByLabel('再输一次').fill(CHOSEN)
      person.password = CHOSEN
      await page.getByRole('button', { name: '更换口令' }).click()
      await page.getByLabel('新口令').waitFor({ state: 'detached' })
    } else if (now === 'setup') {
      person.secret = (await page.locator('.secret').innerText()).replace(/\s/g, '')
      await page.getByLabel('软件上显示的 6 位数字').fill(await oneTimeCode(person.secret))
      await page.getByRole('button', { name: '登记', exact: true }).click()
      await page.getByLabel('软件上显示的 6 位数字').waitFor({ state: 'detached' })
    } else {
      await page.getByLabel('动态口令（6 位数字）').fill(await oneTimeCode(person.secret))
      await page.waitForURL((url) => url.pathname !== '/sign-in')
    }
  }
}

/** One person at the interface, as docs/CONSOLE_API.md has it. Answers are `{status, body}`; a refusal is an answer too. */
class Interface {
  constructor(context) { this.context = context }
  async ask(method, path, body) {
    const headers = { 'Sec-Fetch-Site': 'same-origin', ...(this.csrf ? { 'X-CSRF': this.csrf } : {}), ...(method === 'GET' ? {} : { 'Idempotency-Key': crypto.randomUUID() }) }
    const answer = await this.context.fetch(`${day.url}/api/v1/console/${path}`, { method, headers, ...(body === undefined ? {} : { data: body }) })
    const text = await answer.text()
    let parsed
    try { parsed = text ? JSON.parse(text) : {} } catch { parsed = {} }
    this.csrf = parsed.csrf ?? this.csrf
    return { status: answer.status(), body: parsed }
  }
  get(path) { return this.ask('GET', path) }
  post(path, body = {}) { return this.ask('POST', path, body) }
  /** The body of what has to succeed. */
  async done(method, path, body) {
    const answer = await this.ask(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }
}

/** The person's interface; signed in once, then kept. */
export async function interfaceOf(person) {
  if (person.interface) return person.interface
  const one = new Interface(await request.newContext({ ignoreHTTPSErrors: true }))
  let session = await one.done('POST', 'session', { name: person.name, password: person.password })
  while (session.state !== 'full') {
    if (session.state === 'password_change') {
      session = await one.done('POST', 'session/password', { old: person.password, new: CHOSEN })
      person.password = CHOSEN
    } else if (session.state === 'second_factor_setup') {
      person.secret = (await one.done('POST', 'session/second-factors/totp', {})).secret
      session = await one.done('POST', 'session/second-factors/totp', { code: await oneTimeCode(person.secret) })
    } else if (session.state === 'second_factor') {
      session = await one.done('POST', 'session/second-factor', { totp: await oneTimeCode(person.secret) })
    } else {
      throw new Error(`${person.name} stands at ${session.state}`)
    }
  }
  person.interface = one
  return one
}

/** The second factor again, as acts ask for whose giver sits there: a code counts for five minutes. */
export async function sitsThere(person) {
  const one = await interfaceOf(person)
  await one.done('POST', 'session/second-factor', { totp: await oneTimeCode(person.secret) })
  return one
}

/** A page on which the person is signed in already. */
export async function enter(person, path = '/', options = {}) {
  const { context } = await interfaceOf(person)
  const seen = await newPage({ ...options, session: await context.storageState() })
  await seen.page.goto(day.url + path)
  return seen
}
export async function leave(...people) {
  for (const person of people) await person.interface?.context.dispose()
}
