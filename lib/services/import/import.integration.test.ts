import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { ImportMapping } from '@/lib/contracts/import'
import { claimJob, createJob, findJob, newJobId, requestEstimate, cancelJob, retryJob } from '@/lib/data/background-jobs'
import { energyBetween } from '@/lib/data/energy-period'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { deleteBuilding } from '@/lib/data/site-write'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { stepModel } from '@/lib/nilm/testing/step-network'
import { readStored } from '@/scripts/testing/stored-series'
import { makeSite, type TestSite } from '@/scripts/testing/place-fixtures'
import { runEstimateJob } from './estimate-job'
import { runImportJob } from './import-job'
import { progressOf } from './job-progress'
import { forgetFilesWithoutJob, rejectedFileOf, uploadFile } from './upload-files'
import { workOffJobs } from './work-off-jobs'

const T0 = Date.UTC(2024, 0, 25, 12) / 1000
const HOUR = 3600
let folder: string
let versionId: number

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'imports-'))
  provideEnv({ DATABASE_URL: inject('databaseUrl'), DATA_DIR: folder })
  versionId = await ensureModelVersion('step', 'step-1')
})
afterAll(async () => {
  await closePool()
  rmSync(folder, { recursive: true, force: true })
})

const model = () => stepModel({ ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [-4, 4] } })
const never = new AbortController().signal
const kettleIsOn = (second: number) => second % 1800 >= 600 && second % 1800 < 720
const mains = (seconds: number, from = 0) =>
  [
    'timestamp,power_total',
    ...Array.from({ length: seconds }, (_, i) => `${T0 + from + i},${kettleIsOn(from + i) ? 2100 : 100}`),
  ].join('\n')

async function importText(site: TestSite, text: string, { name = 'meter.csv', said = {} as Partial<ImportMapping> } = {}) {
  const file = path.join(folder, `${randomUUID()}.csv`)
  writeFileSync(file, text)
  const request = { file, name, said, rejectedFile: `${file}.rejected.csv`, isUpload: false }
  const owner = `test-${randomUUID()}`
  const job = await createJob({
    kind: 'import',
    buildingKey: site.buildingKey,
    status: 'queued',
    request,
    requestedBy: null,
    owner,
  })
  const report = await runImportJob(job, owner, progressOf(job.id, owner, never))
  return { report, rejected: existsSync(request.rejectedFile) ? readFileSync(request.rejectedFile, 'utf8') : null }
}

async function estimate(id: string | null): Promise<void> {
  const owner = `test-${randomUUID()}`
  const job = id === null ? null : await claimJob('estimate', owner, id)
  if (!job) throw new Error('There is nothing to estimate.')
  await runEstimateJob(job, owner, { session: model(), versionId }, progressOf(job.id, owner, never))
  await pool().query(`UPDATE background_job SET status = 'done', finished_at = now() WHERE id = $1`, [job.id])
}

const stored = ({ buildingId }: TestSite) => readStored(pool(), buildingId)
const runsOf = async (site: TestSite) => (await stored(site)).runs

describe('a meter file', { timeout: 120_000 }, () => {
  it('becomes readings, then minutes, hours and runs; the same file again changes nothing', async () => {
    const site = await makeSite([])
    const first = await importText(site, mains(2 * HOUR))
    expect(first.report).toMatchObject({ read: 7200, imported: 7200, unchanged: 0, rejected: 0, stored: { mains: 7200 } })
    await estimate(first.report.estimateJobId)
    const before = await stored(site)
    const measuredWh = (7200 * 100 + 4 * 120 * 2000) / 3600
    expect(before.meterWh).toBeCloseTo(measuredWh, 6)
    expect(before.hourMeterWh).toBeCloseTo(measuredWh, 6)
    expect(before.coveredSeconds).toBeCloseTo(7200, 3)
    expect(before.runs).toHaveLength(4)
    expect(before.worstMinuteExcessWh).toBeLessThan(1e-9)
    const again = await importText(site, mains(2 * HOUR))
    expect(again.report).toMatchObject({ imported: 0, unchanged: 7200, estimateJobId: null })
    expect(await stored(site)).toEqual(before)
  })

  it('in two parts, the later one first, gives what it gives as a whole', async () => {
    const [whole, parts] = [await makeSite([]), await makeSite([])]
    await estimate((await importText(whole, mains(2 * HOUR))).report.estimateJobId)
    // The cut is in the middle of a run.
    const cut = 2460
    await estimate((await importText(parts, mains(2 * HOUR - cut, cut))).report.estimateJobId)
    await estimate((await importText(parts, mains(cut))).report.estimateJobId)
    const [expected, found] = [await stored(whole), await stored(parts)]
    expect(found.meterWh).toBeCloseTo(expected.meterWh, 6)
    expect(found.runs).toEqual(expected.runs)
  })

  it('with the day and the time of day in columns of their own becomes readings of those seconds', async () => {
    const site = await makeSite([])
    const rows = Array.from({ length: 600 }, (_, i) => {
      const clock = new Date((T0 + i) * 1000).toISOString().slice(11, 19)
      return `25.01.2024;${clock};1,2;230,5`
    })
    const text = ['Datum;Uhrzeit;Wirkleistung [kW];Spannung (V)', ...rows].join('\n')
    const { report } = await importText(site, text, { said: { timeZone: 'UTC' } })
    expect(report).toMatchObject({ read: 600, imported: 600, rejected: 0, fromSeconds: T0, toSeconds: T0 + 599 })
    await estimate(report.estimateJobId)
    expect((await stored(site)).meterWh).toBeCloseTo(200, 6)
  })

  it('that fills a hole before live readings leaves what the live session stored and is not seen by its restore', async () => {
    const site = await makeSite([])
    const livePosition = T0 + 5 * HOUR
    await pool().query(`INSERT INTO session_checkpoint (building_key, position, state) VALUES ($1, $2, '{"format":2}')`, [
      site.buildingKey,
      livePosition,
    ])
    const { report } = await importText(site, mains(2 * HOUR, 4 * HOUR))
    expect(report.imported).toBe(7200)
    const { rows } = await pool().query<{ late: number; checkpoints: number }>(
      `SELECT (SELECT count(*) FROM power_raw WHERE building_key = $1 AND late)::int AS late,
         (SELECT count(*) FROM session_checkpoint WHERE building_key = $1 AND position = $2)::int AS checkpoints`,
      [site.buildingKey, livePosition],
    )
    expect(rows[0]).toEqual({ late: 7200, checkpoints: 1 })
    // Late readings are integrated at once; the models leave the live session's time to it.
    expect((await stored(site)).meterWh).toBeGreaterThan(190)
    await estimate(report.estimateJobId)
    for (const run of await runsOf(site)) expect(Number(run.split(' ')[1])).toBeLessThan(livePosition - 600)
  })

  it('slower than 90 s becomes minutes of energy that add up', async () => {
    const site = await makeSite([])
    const rows = Array.from({ length: 48 }, (_, i) => `${new Date((T0 + i * 1800) * 1000).toISOString()},${i % 7}`)
    const { report } = await importText(site, ['start,kWh', ...rows].join('\n'))
    const kwh = Array.from({ length: 48 }, (_, i) => i % 7).reduce((sum, value) => sum + value, 0)
    expect(report).toMatchObject({ imported: 48, estimateJobId: null })
    const energy = await energyBetween(site.buildingKey, T0 - HOUR, T0 + 25 * HOUR)
    expect(energy.meterWh).toBeCloseTo(1000 * kwh, 6)
    expect(energy.coveredSeconds).toBeCloseTo(48 * 1800, 3)
    expect((await importText(site, ['start,kWh', ...rows].join('\n'))).report).toMatchObject({ imported: 0, unchanged: 48 })
  })
})

describe('an electrical_data file', () => {
  const head =
    'DateTime,Voltage,Current,Real Power,Reactive Power,Apparent Power,Power Factor,Frequency,THD,Real Power (W),Cluster,Device_State'
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      `2024-01-25 12:00:${String(i).padStart(2, '0')},230,4.5,1,0.2,1.1,0.95,50,${i === 9 ? -4 : 3},1000,${i % 3},${i % 2 ? 'Fridge' : 'Oven'}`,
  )

  it("is stored by device in SI units, in the site's time zone; impossible values are left out; again it changes nothing", async () => {
    const site = await makeSite([])
    const text = [head, ...rows, 'never,1,1,1,1,1,1,1,1,1,1,Fridge'].join('\n')
    const { report, rejected } = await importText(site, text)
    expect(report).toMatchObject({
      read: 61,
      imported: 60,
      repaired: 1,
      rejected: 1,
      stored: { mains: 0, electrical: 60 },
      estimateJobId: null,
    })
    expect(rejected).toBe('line,reason,row\n62,time unreadable,"never,1,1,1,1,1,1,1,1,1,1,Fridge"\n')
    const found = await pool().query(
      `SELECT extract(epoch FROM recorded_at)::float8 AS ts, real_power_watts AS p, reactive_power_var AS q, apparent_power_va AS s, thd_percent AS thd, cluster
       FROM electrical_data WHERE building_key = $1 AND device_state = 'Fridge' ORDER BY 1 LIMIT 5`,
      [site.buildingKey],
    )
    // 12:00 in Berlin is 11:00 in UTC.
    expect(found.rows[4]).toEqual({ ts: T0 - HOUR + 9, p: 1000, q: 200, s: 1100, thd: null, cluster: 0 })
    expect((await importText(site, text)).report).toMatchObject({ imported: 0, unchanged: 60, rejected: 1 })
  })

  it("counts as the building's mains where somebody says so", async () => {
    const site = await makeSite([])
    const { report } = await importText(site, [head, ...rows].join('\n'), { said: { mains: 'yes' } })
    expect(report.stored).toEqual({ mains: 60, electrical: 60, minutes: 0 })
  })
})

describe('a job', { timeout: 120_000 }, () => {
  async function queueImport(site: TestSite, seconds: number): Promise<string> {
    const file = path.join(folder, `${randomUUID()}.csv`)
    writeFileSync(file, mains(seconds))
    const request = { file, name: 'meter.csv', said: {}, rejectedFile: `${file}.rejected.csv`, isUpload: false }
    return (await createJob({ kind: 'import', buildingKey: site.buildingKey, status: 'queued', request, requestedBy: null })).id
  }
  const log = createLogger('test')

  it('whose process dies goes on in the next one from what was stored, and counts each row once', async () => {
    const site = await makeSite([])
    const id = await queueImport(site, 30_000)
    const died = await claimJob('import', 'one that dies', id)
    let reports = 0
    await expect(
      runImportJob(died!, 'one that dies', async (share) => {
        if (share > 0.5 && reports++ > 0) throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    const half = (await findJob(id))?.state as { batches: number; imported: number }
    expect(half.imported).toBe(half.batches * 10_000)
    expect(await claimJob('import', 'the next one', id)).toBeNull()
    await pool().query(`UPDATE background_job SET lease_expires_at = now() - interval '1 second' WHERE id = $1`, [id])
    const owner = 'the next one'
    await workOffJobs('import', { owner, stopped: never, log }, (job) =>
      runImportJob(job, owner, progressOf(job.id, owner, never)),
    )
    expect((await findJob(id))?.result).toMatchObject({ imported: 30_000, unchanged: 0, stored: { mains: 30_000 } })
    // Who lost the job stores nothing more.
    await expect(runImportJob(died!, 'one that dies', async () => {})).rejects.toThrow(/another process/)
  })

  it('that is cancelled keeps what it stored, has it estimated, and can go on', async () => {
    const site = await makeSite([])
    const id = await queueImport(site, 30_000)
    const owner = `test-${randomUUID()}`
    const context = { owner, stopped: never, log }
    let cancelled = false
    await workOffJobs('import', context, (job) =>
      runImportJob(job, owner, async (share) => {
        if (share <= 0.7 || cancelled) return
        cancelled = await cancelJob(id)
        await progressOf(id, owner, never)(share, '')
      }),
    )
    expect(await findJob(id)).toMatchObject({ status: 'cancelled' })
    expect((await stored(site)).readings).toBeGreaterThan(0)
    expect((await stored(site)).readings).toBeLessThan(30_000)
    expect(await retryJob(id)).toBe(true)
    await workOffJobs('import', context, (job) => runImportJob(job, owner, progressOf(job.id, owner, never)))
    expect(await findJob(id)).toMatchObject({ status: 'done', result: { imported: 30_000 } })
  })

  it('to estimate takes more stretches in while it waits, and goes on after a crash where it had come to', async () => {
    const site = await makeSite([])
    await importText(site, mains(14 * HOUR))
    const id = await requestEstimate(site.buildingKey, [[Math.floor(T0 / 900), Math.floor(T0 / 900) + 3]], null)
    expect(await requestEstimate(site.buildingKey, [[Math.floor(T0 / 900), Math.floor(T0 / 900)]], null)).toBe(id)
    const died = await claimJob('estimate', 'one that dies', id)
    const work = runEstimateJob(died!, 'one that dies', { session: model(), versionId }, async (share) => {
      if (share > 0.6) throw new Error('killed')
    })
    await expect(work).rejects.toThrow('killed')
    expect((await findJob(id))?.state).toMatchObject({ done: 0, reachedSeconds: T0 + 6 * HOUR - 180 })
    await pool().query(`UPDATE background_job SET lease_expires_at = now() - interval '1 second' WHERE id = $1`, [id])
    await estimate(id)
    const { runs, meterWh, coveredSeconds } = await stored(site)
    expect(runs).toHaveLength(28)
    expect(coveredSeconds).toBeCloseTo(14 * HOUR, 3)
    expect(meterWh).toBeCloseTo((14 * HOUR * 100 + 28 * 120 * 2000) / 3600, 6)
  })
})

it('what was uploaded for a building goes with it; what is being uploaded and what is still a job’s stay', async () => {
  const [site, kept] = [await makeSite([]), await makeSite([])]
  const waiting = { kind: 'import', status: 'uploaded', request: {}, requestedBy: null } as const
  const gone = await createJob({ ...waiting, buildingKey: site.buildingKey })
  const other = await createJob({ ...waiting, buildingKey: kept.buildingKey })
  const receiving = newJobId()
  const files = [uploadFile(gone.id), rejectedFileOf(gone.id), uploadFile(other.id), uploadFile(receiving)]
  for (const file of files) writeFileSync(file, 'timestamp,power_total')
  const longAgo = new Date(Date.now() - 2 * HOUR * 1000)
  for (const file of files.slice(0, 3)) utimesSync(file, longAgo, longAgo)
  await deleteBuilding(site.id, site.buildingId)
  expect(await forgetFilesWithoutJob()).toEqual([gone.id])
  expect(files.map((file) => existsSync(file))).toEqual([false, false, true, true])
})

it('an import that cannot be read names the file as its sender does, not where it lies', async () => {
  const failure = await importText(await makeSite([]), 'PAR1 and nothing more', { name: 'meter.parquet' }).catch(String)
  expect(failure).toMatch(/meter\.parquet cannot be read/)
  expect(failure).not.toContain(folder)
})
