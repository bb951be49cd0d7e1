// Goal: every page, in both looks and both languages, has no serious finding of axe-core, no error, and no request elsewhere; a
// picture of each is left for people to look at where a folder was named. Method: the walk of each role that has the page.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { bothLooks, speak } from './every_look.mjs'
import { day, go, LANGUAGES } from './harness.mjs'
import { newcomer, people } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

/** Nothing on a page that stands still may be wider than the page, whatever the language. */
async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the window`)
}

/** `[name, path, a selector that is there once the page has what it shows]` */
async function walk(person, pages) {
  const { page, done } = await enter(person)
  await page.locator('nav.rail').waitFor()
  for (const language of LANGUAGES) {
    await speak(page, language)
    for (const [name, path, ready] of pages) {
      await go(page, path)
      await page.locator(ready).first().waitFor()
      await fits(page, `${name} in ${language}`)
      await bothLooks(page, name, language)
    }
  }
  await speak(page, 'zh')
  await done()
}

test('every page of a reviewer, in both looks and languages', async () => {
  const reviewer = await interfaceOf(people.reviewer)
  const [finding] = (await reviewer.done('GET', `checks/${day.check}`)).findings
  const [conflict] = (await reviewer.done('GET', 'conflicts')).rows
  assert.ok(conflict, 'the two inspectors disagree about one finding')
  // Both had seen what the finding was recorded with, and the desk says so.
  const { values } = await reviewer.done('GET', `conflicts/${conflict.id}`)
  for (const { saw } of values) assert.deepEqual(saw.map((s) => s.value), ['major'])
  const photo = (await reviewer.done('GET', `checks/${day.second_check}`)).photos_list[0].digest.slice(0, 16)
  await walk(people.reviewer, [
    ['desk', '/desk', '.item'],
    ['checks', '/checks', 'tbody tr'],
    ['checks-all', '/checks?view=all', 'tbody tr'],
    ['checks-nothing', '/checks?view=all&sev=critical&wide=6&imported=1&att=exception&from=2020-01-01&to=2020-01-02', '.empty'],
    ['evidence-accepted', `/checks/${day.check}`, '.verdict'],
    ['evidence-returned', `/checks/${day.returned}?view=returned`, '.verdict'],
    ['evidence-conflict', `/checks/${day.conflict_check}?view=conflict`, '.conflict'],
    ['evidence-under-way', `/checks/${day.under_way}?view=arriving`, '.verdict'],
    ['photo-conflict', `/checks/${day.second_check}/photos/${photo}`, '.facts-side'],
    ['conflicts', `/conflicts/${conflict.id}`, '.three input'],
    ['findings', '/findings', 'tbody tr'],
    ['finding', `/findings/${finding.id}`, 'aside ol li'],
    ['rectifications', '/rectifications', '.card'],
    ['rectifications-table', '/rectifications?layout=table', 'tbody tr'],
    ['items', '/items', 'tbody tr'],
    ['items-nothing', '/items?lamp=withdrawn&source=5', '.empty'],
    ['requests', '/requests?state=all', '.ztable'],
    ['escalation', '/escalation?as_of=2026-12-30', '.one'],
    ['escalation-nothing', '/escalation?as_of=2026-09-02', '.empty'],
    ['ranking', '/ranking', 'aside .num, aside .dim'],
    ['ranking-charts', '/ranking?view=charts', '.charts svg'],
    ['refused', '/audit', '[role=alert]'],
    ['account', '/account', 'section li'],
    ['feedback', '/feedback', 'form'],
    ['nowhere', '/nothing/here', 'h1'],
  ])
})

test('every page of the other roles, in both looks and languages', async () => {
  await walk(people.security, [['security-desk', '/desk', '.item'], ['security-devices', '/devices', 'tbody tr'], ['security-people', '/people', 'tbody tr']])
  await walk(people.administrator, [['devices', '/devices', 'tbody tr'], ['people', '/people', 'tbody tr']])
  await walk(people.auditor, [['audit', '/audit', 'tbody tr'], ['audit-refused', '/audit?result=refused', 'tbody tr']])
  await walk(people.team_lead, [['team-desk', '/desk', '.item'], ['team-evidence', `/checks/${day.returned}`, '.facts-line']])
  await walk(people.inspector, [['own-checks', '/checks', 'tbody tr']])
  await walk(people.unit_clerk, [['clerk-papers', '/papers', 'tbody tr'], ['clerk-account', '/account', 'section li']])
})

test('the desk of the security officer names what waits there', async () => {
  const { page, done } = await enter(people.security, '/desk')
  const roles = page.locator('[data-kind=roles_to_confirm]')
  await roles.getByText(newcomer.name).first().waitFor()
  await page.locator('[data-kind=sign_in_alarms]').getByText('登录告警').first().waitFor()
  // A name stands clear of the chip before it, in either language.
  for (const language of LANGUAGES) {
    await speak(page, language)
    for (const item of await page.locator('.item').all()) {
      const [chip, name] = await Promise.all([item.locator('.chip').boundingBox(), item.locator('.what').boundingBox()])
      assert.ok(chip.x + chip.width + 4 <= name.x, `a chip ends at ${chip.x + chip.width}, the name begins at ${name.x}`)
    }
  }
  await speak(page, 'zh')
  await done()
})

test('English has its own quotation marks: no gap as wide as a Han character', async () => {
  const { page, done } = await enter(people.reviewer, '/feedback')
  await page.locator('button.account').waitFor()
  await speak(page, 'en')
  const widths = await page.evaluate(() => {
    const of = (text) => {
      const span = document.createElement('span')
      span.textContent = text
      document.body.append(span)
      const { width } = span.getBoundingClientRect()
      span.remove()
      return width
    }
    return { apart: of('inspector’s') - of('inspectors'), han: of('查') }
  })
  assert.ok(widths.apart < widths.han / 2, `the apostrophe takes ${widths.apart} px, a Han character ${widths.han}`)
  await speak(page, 'zh')
  await done()
})
