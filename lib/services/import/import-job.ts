import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { importRequestSchema, type ImportJobRequest, type ImportResult } from '@/lib/contracts/import-jobs'
import { requestEstimate, saveJobState, type BackgroundJob } from '@/lib/data/background-jobs'
import { findBuildingByKey } from '@/lib/data/building-keys'
import { env } from '@/lib/env'
import { UsageError } from '@/lib/infra/usage-error'
import type { StoredCounts } from './import-counts'
import type { Progress } from './job-progress'
import { runImport } from './run-import'

/** Where uploads, rejected rows and temporary data lie. */
export function importFolder(): string {
  const folder = path.resolve(env().DATA_DIR, 'imports')
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * Runs an import job from where it stopped, and asks for the models to run over what is new.
 * @throws UsageError where the file cannot be used, or what `progress` throws
 */
export async function runImportJob(job: BackgroundJob, owner: string, progress: Progress): Promise<ImportResult> {
  const request = importRequestSchema.parse(job.request)
  const building = await findBuildingByKey(job.buildingKey)
  if (!building) throw new UsageError('The building is gone.')
  const saved = job.state as StoredCounts | null
  const latest = { counts: saved }
  const askForEstimate = async () => {
    const quarters = latest.counts?.quarters ?? []
    return quarters.length === 0 ? null : requestEstimate(job.buildingKey, quarters, job.requestedBy)
  }
  try {
    const { report } = await runImport(
      {
        ...request,
        building: { key: job.buildingKey, timeZone: building.timeZone },
        scratchFolder: importFolder(),
        nowSeconds: job.createdAt,
      },
      {
        progress,
        saved,
        async save(client, counts) {
          await saveJobState(client, job.id, owner, counts)
          latest.counts = counts
        },
      },
    )
    return { ...report, estimateJobId: await askForEstimate() }
  } catch (error) {
    // What a cancelled or failed import has stored is there all the same.
    if (isFinal(error)) await askForEstimate()
    throw withoutPaths(error, request)
  }
}

const isFinal = (error: unknown) => error instanceof Error && ['JobCancelledError', 'UsageError'].includes(error.name)

/** The same error for who uploaded the file: where files lie here is nobody's business. */
export function withoutPaths(error: unknown, { file, name, rejectedFile }: ImportJobRequest): unknown {
  if (!(error instanceof UsageError)) return error
  return new UsageError(error.message.replaceAll(rejectedFile, 'the file of rejected rows').replaceAll(file, name))
}

/** Deletes the copy that was made for a job. */
export function forgetUpload(request: ImportJobRequest): void {
  if (request.isUpload) rmSync(request.file, { force: true })
}
