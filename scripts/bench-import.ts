// npm run bench:import -- [--rows 20000000]: how fast a made-up meter file is read and stored, and in how much memory.
import { mkdtempSync, chmodSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ensureBuilding } from '@/lib/data/building-keys'
import { provideEnv } from '@/lib/env'
import { exitCodeOf, readArguments } from '@/lib/infra/command-line'
import { closePool, pool } from '@/lib/infra/db'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { UsageError } from '@/lib/infra/usage-error'
import { runImport } from '@/lib/services/import/run-import'

const TARGETS = { parsedRowsPerSecond: 100_000, storedRowsPerSecond: 40_000 }
const DEFAULT_ROWS = 20_000_000
const START_SECONDS = Date.UTC(2024, 0, 1) / 1000
const WRITE_ROWS = 20_000
const MEGABYTE = 1024 * 1024
/** So that a row has the 50 bytes that 1 GB of 20 million rows makes. */
const NOTE = 'meter-17 main feed L1-3'

const HELP = `Measures how fast a made-up meter file is read and stored here, in a database of its own, and in how much memory.

  npm run bench:import -- --rows 20000000

  --rows N                   one reading a second each (${DEFAULT_ROWS})
  --folder DIR               where the file and the database are made; they are removed at the end (the system's temporary folder)`

const { rows, folder } = setUp()
// PostgreSQL may run as another user.
chmodSync(folder, 0o711)
try {
  await bench()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function setUp(): { rows: number; folder: string } {
  try {
    const { values } = readArguments({
      options: { rows: { type: 'string' }, folder: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    if (values.help) {
      console.log(HELP)
      process.exit(0)
    }
    const count = Number(values.rows ?? DEFAULT_ROWS)
    if (!Number.isInteger(count) || count < 1) throw new UsageError(`--rows ${values.rows} is no whole number above 0.`)
    return { rows: count, folder: mkdtempSync(path.join(values.folder ?? tmpdir(), 'bench-import-')) }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(exitCodeOf(error))
  }
}

async function bench(): Promise<void> {
  const file = path.join(folder, 'meter.csv')
  await writeMeterFile(file)
  const megabytes = statSync(file).size / 1e6
  console.log(`${rows.toLocaleString('en')} rows, ${megabytes.toFixed(0)} MB, one reading a second of power`)
  const server = await startPostgres({ dataDir: folder, database: 'bench' })
  try {
    await migrate(server.url)
    provideEnv({ DATABASE_URL: server.url, LOG_LEVEL: 'warn' })
    const { key } = await ensureBuilding('bench')
    await importOnce(file, key, 'first time')
    await importOnce(file, key, 'again')
    const { rows: size } = await pool().query<{ bytes: string }>(
      `SELECT sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'power_raw'::regclass`,
    )
    console.log(`${(Number(size[0]?.bytes) / rows).toFixed(0)} bytes a row in the database`)
  } finally {
    await closePool()
    await server.stop()
  }
}

async function importOnce(file: string, key: number, what: string): Promise<void> {
  const memory = { startMegabytes: process.memoryUsage.rss() / MEGABYTE, mostMegabytes: 0 }
  const sampling = setInterval(
    () => (memory.mostMegabytes = Math.max(memory.mostMegabytes, process.memoryUsage.rss() / MEGABYTE)),
    100,
  )
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  let readAt = startedAt
  let readingCpuSeconds = 0
  const { report } = await runImport(
    {
      file,
      name: 'meter.csv',
      building: { key, timeZone: 'UTC' },
      said: {},
      rejectedFile: path.join(folder, 'rejected.csv'),
      scratchFolder: folder,
      nowSeconds: Date.now() / 1000,
    },
    {
      saved: null,
      save: async () => {},
      async progress(_, sentence) {
        if (!sentence.endsWith('read')) return
        readAt = performance.now()
        readingCpuSeconds = cpuSeconds(cpu)
      },
    },
  )
  clearInterval(sampling)
  const endedAt = performance.now()
  const allCpuSeconds = cpuSeconds(cpu)
  const parsed = (1000 * rows) / (readAt - startedAt)
  const stored = (1000 * rows) / (endedAt - readAt)
  console.log(
    `${what}: ${report.imported.toLocaleString('en')} imported, ${report.unchanged.toLocaleString('en')} already there\n` +
      `  parsed ${rate(parsed, TARGETS.parsedRowsPerSecond)}\n  stored ${rate(stored, TARGETS.storedRowsPerSecond)} (sorting and judging included)\n` +
      `  processor time of this process: ${readingCpuSeconds.toFixed(1)} s reading, ${(allCpuSeconds - readingCpuSeconds).toFixed(1)} s after\n` +
      `  memory ${memory.startMegabytes.toFixed(0)} MB at the start, ${memory.mostMegabytes.toFixed(0)} MB at most`,
  )
}

async function writeMeterFile(file: string): Promise<void> {
  const handle = await open(file, 'w')
  try {
    for (let from = 0; from < rows; from += WRITE_ROWS) {
      let text = from === 0 ? 'timestamp,power_total,note\n' : ''
      for (let i = from; i < Math.min(rows, from + WRITE_ROWS); i++) {
        const at = new Date((START_SECONDS + i) * 1000).toISOString()
        text += `${at.slice(0, 19)}Z,${(150 + 100 * Math.sin(i / 500) + (i % 7200 < 180 ? 2000 : 0)).toFixed(1)},${NOTE}\n`
      }
      await handle.write(text)
    }
  } finally {
    await handle.close()
  }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

function rate(perSecond: number, target: number): string {
  return `${Math.round(perSecond).toLocaleString('en')} rows/s, ${(perSecond / target).toFixed(2)} of the ${target.toLocaleString('en')} aimed at`
}
