// Goal: each of the ten roles sees its own pages and acts, and is refused every other one, at the page and at the interface
// alike. Method: everybody signs in; what the rail shows, where every address leads, and what every act answers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, go, settled } from './harness.mjs'
import { people, ROLES } from './people.mjs'
import { enter, interfaceOf } from './sign_in.mjs'

const OFFICE = ['reviewer', 'chief']
/** Design 10 §4, as far as this version has the pages. */
const PAGES = {
  desk: [...OFFICE, 'team_lead', 'security'], checks: [...OFFICE, 'team_lead', 'inspector'], conflicts: OFFICE, findings: [...OFFICE, 'team_lead', 'inspector'],
  rectifications: [...OFFICE, 'team_lead', 'inspector', 'unit_clerk', 'vice_mayor', 'mayor'],
  items: [...OFFICE, 'unit_clerk', 'vice_mayor', 'mayor'], requests: [...OFFICE, 'unit_clerk', 'vice_mayor', 'mayor'], escalation: OFFICE, ranking: [...OFFICE, 'unit_clerk', 'vice_mayor', 'mayor'],
  papers: [...OFFICE, 'unit_clerk', 'vice_mayor', 'mayor'],
  devices: ['team_lead', 'administrator', 'security'], people: ['administrator', 'security'], tokens: ['administrator', 'security', 'auditor'], erasures: [...OFFICE, 'security'], audit: ['auditor'],
}
const TITLES = { desk: '工作台', checks: '检查', conflicts: '两说不一', findings: '问题', rectifications: '整改', items: '总台账', requests: '申请与签批', escalation: '督办阶梯', ranking: '月排名', papers: '公文', devices: '平板', people: '人员与角色', tokens: '接口令牌', erasures: '抹除', audit: '操作审计' }
const OPENS_ON = { reviewer: 'desk', chief: 'desk', team_lead: 'checks', inspector: 'checks', administrator: 'devices', security: 'devices', auditor: 'audit', unit_clerk: 'items', vice_mayor: 'requests', mayor: 'requests' }
const NOBODY = '00000000-0000-4000-8000-000000000000'
/** Bodies that nothing accepts: whoever may is told that it is wrong, everybody else that it is not theirs. */
const ACTS = [
  [`checks/${day.check}/reviews`, OFFICE], [`checks/${day.check}/close`, OFFICE], [`checks/${day.check}/hand`, OFFICE], [`checks/${day.check}/readers/${NOBODY}/end`, OFFICE], [`checks/${day.check}/void`, OFFICE],
  [`checks/${day.check}/joins/${NOBODY}/admit`, OFFICE], [`checks/${day.check}/comments`, [...OFFICE, 'team_lead']],
  ['conflicts', OFFICE], [`conflicts/${NOBODY}.severity/decision`, OFFICE], [`findings/${NOBODY}/amend`, OFFICE], [`findings/${NOBODY}/void`, OFFICE],
  ['items', OFFICE], ['items/batch', OFFICE], [`items/${NOBODY}/correct`, OFFICE], [`items/${NOBODY}/complete`, OFFICE], [`items/${NOBODY}/reopen`, OFFICE], [`items/${NOBODY}/reports`, OFFICE],
  [`items/${NOBODY}/reports/${NOBODY}/submit`, ['unit_clerk']], [`items/${NOBODY}/reports/${NOBODY}/return`, OFFICE], [`items/${NOBODY}/reports/${NOBODY}/accept`, OFFICE],
  ['requests', [...OFFICE, 'unit_clerk']], [`requests/${NOBODY}/file`, [...OFFICE, 'unit_clerk']], [`requests/${NOBODY}/refuse`, [...OFFICE, 'vice_mayor', 'mayor']], [`requests/${NOBODY}/return`, [...OFFICE, 'vice_mayor', 'mayor']],
  [`items/${NOBODY}/steps`, OFFICE], [`items/${NOBODY}/steps/${NOBODY}/met`, OFFICE], [`items/${NOBODY}/events`, OFFICE], ['rankings/2020-01/publish', ['chief']],
  ['rectifications', OFFICE], [`rectifications/${NOBODY}/answer`, ['unit_clerk']], [`rectifications/${NOBODY}/review`, ['unit_clerk']],
  [`rectifications/${NOBODY}/accept`, OFFICE], [`rectifications/${NOBODY}/return`, OFFICE], [`rectifications/${NOBODY}/recheck`, OFFICE], [`rectifications/${NOBODY}/review/decision`, ['chief']],
  [`checks/${day.check}/erasures`, PAGES.erasures], [`checks/${day.check}/withholdings`, OFFICE], [`erasures/${NOBODY}/confirm`, ['chief', 'security']],
  ['tokens', ['administrator']], [`tokens/${NOBODY}/confirm`, ['security']], [`tokens/${NOBODY}/revoke`, ['administrator', 'security']],
  ['items/search', PAGES.items], ['checks/search', PAGES.checks], ['findings/search', PAGES.findings],
  ['devices/codes', ['administrator', 'security']], [`devices/${NOBODY}/revoke`, ['security']], [`devices/${NOBODY}/readmit`, ['security']],
  ['papers/drafts', OFFICE], ['papers', ['chief']], [`papers/${NOBODY}/revoke`, ['chief']],
  ['paper-drafts', OFFICE], [`paper-drafts/${NOBODY}/hand`, OFFICE], [`paper-drafts/${NOBODY}/return`, ['chief']], [`paper-drafts/${NOBODY}/drop`, OFFICE],
  ['people', ['administrator']], ['people/roles', ['administrator']], [`people/roles/${NOBODY}/confirm`, ['security']], [`people/roles/${NOBODY}/end`, ['administrator']],
  [`people/${NOBODY}/password`, ['administrator']], [`people/${NOBODY}/unlock`, ['security']], ['first-run/ledger', ['administrator']],
]
const LOOKS_AT = [
  [`checks/${day.check}`, PAGES.checks], [`checks/${day.check}/track`, PAGES.checks], [`checks/${day.check}/feed`, PAGES.checks],
  ['people/choices?role=inspector', [...OFFICE, 'team_lead', 'administrator', 'security']], ['lookup/units', [...OFFICE, 'team_lead', 'unit_clerk', 'administrator', 'security']], ['lookup/items', [...OFFICE, 'team_lead', 'administrator', 'security']],
  ['health', [...OFFICE, 'administrator', 'security', 'auditor']], ['checkpoints', ['auditor']],
  ['point-rules', OFFICE], ['paper-drafts', OFFICE], ['geo/sites', PAGES.checks], ['geo/tracks', PAGES.checks], ['geo/findings', PAGES.findings], ...Object.entries(PAGES).map(([entry, roles]) => [entry === 'ranking' ? 'rankings' : entry, roles]),
]
/** What is offered on the pages: `[role, path, selector, whether it is there]`. */
const OFFERED = [
  ['reviewer', `/checks/${day.third_check}`, '.verdict', true], ['reviewer', `/checks/${day.third_check}`, '.say', true],
  ['chief', `/checks/${day.third_check}`, '.verdict', true], ['team_lead', `/checks/${day.third_check}`, '.say', true], ['team_lead', `/checks/${day.third_check}`, '.verdict', false],
  ['inspector', `/checks/${day.third_check}`, '.say', false], ['inspector', `/checks/${day.third_check}`, '.verdict', false],
  ['administrator', '/devices', '.page-head .el-button', true], ['administrator', '/devices', 'td .link', false], ['security', '/devices', 'td .link', true],
  ['team_lead', '/devices', '.page-head .el-button', false], ['team_lead', '/devices', 'td .link', false],
  ['administrator', '/people', '.page-head .el-button', true], ['administrator', '/people', '.acts .link', true], ['security', '/people', '.page-head .el-button', false],
]
const READY = { '/devices': 'tbody tr', '/people': 'tbody tr' }

for (const role of ROLES) {
  test(`${role}: the rail, the first page, every address, every act`, async () => {
    const { page, done } = await enter(people[role])
    const own = Object.keys(PAGES).filter((entry) => PAGES[entry].includes(role))
    await page.waitForURL((url) => url.pathname === `/${OPENS_ON[role] ?? 'account'}`)
    await page.locator('nav.rail').waitFor()
    const rail = await page.locator('nav.rail a.entry').evaluateAll((links) => links.map((a) => a.getAttribute('href')))
    assert.deepEqual(rail, [...own.map((entry) => `/${entry}`), '/feedback'])

    for (const entry of Object.keys(PAGES)) {
      await go(page, `/${entry}`)
      if (own.includes(entry)) {
        await page.waitForFunction((title) => document.title.startsWith(title), TITLES[entry])
        await settled(page)
        assert.equal(await page.getByRole('alert').filter({ hasText: '不在您的权限内' }).count(), 0, `${role} at /${entry}`)
      } else if (entry === 'desk') {
        await page.waitForURL((url) => url.pathname === `/${OPENS_ON[role] ?? 'account'}`)
      } else {
        // What the page before was refused stands until this one has come.
        await page.waitForFunction((title) => document.title.startsWith(title), TITLES[entry])
        await page.getByRole('alert').filter({ hasText: '不在您的权限内' }).first().waitFor()
        assert.equal(await page.locator('main tbody tr').count(), 0, `${role} sees rows at /${entry}`)
      }
    }
    if (!PAGES.checks.includes(role)) {
      for (const path of [`/checks/${day.check}`, `/checks/${day.check}/photos/0123456789abcdef`]) {
        await go(page, path)
        await page.getByRole('alert').filter({ hasText: '不在您的权限内' }).first().waitFor()
        assert.equal(await page.getByText(day.finding).count(), 0)
      }
    }
    for (const [, path, selector, there] of OFFERED.filter(([who]) => who === role)) {
      await go(page, path)
      // The page before has rows as well: its title is the first thing that says that this one is there.
      if (READY[path]) await page.waitForFunction((title) => document.title.startsWith(title), TITLES[path.slice(1)])
      await page.locator(READY[path] ?? '.facts-line').first().waitFor()
      await settled(page)
      assert.equal((await page.locator(selector).count()) > 0, there, `${role} at ${path}: ${selector}`)
    }
    await done()

    const one = await interfaceOf(people[role])
    for (const [path, allowed] of LOOKS_AT) {
      const { status, body } = await one.get(path)
      assert.equal(body.code === 'not_yours', !allowed.includes(role), `${role}: GET ${path} answers ${status} ${body.code ?? ''}`)
      if (allowed.includes(role)) assert.equal(status, 200, `${role}: GET ${path} answers ${JSON.stringify(body)}`)
    }
    for (const [path, allowed] of ACTS) {
      const { status, body } = await one.post(path, { text: 7 })
      assert.equal(body.code === 'not_yours', !allowed.includes(role), `${role}: POST ${path} answers ${status} ${body.code ?? ''}`)
      assert.ok((status >= 400 && status < 500) || path.endsWith('/search'), `${role}: POST ${path} answers ${status}`)
    }
  })
}

test('an inspector sees the own checks and nobody else’s; a team lead those of the own team', async () => {
  const inspector = await interfaceOf(people.inspector)
  const own = (await inspector.done('GET', 'checks?view=all')).rows
  assert.ok(own.length > 0 && own.every((row) => row.inspectors.some((p) => p.name === people.inspector.name)))
  for (const path of [`checks/${day.second_check}`, `checks/${day.second_check}/feed`, `checks/${NOBODY}`]) {
    assert.equal((await inspector.get(path)).body.code, 'not_yours', path)
  }
  const lead = await interfaceOf(people.team_lead)
  const team = (await lead.done('GET', 'checks?view=all')).rows
  assert.ok(team.some((row) => row.inspectors.some((p) => p.name === day.inspectors[1])))
  const { page, done } = await enter(people.inspector, `/checks/${day.second_check}`)
  await page.getByRole('alert').filter({ hasText: '不在您的权限内' }).first().waitFor()
  await done()
})

test('who took part may read and not review', async () => {
  const chief = await interfaceOf(people.administrator)
  const person = (await chief.done('GET', 'people?limit=200')).rows.find((p) => p.name === day.inspectors[0])
  const grant = await chief.done('POST', 'people/roles', { person: person.id, role: 'reviewer', reason: '临时代理' })
  const security = await interfaceOf(people.security)
  const waiting = (await security.done('GET', 'people?limit=200')).rows.find((p) => p.id === person.id).roles.find((g) => g.state === 'waiting')
  assert.ok(waiting, JSON.stringify(grant))
  await security.done('POST', `people/roles/${waiting.id}/confirm`, {})
  const { page, done } = await enter(people.inspector, `/checks/${day.third_check}`)
  await page.getByText('您参加过这次检查，须回避。可以看，不能审核。').waitFor()
  assert.equal(await page.getByRole('button', { name: /^采信/ }).isDisabled(), true)
  const { log } = await (await interfaceOf(people.inspector)).done('GET', `checks/${day.third_check}`)
  const refused = await (await interfaceOf(people.inspector)).post(`checks/${day.third_check}/reviews`, { verdict: 'accept', base: { log } })
  assert.deepEqual([refused.status, refused.body.code], [403, 'recused'])
  await done()
  // The role ends with the reason, and the rail narrows with it.
  await chief.done('POST', `people/roles/${waiting.id}/end`, { reason: '代理结束' })
  assert.deepEqual((await (await interfaceOf(people.inspector)).done('GET', 'session')).entries, ['checks', 'findings', 'rectifications'])
})
