// npm run import -- FILE --building ID: measurements of the past into the database, and the models over them.
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { claimJob, createJob, finishJob, releaseJob } from '@/lib/data/background-jobs'
import { ensureBuilding, findBuildingByKey } from '@/lib/data/building-keys'
import { countLiveLeases } from '@/lib/data/leases'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { env } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { configureShutdown, onShutdown, shutdown } from '@/lib/infra/shutdown'
import { UsageError } from '@/lib/infra/usage-error'
import { openRowSource } from '@/lib/ingest/import/row-source'
import { planImport, previewOf } from '@/lib/ingest/import/import-plan'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { connectServers } from '@/lib/services/connect-servers'
import { runEstimateJob } from '@/lib/services/import/estimate-job'
import { runImportJob } from '@/lib/services/import/import-job'
import { JobHandedOverError, progressOf } from '@/lib/services/import/job-progress'
import { JOBS_LEASE_PREFIX } from '@/lib/services/import/work-off-jobs'
import { HELP, readImportOptions, type ImportOptions } from './import/import-options'
import { describePreview, describeReport } from './import/print-report'

const owner = `import-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
const stop = new AbortController()

try {
  const options = readImportOptions(process.argv.slice(2))
  if (!options) console.log(HELP)
  else if (options.isPreview) await preview(options)
  else await importFile(options)
  await shutdown('done')
} catch (error) {
  if (!(error instanceof JobHandedOverError)) console.error(error instanceof Error ? error.message : String(error))
  await shutdown('cannot go on', error instanceof UsageError ? 2 : 1)
}

async function preview({ file, said }: ImportOptions): Promise<void> {
  const plan = await planImport(await openRowSource(file), { timeZone: 'UTC' }, said)
  for (const line of describePreview(previewOf(plan))) console.log(line)
  if (!said.timeZone) console.log("Times without a zone are imported in that of the building's site; --time-zone shows them so here.")
}

async function importFile({ file, buildingId, rejectedFile, runModels, said }: ImportOptions): Promise<void> {
  // What cannot be read at all is said before any server is started.
  await planImport(await openRowSource(file), { timeZone: 'UTC' }, said)
  const log = createLogger('import')
  configureShutdown({ deadlineMilliseconds: 10_000 })
  await connectServers(log)
  onShutdown('database', closePool)
  const { key } = await ensureBuilding(buildingId)
  const building = await findBuildingByKey(key)
  const request = {
    file: path.resolve(file),
    name: path.basename(file),
    said,
    rejectedFile: path.resolve(rejectedFile),
    isUpload: false,
  }
  const job = await createJob({ kind: 'import', buildingKey: key, status: 'queued', request, requestedBy: null, owner })
  let working: Promise<unknown> = Promise.resolve()
  onShutdown('import', async () => {
    stop.abort()
    await working.catch(() => {})
  })
  console.log(`Importing ${file} into ${buildingId}; times without a zone are read as ${building?.timeZone ?? 'UTC'}.`)
  const importing = runImportJob(job, owner, progressOf(job.id, owner, stop.signal, say))
  working = importing.then(
    (result) => finishJob(job.id, owner, 'done', result, null),
    (error: unknown) =>
      finishJob(
        job.id,
        owner,
        stop.signal.aborted ? 'cancelled' : 'failed',
        null,
        error instanceof Error ? error.message : String(error),
      ),
  )
  const result = await importing
  await working
  endLine()
  for (const line of describeReport(result, rejectedFile)) console.log(line)
  if (result.estimateJobId === null) return
  if (!runModels || (await countLiveLeases(JOBS_LEASE_PREFIX)) > 0) {
    console.log('The models run over it in the background; the pages fill as they go.')
    return
  }
  working = estimate(result.estimateJobId)
  await working
}

/** Where no application runs that would. */
async function estimate(id: string): Promise<void> {
  const job = await claimJob('estimate', owner, id)
  if (!job) return
  const model = await loadSessionModel({ modelDir: env().MODEL_DIR, device: env().DEVICE })
  try {
    const versionId = await ensureModelVersion(model.description.name, model.description.version)
    console.log('The models run over it now; stopping leaves the rest to the next start of the application.')
    const { seconds } = await runEstimateJob(
      job,
      owner,
      { session: model, versionId },
      progressOf(job.id, owner, stop.signal, say),
    )
    await finishJob(id, owner, 'done', { seconds }, null)
    endLine()
    console.log('Done.')
  } catch (error) {
    await releaseJob(id, owner)
    throw error
  } finally {
    await model.close()
  }
}

function say(share: number, message: string): void {
  const text = `${Math.floor(share * 100)} %  ${message}`
  if (process.stdout.isTTY) process.stdout.write(`\r${text.padEnd(78)}`)
  else console.log(text)
}

function endLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r'.padEnd(79) + '\r')
}
