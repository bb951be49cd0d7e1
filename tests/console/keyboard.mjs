// Goal: a review goes from the work desk to its acceptance, and the next one to a question, by keyboard alone; where the focus
// is can be told at every step. Method: keys only, from the first Tab on; nothing is clicked and no address is typed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axe, day } from './harness.mjs'
import { people } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

async function eventually(holds, what) {
  for (let n = 0; n < 100; ++n) {
    if (await holds()) return
    await new Promise((wake) => setTimeout(wake, 50))
  }
  assert.fail(what)
}
const focused = (locator) => locator.evaluate((e) => e === document.activeElement).catch(() => false)
/** Where the focus is: on what was meant, and whether it can be seen there. */
const stopAt = (wanted) => {
  const e = document.activeElement
  if (!e || e === document.body) return { there: false, seen: true }
  const ring = (at) => { const s = getComputedStyle(at); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none' }
  const near = [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean)
  return { there: e === wanted, seen: e.getBoundingClientRect().width > 0 && near.some(ring), what: e.outerHTML.slice(0, 120) }
}
/** Tab until it has the focus. Each stop on the way has to be seen: something of a size, with a ring around it. */
export async function tabTo(page, locator, most = 120) {
  const wanted = await locator.elementHandle()
  for (let n = 0; n < most; ++n) {
    const stop = await page.evaluate(stopAt, wanted)
    assert.ok(n === 0 || stop.seen, `the focus cannot be seen on ${stop.what}`)
    if (stop.there) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`${most} times Tab did not lead there`)
}
/** Moves the list's cursor down until it stands on that check, and opens it. */
async function openRow(page, number) {
  const now = page.locator('tr.now')
  await now.waitFor()
  for (let n = 0; n < 60 && !(await now.innerText()).includes(number); ++n) await page.keyboard.press('j')
  assert.match(await now.innerText(), new RegExp(number))
  assert.ok(await focused(now) || (await now.getAttribute('aria-current')) === 'true')
  await page.keyboard.press('Enter')
  await page.locator('.verdict').waitFor()
}

test('a review goes from the desk to accept and return by keyboard alone', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const short = async (id) => (await reviewer.done('GET', `checks/${id}`)).number.replace(/^.*〕/, '')
  const [first, second] = [await short(day.to_accept), await short(day.to_return)]
  const { page, done } = await enter(people.reviewer, '/desk')
  await page.locator('.item').first().waitFor()

  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  await page.keyboard.press('Enter')
  await tabTo(page, page.locator('[data-kind=to_review]').getByRole('link', { name: /^全部 \d+ 件$/ }))
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/checks\?view=todo/)

  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor()
  await axe(page, 'the list of keys')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: '快捷键' }).waitFor({ state: 'hidden' })

  await openRow(page, first)
  await page.keyboard.press('m')
  assert.ok(await focused(page.getByRole('application')), 'M leads to the map')
  const more = page.getByRole('button', { name: /^更多/ }).first()
  await tabTo(page, more)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem').last().waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await eventually(() => focused(more), 'the focus comes back to the menu that led to the dialog')
  // What Element Plus does where the dialog closes before the menu is gone: the page itself gets the focus.
  await page.evaluate(() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex') })
  await eventually(() => focused(more), 'a focus given to the page itself goes back to where it was')
  await page.keyboard.press('a')
  const accept = page.getByRole('dialog').getByRole('button', { name: /^采信/ })
  await accept.waitFor()
  await tabTo(page, accept)
  await page.keyboard.press('Enter')
  await page.getByText(/已采信 .*#\d/).first().waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByText('已采信', { exact: true }).first().waitFor()
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => url.pathname === '/checks')

  await openRow(page, second)
  await page.keyboard.press('1')
  await page.waitForURL(/photos/)
  await page.getByText('指纹相符').first().waitFor()
  await page.keyboard.press('v')
  await page.getByText('相符：本机算出的指纹与记录一致。').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.verdict').waitFor()
  await page.keyboard.press('n')
  const comment = page.getByRole('textbox', { name: '写评论（平板下次同步时可见）' })
  assert.ok(await focused(comment), 'N leads to the comment')
  // Keys are words while somebody types: neither J nor A does anything.
  await page.keyboard.type('ja：请看照片 1')
  await tabTo(page, page.getByRole('button', { name: '发表' }), 3)
  await page.keyboard.press('Enter')
  await page.getByText(/评论已记入账本 · #\d/).waitFor()
  await page.getByText('ja：请看照片 1').waitFor()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog')
  const question = dialog.getByRole('textbox', { name: '问题 1' })
  await question.waitFor()
  await eventually(() => focused(question), 'a dialog begins in its first field')
  await page.keyboard.type('井盖是何时缺失的？')
  await tabTo(page, dialog.getByRole('button', { name: '退回提问' }), 20)
  await page.keyboard.press('Enter')
  await page.getByText(/已退回 .*#\d/).waitFor()
  await dialog.waitFor({ state: 'hidden' })
  await page.keyboard.press('Escape')
  await page.waitForURL((url) => url.pathname === '/checks')
  await done()
  for (const [id, state] of [[day.to_accept, 'accepted'], [day.to_return, 'returned']]) {
    assert.equal((await reviewer.done('GET', `checks/${id}`)).state, state)
  }
})
