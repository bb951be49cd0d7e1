// A page in both looks and both languages: examined by axe-core, and a picture of each for people to look at.
import { LANGUAGES, look, LOOKS } from './harness.mjs'

const OTHER = { zh: '中文', en: 'English' }
export const languageOf = (page) => page.evaluate(() => document.documentElement.lang.slice(0, 2))

/** As a person changes it: in the menu of the account, or at the foot of a page that stands outside the frame. */
export async function speak(page, language) {
  if ((await languageOf(page)) === language) return
  const account = page.locator('button.account')
  if (await account.isVisible()) {
    await account.click()
    await page.getByRole('menuitem', { name: OTHER[language] }).click()
  } else {
    await page.getByRole('button', { name: OTHER[language], exact: true }).click()
  }
  await page.waitForFunction((now) => document.documentElement.lang.startsWith(now), language)
}
/** `within` is looked at in both looks; the page keeps its language. */
export async function bothLooks(page, name, language) {
  for (const one of LOOKS) {
    await page.emulateMedia({ colorScheme: one })
    await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, one)
    await look(page, `${name}-${one}-${language}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
/** Left in Chinese and in the light look. */
export async function everyLook(page, name) {
  for (const language of [...LANGUAGES].reverse()) {
    await speak(page, language)
    await bothLooks(page, name, language)
  }
}
