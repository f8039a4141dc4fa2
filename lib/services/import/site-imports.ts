import { existsSync } from 'node:fs'
import type { ReadableStream } from 'node:stream/web'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { ImportMapping, ImportPreview } from '@/lib/contracts/import'
import { importRequestSchema, importResultSchema, type ImportJob } from '@/lib/contracts/import-jobs'
import {
  cancelJob,
  createJob,
  findJob,
  listJobs,
  newJobId,
  retryJob,
  startJob,
  type BackgroundJob,
} from '@/lib/data/background-jobs'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { UsageError } from '@/lib/infra/usage-error'
import { withoutPaths } from './import-job'
import { surveyFile } from './survey-file'
import { forgetJobFiles, receiveUpload, rejectedFileOf, uploadFile, UploadTooLargeError } from './upload-files'
import { roomForUpload } from './upload-quota'

const LISTED = 30

export interface NewImport {
  buildingId: string
  /** The file's name. */
  name: string
  body: ReadableStream<Uint8Array>
  mostBytes: number
  /** How large it says it is; NaN where it does not. */
  knownBytes: number
}

/**
 * Takes a file in and says how it would be read; nothing is imported until it is started.
 * @throws UsageError where it is of no known kind, UploadTooLargeError, UploadQuotaError, DiskFullError
 */
export async function uploadImportOf(
  user: CurrentUser,
  siteId: string,
  { buildingId, name, body, mostBytes, knownBytes }: NewImport,
): Promise<{ import: ImportJob; preview: ImportPreview } | null> {
  const site = await findSiteOf(user, siteId)
  const building = site?.buildings.find(({ id }) => id === buildingId)
  if (!site || !building) return null
  const id = newJobId()
  const uploader = { userId: user.id, siteId, buildingKeys: site.buildings.map(({ key }) => key) }
  const room = await roomForUpload(uploader, knownBytes, mostBytes)
  try {
    const bytes = await receiveUpload(id, body, room.bytes).catch((error: unknown) => {
      throw (error instanceof UploadTooLargeError && room.limit) || error
    })
    const preview = await surveyFile({ file: uploadFile(id), name, timeZone: site.timeZone, said: {} })
    const request = { file: uploadFile(id), name, said: {}, rejectedFile: rejectedFileOf(id), isUpload: true, bytes }
    const job = await createJob({
      id,
      kind: 'import',
      buildingKey: building.key,
      status: 'uploaded',
      request,
      requestedBy: user.id,
    })
    return { import: await toImport(job, site), preview }
  } catch (error) {
    forgetJobFiles(id)
    throw error instanceof UsageError ? new UsageError(error.message.replaceAll(uploadFile(id), name)) : error
  } finally {
    room.giveBack()
  }
}

/** The site's imports, newest first; null where the user has no such site. */
export async function listImportsOf(user: CurrentUser, siteId: string): Promise<ImportJob[] | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const jobs = await listJobs({ kind: 'import', buildingKeys: site.buildings.map(({ key }) => key), limit: LISTED })
  return Promise.all(jobs.map((job) => toImport(job, site)))
}

export async function getImportOf(user: CurrentUser, siteId: string, importId: string): Promise<ImportJob | null> {
  const found = await find(user, siteId, importId)
  return found && toImport(found.job, found.site)
}

/** How an uploaded file would be read as said. @throws UsageError saying what is wrong with what was said */
export async function previewImportOf(
  user: CurrentUser,
  siteId: string,
  importId: string,
  said: Partial<ImportMapping>,
): Promise<ImportPreview | null> {
  const found = await find(user, siteId, importId)
  if (found?.job.status !== 'uploaded') return null
  const request = importRequestSchema.parse(found.job.request)
  try {
    return await surveyFile({ file: request.file, name: request.name, timeZone: found.site.timeZone, said })
  } catch (error) {
    throw withoutPaths(error, request)
  }
}

/** Imports an uploaded file as said. @throws UsageError saying what is wrong with what was said */
export async function startImportOf(
  user: CurrentUser,
  siteId: string,
  importId: string,
  said: ImportMapping,
): Promise<ImportJob | null> {
  if (!(await previewImportOf(user, siteId, importId, said))) return null
  const found = await find(user, siteId, importId)
  if (!found) return null
  await startJob(importId, { ...importRequestSchema.parse(found.job.request), said })
  return getImportOf(user, siteId, importId)
}

/** Cancels an import, or lets one that failed or was cancelled go on. @returns null where there is none or it cannot */
export async function changeImportOf(
  user: CurrentUser,
  siteId: string,
  importId: string,
  action: 'cancel' | 'retry',
): Promise<ImportJob | null> {
  const found = await find(user, siteId, importId)
  if (!found) return null
  if (action === 'retry') {
    if (!existsSync(importRequestSchema.parse(found.job.request).file)) return null
    if (!(await retryJob(importId))) return null
  } else if (!(await cancelJob(importId))) return null
  return getImportOf(user, siteId, importId)
}

/** Where the rejected rows of an import lie; null where there are none. */
export async function rejectedRowsOf(
  user: CurrentUser,
  siteId: string,
  importId: string,
): Promise<{ file: string; name: string } | null> {
  const found = await find(user, siteId, importId)
  if (!found) return null
  const { rejectedFile, name } = importRequestSchema.parse(found.job.request)
  return existsSync(rejectedFile) ? { file: rejectedFile, name: `${name}.rejected.csv` } : null
}

async function find(user: CurrentUser, siteId: string, importId: string): Promise<{ job: BackgroundJob; site: SiteRow } | null> {
  const site = await findSiteOf(user, siteId)
  const job = site && (await findJob(importId))
  if (!site || job?.kind !== 'import') return null
  return site.buildings.some(({ key }) => key === job.buildingKey) ? { job, site } : null
}

async function toImport(job: BackgroundJob, site: SiteRow): Promise<ImportJob> {
  const result = importResultSchema.safeParse(job.result).data ?? null
  const estimate = result?.estimateJobId ? await findJob(result.estimateJobId) : null
  const { id, status, progress, message, error, createdAt, finishedAt } = job
  return {
    id,
    status,
    progress,
    message,
    error,
    createdAt,
    finishedAt,
    buildingId: site.buildings.find(({ key }) => key === job.buildingKey)?.id ?? '',
    name: importRequestSchema.parse(job.request).name,
    report: result,
    estimate: estimate && { status: estimate.status, progress: estimate.progress, error: estimate.error },
  }
}
