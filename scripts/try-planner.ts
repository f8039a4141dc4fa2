import { DateTime } from 'luxon'
import { Planner } from '@/lib/assistant/planner/planner'
const p = await Planner.load('models/assistant')
const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
for (const q of process.argv.slice(2)) {
  const t = performance.now()
  console.log(p.readsAs(q, { now }))
  const r = await p.plan(q, { now })
  console.log(JSON.stringify(r), (performance.now() - t).toFixed(1))
}
