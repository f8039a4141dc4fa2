// npm run contract: does what runs at an address keep what clients of the services before it rely on? Knows nothing of the project's
// code: fetch, WebSocket and Redis only.
import { parseArgs } from 'node:util'
import { rowsOf } from './rows'
import { runRow, unknownNotBuilt } from './run-rows'
import type { Settings } from './settings'
import { World } from './world'

const HELP = `Checks the contract against a running application. Makes sites and removes them again: use a demo, not a home.

  npm run contract -- --url http://127.0.0.1:3000 --user user1 --password password123
    --admin admin --admin-password admin123   an administrator; the demo's where not given
    --redis-url redis://127.0.0.1:6379        where meters publish; without it the Redis contract is left out
    --origin https://energy.example.org       an origin that CORS_ORIGINS allows`

function readSettings(): Settings | null {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: {
      url: text, user: text, password: text, admin: text, 'admin-password': text, 'redis-url': text, origin: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return null
  if (!URL.canParse(values.url ?? '')) throw new Error('--url must say where the application runs, for instance http://127.0.0.1:3000.')
  return {
    baseUrl: values.url ?? '',
    user: { username: values.user ?? 'user1', password: values.password ?? 'password123' },
    admin: { username: values.admin ?? 'admin', password: values['admin-password'] ?? 'admin123' },
    redisUrl: values['redis-url'],
    origin: values.origin,
  }
}

/** @returns whether every row holds */
async function run(settings: Settings): Promise<boolean> {
  const rows = rowsOf(settings)
  const world = new World(settings)
  const counts = { ok: 0, absent: 0, FAIL: 0 }
  try {
    for (const row of rows) {
      const outcome = await runRow(row, world)
      counts[outcome.result] += 1
      console.log(`${outcome.result.padEnd(6)}  ${outcome.row}${outcome.result === 'FAIL' ? `\n        ${outcome.why}` : ''}`)
    }
  } finally {
    await world.close()
  }
  for (const name of unknownNotBuilt(rows)) {
    counts.FAIL += 1
    console.log(`FAIL    not-built.ts names ${name}, which is no row`)
  }
  if (!settings.redisUrl) console.log('The Redis contract was left out: --redis-url says where it is.')
  console.log(`\n${rows.length} rows: ${counts.ok} ok, ${counts.absent} absent, ${counts.FAIL} failed`)
  return counts.FAIL === 0
}

try {
  const settings = readSettings()
  if (!settings) console.log(HELP)
  else if (!(await run(settings))) process.exitCode = 1
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
