import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { UsageError } from '@/lib/infra/usage-error'

const READ_BYTES = 1 << 18
const HEAD_BYTES = 512
const LONGEST_LINE = 1 << 20
/** Ten years of a reading a second. */
const MOST_UNPACKED_BYTES = 16 * 1024 ** 3
/** Rows of a meter pack to a tenth, the most regular ones to a fiftieth; what goes beyond is no measurement. */
const MOST_UNPACKED_PER_PACKED = 200
/** Below this any ratio will do. */
const UNPACKED_ANYWAY_BYTES = 16 * 1024 ** 2

const GZIP = Buffer.from([0x1f, 0x8b])
/** Files people pass by mistake, by how they begin, and what to do with them. */
const OTHER_FORMATS: readonly [Buffer, string][] = [
  [GZIP, 'is compressed (gzip); unpack it first'],
  [Buffer.from('PK\x03\x04'), 'is a ZIP archive or an Excel workbook; unpack it, or save the sheet as CSV'],
  [Buffer.from('BZh'), 'is compressed (bzip2); unpack it first'],
  [Buffer.from([0xfd, 0x37, 0x7a, 0x58]), 'is compressed (xz); unpack it first'],
  [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'is compressed (zstd); unpack it first'],
  [Buffer.from('PAR1'), 'is a Parquet file; save it as CSV'],
  [Buffer.from('SQLite format 3'), 'is a SQLite database; export the table as CSV'],
]

/** Its mark in one byte order begins with that of UTF-16. */
const UTF_32 = [Buffer.from([0xff, 0xfe, 0, 0]), Buffer.from([0, 0, 0xfe, 0xff])]

export interface TextOptions {
  /** Whether a gzip file is read as what it holds; else it is refused like other archives. */
  unpack?: boolean
  /** Hears how many bytes of the file have been read. */
  onBytes?: (bytes: number) => void
}

/**
 * A text file's lines in batches, in constant memory: UTF-8, or UTF-16 by its byte order mark or its first letters; any line
 * ending, without the mark. NUL characters, which a logger leaves where its power failed, stay in their lines.
 * @throws UsageError where it cannot be read or is no text
 */
export async function* textLines(file: string, { unpack = false, onBytes }: TextOptions = {}): AsyncGenerator<string[]> {
  const isPacked = unpack && (await readHead(file)).subarray(0, GZIP.length).equals(GZIP)
  let decoder = isPacked ? null : new TextDecoder(encodingOf(await readHead(file), file))
  let rest = ''
  let lineCount = 0
  try {
    for await (const bytes of openBytes(file, isPacked, onBytes)) {
      decoder ??= new TextDecoder(encodingOf(bytes.subarray(0, HEAD_BYTES), file))
      const text = rest + decoder.decode(bytes, { stream: true })
      // A carriage return at the very end may be the first half of a line end.
      const lines = (text.endsWith('\r') ? text.slice(0, -1) : text).split(/\r\n|\n|\r/)
      rest = lines.pop()! + (text.endsWith('\r') ? '\r' : '')
      lineCount += lines.length
      if (rest.length > LONGEST_LINE) throw new UsageError(`Line ${lineCount + 1} of ${file} is over 1 MB; it is not a CSV file.`)
      if (lines.length > 0) yield lines
    }
  } catch (error) {
    throw error instanceof UsageError ? error : readFailure(file, error)
  }
  const last = (rest + (decoder?.decode() ?? '')).replace(/\r$/, '')
  if (last !== '') yield [last]
}

async function* openBytes(file: string, isPacked: boolean, onBytes?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const stored = createReadStream(file, { highWaterMark: READ_BYTES })
  const stream: Readable = isPacked ? stored.pipe(createGunzip({ chunkSize: READ_BYTES })) : stored
  // `pipe` passes no error on, and the end of the one that is read leaves the other open.
  if (isPacked) stored.on('error', (error) => stream.destroy(error))
  let unpackedBytes = 0
  try {
    for await (const bytes of stream) {
      onBytes?.(stored.bytesRead)
      unpackedBytes += (bytes as Buffer).length
      if (isPacked) assertUnpackedSize(file, unpackedBytes, stored.bytesRead)
      yield bytes as Buffer
    }
  } finally {
    stored.destroy()
  }
}

/** @param packedBytes read so far, which is somewhat more than what was unpacked of them */
function assertUnpackedSize(file: string, unpackedBytes: number, packedBytes: number): void {
  if (unpackedBytes > MOST_UNPACKED_BYTES) {
    throw new UsageError(`${file} unpacks to more than ${MOST_UNPACKED_BYTES / 1024 ** 3} GB. Split it, or unpack it first.`)
  }
  if (unpackedBytes > UNPACKED_ANYWAY_BYTES && unpackedBytes > MOST_UNPACKED_PER_PACKED * packedBytes) {
    throw new UsageError(
      `${file} unpacks to more than ${MOST_UNPACKED_PER_PACKED} times its size, which measurements never do. Unpack it first.`,
    )
  }
}

function encodingOf(head: Buffer, file: string): string {
  const format = OTHER_FORMATS.find(([begin]) => head.subarray(0, begin.length).equals(begin))
  if (format) throw new UsageError(`${file} ${format[1]}.`)
  const [first, second] = head
  if (UTF_32.some((begin) => head.subarray(0, begin.length).equals(begin))) throw new UsageError(`${file} is UTF-32; save it as UTF-8.`)
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  // The header's letters are ASCII, whose other half in UTF-16 is zero.
  if (first && second === 0) return 'utf-16le'
  if (first === 0 && second) return 'utf-16be'
  const firstLine = head.subarray(0, head.indexOf('\n') + 1 || head.length).toString('latin1')
  // oxlint-disable-next-line no-control-regex
  const looksBinary = head.includes(0) ? /[\0-\x08\x0e-\x1f\x80-\xff]/ : /[\x01-\x08\x0e-\x1f]/
  if (looksBinary.test(firstLine)) throw new UsageError(`${file} is not a text file.`)
  return 'utf-8'
}

async function readHead(file: string): Promise<Buffer> {
  try {
    const kind = await stat(file)
    // A pipe cannot be read twice, and a device may never end.
    if (!kind.isFile() && !kind.isDirectory()) throw new UsageError(`${file} is no regular file; save what comes from it first.`)
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw error instanceof UsageError ? error : readFailure(file, error)
  }
}

function readFailure(file: string, error: unknown): UsageError {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT') return new UsageError(`There is no ${file}.`)
  if (code === 'EISDIR') return new UsageError(`${file} is a folder, not a CSV file.`)
  if (code === 'EACCES') return new UsageError(`${file} may not be read by this user.`)
  if (code?.startsWith('Z_')) return new UsageError(`${file} is damaged: its gzip data ends early or cannot be unpacked.`)
  return new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
}
