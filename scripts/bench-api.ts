// npm run bench:api: how fast the energy endpoints and pages answer over a year of minutes of many homes. Made-up minutes, a
// PostgreSQL of its own in a scratch folder, the built application, one endpoint after the other.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { makeSite, makeUser, TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { loadEndpoint } from './bench-api/load-endpoint'
import { startApplication } from './bench-api/start-application'

const HELP = `Measures the energy endpoints and pages here. Build first: npm run build

  npm run bench:api -- [--homes 20] [--days 365] [--connections 4] [--seconds 10] [--port 3990]`

const DAY_SECONDS = 86_400

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      homes: { type: 'string', default: '20' },
      days: { type: 'string', default: '365' },
      connections: { type: 'string', default: '4' },
      seconds: { type: 'string', default: '10' },
      port: { type: 'string', default: '3990' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const [homes, days, connections, seconds, port] = (['homes', 'days', 'connections', 'seconds', 'port'] as const).map(
    (name) => {
      const number = Number(values[name])
      if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be a whole number, not ${values[name]}.`)
      return number
    },
  ) as [number, number, number, number, number]

  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, Node ${process.version}`)
  const { folder: dataDir, remove } = scratchFolder()
  const postgres = await startPostgres({ dataDir, database: 'undercurrent_bench' })
  provideEnv({
    DATABASE_URL: postgres.url,
    LIVE_STORE: 'postgres',
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'warn',
    // One user asks all: what is measured is the answers, not the limit.
    RATE_LIMIT_PER_MINUTE: '0',
  })
  try {
    await migrate(postgres.url)
    const { siteIds, token } = await fill(homes, days)
    const application = await startApplication(port)
    try {
      const load = { base: application.url, token, connections, seconds }
      console.log(`\n${homes} homes, ${days} days of minutes, ${connections} connections, ${seconds} s each`)
      console.log('p50 ms   p95 ms   p99 ms   answers/s   errors   what')
      for (const [what, pathOf] of endpoints(days)) await loadEndpoint({ ...load, what, paths: siteIds.map(pathOf) })
    } finally {
      await application.stop()
    }
  } finally {
    await closePool()
    await postgres.stop()
    remove()
  }
}

function endpoints(days: number): [string, (siteId: string) => string][] {
  const dateOf = (back: number) => new Date(Date.now() - back * DAY_SECONDS * 1000).toISOString().slice(0, 10)
  const energy = (siteId: string, back: number, granularity: string) =>
    `/api/v1/sites/${siteId}/energy?from=${dateOf(back)}&to=${dateOf(-1)}&granularity=${granularity}`
  const date = dateOf(0)
  return [
    ['GET .../overview', (id) => `/api/v1/sites/${id}/overview`],
    ['GET .../metrics', (id) => `/api/v1/sites/${id}/metrics`],
    ['GET .../energy, a month by day', (id) => energy(id, Math.min(days, 31), 'day')],
    ['GET .../energy, a month by hour', (id) => energy(id, Math.min(days, 31), 'hour')],
    ['GET .../energy, all by day', (id) => energy(id, days, 'day')],
    ['GET .../energy, all by month', (id) => energy(id, days, 'month')],
    ['page /overview', (id) => `/overview?site=${id}`],
    ['page /history, month', (id) => `/history?site=${id}&view=month&date=${date}`],
    ['page /history, year', (id) => `/history?site=${id}&view=year&date=${date}`],
  ]
}

/** Every third home has solar; every fourth pays by time of use, the others one price. */
async function fill(homes: number, days: number): Promise<{ siteIds: string[]; token: string }> {
  const user = await makeUser('admin')
  const toSeconds = Math.floor(Date.now() / 3_600_000) * 3600
  const siteIds: string[] = []
  for (let home = 0; home < homes; home++) {
    const started = Date.now()
    const site = await makeSite([user])
    await writeMadeUpMinutes({
      buildingKey: site.buildingKey,
      fromSeconds: toSeconds - days * DAY_SECONDS,
      toSeconds,
      hasSolar: home % 3 === 0,
      variant: home,
    })
    await setCheckpoint(pool(), site.buildingKey, toSeconds - 120)
    if (home % 4 === 0) await enterTimeOfUse(site.id)
    siteIds.push(site.id)
    console.log(`home ${home + 1} of ${homes}: ${days} days in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  }
  await pool().query('VACUUM ANALYZE')
  return { siteIds, token: user.token }
}

async function enterTimeOfUse(siteId: string): Promise<void> {
  const night = { name: 'Night', weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', pricePerKwh: 0.22 }
  await pool().query(
    `INSERT INTO tariff (id, site_id, name, valid_from, currency, standing_charge_per_day, export_credit_per_kwh, rate)
     VALUES ($1, $2, 'Night', '2000-01-01', 'EUR', 0.4, 0.08, $3)`,
    [`tariff_${siteId}`, siteId, JSON.stringify({ kind: 'time_of_use', defaultPricePerKwh: 0.36, windows: [night] })],
  )
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
