import { Problem } from './problem'

const MAX_TEXT_BYTES = 8 * 1024 * 1024

/** A body that is text, for instance a CSV file. @throws Problem where it is larger than 8 MiB or no UTF-8 */
export async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_TEXT_BYTES) throw new Problem(413, `The file is larger than ${MAX_TEXT_BYTES} bytes. Split it.`)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Problem(400, 'The file is not UTF-8 text. Save it as CSV in UTF-8.')
  }
}
