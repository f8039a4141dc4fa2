import { createWriteStream, existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
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
  try {
    await pipeline(Readable.fromWeb(body), counting, createWriteStream(file, { mode: 0o600 }))
    return bytes
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  }
}

/** Deletes everything that was kept for a job. */
export function forgetJobFiles(jobId: string): void {
  const folder = importFolder()
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (name.startsWith(`${jobId}.`)) rmSync(path.join(folder, name), { force: true })
  }
}
