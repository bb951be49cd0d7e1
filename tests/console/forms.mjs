// What a person does with a form: days, choices, and the second factor that a signature may ask for.
import { oneTimeCode } from './sign_in.mjs'

/** The day in the city of the ledger. */
export const inDays = (n) => new Date(Date.now() + (8 + 24 * n) * 3_600_000).toISOString().slice(0, 10)
export const today = () => inDays(0)
/** Days are typed, as people who know them do. */
export async function typeDay(page, label, day) {
  const box = page.getByRole('combobox', { name: label }).or(page.getByLabel(label, { exact: true })).first()
  await box.fill(day)
  await box.press('Enter')
}
/** The same label stands on a filter behind the form. */
export async function pick(form, label, option) {
  await form.getByRole('combobox', { name: label, exact: true }).press('ArrowDown')
  await form.page().getByRole('option', { name: option, exact: typeof option === 'string' }).click()
}
/** Five minutes after the sign-in, which a slow machine reaches, a signature asks for the second factor again. */
export async function signs(page, person, done) {
  const code = page.getByLabel('动态口令（6 位数字）')
  await code.or(done).first().waitFor()
  if (await code.isVisible()) await code.fill(await oneTimeCode(person.secret))
  await done.waitFor()
}
