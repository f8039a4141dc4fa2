import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { findJobIds } from '@/lib/data/background-jobs'
import { importFolder } from './import-job'

/** Sent more than is allowed. */
export class UploadTooLargeError extends Error {
  override name = 'UploadTooLargeError'
}

export const uploadFile = (jobId: string) => path.join(importFolder(), `${jobId}.upload`)
export const rejectedFileOf = (jobId: string) => path.join(importFolder(), `${jobId}.rejected.csv`)

/**
 * Writes a body to disk as it comes; nothing of it stays where it breaks off.
 * @returns its bytes
 * @throws UploadTooLargeError
 */
export async function receiveUpload(jobId: string, body: ReadableStream<Uint8Array>, mostBytes: number): Promise<number> {
  const file = uploadFile(jobId)
  let bytes = 0
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > mostBytes) done(new UploadTooLargeError('The file is too large.'))
      else done(null, chunk)
    },
  })
  // Open before anything can break off: a stream that opens its file by itself may do so after it was deleted.
  const handle = await open(file, 'w', 0o600)
  try {
    await pipeline(Readable.fromWeb(body), counting, handle.createWriteStream())
    return bytes
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

/** Deletes the uploaded file of a job, and leaves what became of it. */
export const forgetUploadOf = (jobId: string) => rmSync(uploadFile(jobId), { force: true })

/** Deletes everything that was kept for a job. */
export function forgetJobFiles(jobId: string): void {
  const folder = importFolder()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (name.startsWith(`${jobId}.`)) rmSync(path.join(folder, name), { force: true })
  }
}

/** Time for a file that is being received, whose job is noted down only afterwards. */
const UNCLAIMED_MILLISECONDS = 3_600_000

/** Deletes what was kept for jobs that are no more: those of a building that was removed go with it. @returns the jobs' ids */
export async function forgetFilesWithoutJob(): Promise<string[]> {
  const folder = importFolder()
  const isOld = (name: string) => {
    const facts = statSync(path.join(folder, name), { throwIfNoEntry: false })
    return facts !== undefined && facts.mtimeMs < Date.now() - UNCLAIMED_MILLISECONDS
  }
  const ids = new Set(readdirSync(folder).filter(isOld).flatMap((name) => /^job_[\w-]+(?=\.)/.exec(name) ?? []))
  const known = await findJobIds([...ids])
  const gone = [...ids].filter((id) => !known.has(id))
  for (const id of gone) forgetJobFiles(id)
  return gone
}
