// Goal: the office's console in a real Chromium against a real server holds what design 10 says of every page and every role.
// Method: one browser and one server for all; what is tested stands in the files named here, in the order in which they run.
import { after, before } from 'node:test'
import { close, open } from './harness.mjs'
import { people } from './people.mjs'
import { leave } from './sign_in.mjs'

before(open)
after(async () => {
  await leave(...Object.values(people))
  await close()
})
await import('./day.mjs')
await import('./roles.mjs')
await import('./ledger.mjs')
await import('./papers.mjs')
await import('./orders.mjs')
await import('./keyboard.mjs')
await import('./live.mjs')
await import('./looks.mjs')
await import('./tokens.mjs')
await import('./dialogs.mjs')
await import('./sheets.mjs')
await import('./erasures.mjs')
await import('./touch.mjs')
