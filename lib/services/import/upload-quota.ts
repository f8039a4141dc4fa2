import { statfs } from 'node:fs/promises'
import { abandonUploads, keptUploadBytes } from '@/lib/data/kept-uploads'
import { env } from '@/lib/env'
import { importFolder } from './import-job'
import { forgetUploadOf } from './upload-files'

const MEGABYTE = 1024 * 1024
/** PostgreSQL stops where the disk is full. */
const KEPT_FREE_BYTES = 1024 * MEGABYTE

/** More would lie on disk for a site or a user than may. */
export class UploadQuotaError extends Error {
  override name = 'UploadQuotaError'
}

/** The disk has no room left for uploads. */
export class DiskFullError extends Error {
  override name = 'DiskFullError'
}

export interface Uploader {
  userId: string
  siteId: string
  buildingKeys: readonly number[]
}

interface Receiving {
  uploader: Uploader
  bytes: number
}

/** What this process is receiving, by what it may become. */
const receiving = new Set<Receiving>()

/** Room for one upload; must be given back once its job is noted down, or it failed. */
export interface UploadRoom {
  /** How large it may be. */
  bytes: number
  /** Why it may not be larger than that; null: because no upload may be. */
  limit: UploadQuotaError | DiskFullError | null
  giveBack(): void
}

/**
 * Sets room aside for an upload. Files of imports that failed or were cancelled make room for new ones.
 * @param knownBytes how large it says it is; NaN where it does not
 * @throws UploadQuotaError, DiskFullError
 */
export async function roomForUpload(uploader: Uploader, knownBytes: number, mostBytes: number): Promise<UploadRoom> {
  const isKnown = !Number.isNaN(knownBytes)
  const wantedBytes = isKnown ? knownBytes : mostBytes
  let found = await roomOf(uploader)
  if (found.bytes < wantedBytes) {
    for (const id of await abandonUploads(uploader.buildingKeys, uploader.userId)) forgetUploadOf(id)
    found = await roomOf(uploader)
  }
  if (found.bytes < (isKnown ? knownBytes : 1)) throw found.limit
  const bytes = Math.min(found.bytes, wantedBytes)
  const reserved = { uploader, bytes }
  receiving.add(reserved)
  return { bytes, limit: found.bytes < mostBytes ? found.limit : null, giveBack: () => void receiving.delete(reserved) }
}

async function roomOf(uploader: Uploader): Promise<{ bytes: number; limit: UploadQuotaError | DiskFullError }> {
  const { IMPORT_SITE_MEGABYTES: ofSite, IMPORT_USER_MEGABYTES: ofUser } = env()
  const kept = await keptUploadBytes(uploader.buildingKeys, uploader.userId)
  const { bavail, bsize } = await statfs(importFolder())
  const inFlight = (isSame: (other: Uploader) => boolean) =>
    [...receiving].reduce((sum, { uploader: other, bytes }) => sum + (isSame(other) ? bytes : 0), 0)
  const rooms = [
    {
      bytes: ofSite * MEGABYTE - kept.ofSite - inFlight(({ siteId }) => siteId === uploader.siteId),
      limit: quotaError('This site has', ofSite),
    },
    {
      bytes: ofUser * MEGABYTE - kept.ofUser - inFlight(({ userId }) => userId === uploader.userId),
      limit: quotaError('You have', ofUser),
    },
    {
      bytes: bavail * bsize - KEPT_FREE_BYTES - inFlight(() => true),
      limit: new DiskFullError('The server has no room for uploads left. Ask its administrator to free some.'),
    },
  ]
  return rooms.reduce((least, room) => (room.bytes < least.bytes ? room : least))
}

function quotaError(whose: string, megabytes: number): UploadQuotaError {
  return new UploadQuotaError(
    `${whose} room for ${megabytes} MB of uploads that are not imported yet, and with this file they would take more. Start or ` +
      'cancel the others first, or send this one in parts.',
  )
}
