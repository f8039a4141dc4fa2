import { Problem } from './problem'

const MAX_BODY_BYTES = 1024 * 1024

/** A parameter given once is a string, given repeatedly an array. */
export function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url)
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((key) => {
      const values = searchParams.getAll(key)
      return [key, values.length === 1 ? (values[0] ?? '') : values]
    }),
  )
}

/** @throws Problem 413 when the body is too large, 400 when it is not JSON */
export async function readJson(request: Request, maxBodyBytes = MAX_BODY_BYTES): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBodyBytes) throw new Problem(413, `The body is larger than ${maxBodyBytes} bytes. Send less at a time.`)
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Problem(400, 'The body is not valid JSON.')
  }
}
