import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { UsageError } from '@/lib/infra/usage-error'

const READ_BYTES = 1 << 18
const LONGEST_LINE = 1 << 20

/**
 * A text file's lines in batches, in constant memory: UTF-8 or UTF-16 by its byte order mark, any line ending, without the mark.
 * @throws UsageError where it cannot be read or is no text
 */
export async function* textLines(file: string): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(await encodingOf(file))
  let rest = ''
  try {
    for await (const bytes of createReadStream(file, { highWaterMark: READ_BYTES })) {
      const text = rest + decoder.decode(bytes as Buffer, { stream: true })
      if (text.includes('\0')) throw new UsageError(`${file} is not a text file.`)
      // A carriage return at the very end may be the first half of a line end.
      const lines = (text.endsWith('\r') ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
      rest = lines.pop()! + (text.endsWith('\r') ? '\r' : '')
      if (rest.length > LONGEST_LINE) throw new UsageError(`${file} has a line of more than 1 MB; it is not a CSV file.`)
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    throw error instanceof UsageError ? error : readFailure(file, error)
  }
  const last = (rest + decoder.decode()).replace(/\r$/, '')
  if (last !== '') yield [last]
}

async function encodingOf(file: string): Promise<string> {
  try {
    const handle = await open(file)
    try {
      const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
      if (buffer[0] === 0xff && buffer[1] === 0xfe) return 'utf-16le'
      if (buffer[0] === 0xfe && buffer[1] === 0xff) return 'utf-16be'
      return 'utf-8'
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw readFailure(file, error)
  }
}

function readFailure(file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return new UsageError(`There is no ${file}.`)
  if (code === 'EISDIR') return new UsageError(`${file} is a folder, not a CSV file.`)
  return new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
}
