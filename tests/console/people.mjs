// The ten roles and who holds them: named at the first run and at the people page, confirmed by the security officer.
import { day } from './harness.mjs'
import { interfaceOf } from './sign_in.mjs'

export const people = {
  administrator: { name: day.administrator, password: day.password },
  security: { name: '许静' }, auditor: { name: '陈立军' }, reviewer: { name: '林晓东' }, chief: { name: '赵明远' },
  team_lead: { name: '孙立' }, inspector: { name: day.inspectors[0] }, unit_clerk: { name: '何静' }, vice_mayor: { name: '副市长甲' }, mayor: { name: '郑国安' },
}
export const ROLES = Object.keys(people)
/** Granted and never confirmed: what waits on the security officer's desk. */
export const newcomer = { name: '新来的人' }
const MORE = { team_lead: { team: '督查一组' } }

/** Everybody who is not there yet, by the administrator's and the security officer's own acts. */
export async function bringEverybody() {
  const administrator = await interfaceOf(people.administrator)
  const units = (await administrator.done('GET', 'lookup/units?limit=10')).rows
  for (const role of ['chief', 'team_lead', 'unit_clerk', 'vice_mayor', 'mayor']) {
    const more = role === 'unit_clerk' ? { unit: units.find((u) => u.code === 'u1').id } : (MORE[role] ?? {})
    people[role].password = (await administrator.done('POST', 'people', { name: people[role].name, role, ...more })).password
  }
  const known = (await administrator.done('GET', 'people?limit=200')).rows
  const inspector = known.find((p) => p.name === people.inspector.name)
  people.inspector.password = (await administrator.done('POST', `people/${inspector.id}/password`, {})).password
  await confirmAll()
  newcomer.password = (await administrator.done('POST', 'people', { name: newcomer.name, role: 'reviewer' })).password
}

export async function confirmAll() {
  const security = await interfaceOf(people.security)
  for (const person of (await security.done('GET', 'people?limit=200')).rows) {
    for (const grant of person.roles.filter((g) => g.state === 'waiting')) await security.done('POST', `people/roles/${grant.id}/confirm`, {})
  }
}
