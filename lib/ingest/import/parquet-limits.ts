import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from 'hyparquet'
import { parquetHeader } from 'hyparquet/src/column.js'
import { compressors, decompressZstd } from 'hyparquet-compressors'
import { UsageError } from '@/lib/infra/usage-error'

const MEGABYTE = 1024 * 1024
/** Of 100 columns in 1,000 row groups it is some ten. */
const MOST_METADATA_BYTES = 16 * MEGABYTE
/** Writers make pages of 1 MB, or one page of a whole row group. */
const MOST_PAGE_BYTES = 64 * MEGABYTE
const MOST_PAGE_VALUES = 5_000_000
/** Values that are in memory at a time: a page of each column. */
const MOST_CELLS = 30_000_000
/** Packed, of all columns that are read. */
const MOST_GROUP_BYTES = 512 * MEGABYTE
/** Sixteen years of a reading a second: runs of equal values make any number of rows out of a few bytes. */
const MOST_ROWS = 500_000_000
const FOOTER_BYTES = 8
const SMALLER_GROUPS = 'Write it again with smaller row groups and pages.'

/** Unpack to the length that a page's header says, which was checked before, and never to more. */
export const boundedCompressors: Compressors = {
  ...compressors,
  GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (input, length) => decompressZstd(input, new Uint8Array(length)),
}

/** Before the description of a file's content is read. @throws UsageError */
export async function assertMetadataSize(file: AsyncBuffer): Promise<void> {
  if (file.byteLength < FOOTER_BYTES + 4) throw new UsageError('it is too short.')
  const footer = new DataView(await file.slice(file.byteLength - FOOTER_BYTES, file.byteLength))
  const bytes = footer.getUint32(0, true)
  if (bytes > MOST_METADATA_BYTES)
    throw new UsageError(`its description takes ${megabytes(bytes)}, more than the ${megabytes(MOST_METADATA_BYTES)} there may be.`)
}

/** @throws UsageError where a file claims more rows than any meter makes */
export function assertRowCount({ num_rows: rows, row_groups: groups }: FileMetaData): void {
  const inGroups = groups.reduce((sum, group) => sum + group.num_rows, 0n)
  if (groups.some((group) => group.num_rows < 0n) || inGroups !== rows)
    throw new UsageError(`it claims ${rows.toLocaleString('en')} rows, but its row groups ${inGroups.toLocaleString('en')}.`)
  if (rows > BigInt(MOST_ROWS)) {
    throw new UsageError(
      `it claims ${rows.toLocaleString('en')} rows, more than the ${MOST_ROWS.toLocaleString('en')} there may be. Split it.`,
    )
  }
}

/**
 * Reads the headers of a row group's pages, and nothing else of them: whether they claim what can be held in memory, and as many
 * values as the group has rows.
 * @throws UsageError
 */
export async function assertGroupFits(file: AsyncBuffer, group: RowGroup, columns: readonly string[]): Promise<void> {
  const chunks = group.columns.flatMap(({ meta_data: chunk }) =>
    chunk && columns.includes(chunk.path_in_schema.join('.')) ? [chunk] : [],
  )
  if (chunks.length !== columns.length) throw new UsageError('a row group lacks some of its columns.')
  let groupBytes = 0
  let cells = 0
  for (const chunk of chunks) {
    const start = Number(chunk.dictionary_page_offset || chunk.data_page_offset)
    const bytes = Number(chunk.total_compressed_size)
    groupBytes += bytes
    if (!(start >= 0 && bytes >= 0 && start + bytes <= file.byteLength))
      throw new UsageError(`the column ${chunk.path_in_schema.join('.')} lies beyond its end.`)
    if (groupBytes > MOST_GROUP_BYTES)
      throw new UsageError(`a row group takes more than ${megabytes(MOST_GROUP_BYTES)}. ${SMALLER_GROUPS}`)
    cells += largestPage(await file.slice(start, start + bytes), group.num_rows, chunk.path_in_schema.join('.'))
    if (cells > MOST_CELLS) throw new UsageError(`its pages hold too many values to be read side by side. ${SMALLER_GROUPS}`)
  }
}

/** @returns the values of the largest of a column chunk's pages */
function largestPage(bytes: ArrayBuffer, groupRows: bigint, column: string): number {
  const reader = { view: new DataView(bytes), offset: 0 }
  let largest = 0
  let rows = 0
  while (reader.offset < bytes.byteLength - 1 && BigInt(rows) < groupRows) {
    const { type, compressed_page_size, uncompressed_page_size, ...header } = parquetHeader(reader)
    const { data_page_header: data, data_page_header_v2: data2, dictionary_page_header: dictionary } = header
    const values = (data ?? data2 ?? dictionary)?.num_values ?? 0
    if (!(values >= 0 && compressed_page_size >= 0 && uncompressed_page_size >= 0))
      throw new UsageError(`a page of the column ${column} has a negative size.`)
    if (uncompressed_page_size > MOST_PAGE_BYTES || values > MOST_PAGE_VALUES) {
      throw new UsageError(
        `a page of the column ${column} unpacks to ${values.toLocaleString('en')} values in ${megabytes(uncompressed_page_size)}; ` +
          `${MOST_PAGE_VALUES.toLocaleString('en')} and ${megabytes(MOST_PAGE_BYTES)} are the most. ${SMALLER_GROUPS}`,
      )
    }
    // Each value is made of the one before, so that a few bytes make any length.
    if ((data ?? data2)?.encoding === 'DELTA_BYTE_ARRAY')
      throw new UsageError(`the column ${column} is encoded as DELTA_BYTE_ARRAY. Write it again with another encoding.`)
    reader.offset += compressed_page_size
    if (reader.offset > bytes.byteLength) throw new UsageError(`a page of the column ${column} goes beyond its end.`)
    largest = Math.max(largest, values)
    if (type !== 'DICTIONARY_PAGE') rows += values
  }
  if (BigInt(rows) !== groupRows) {
    throw new UsageError(
      `the column ${column} has ${rows.toLocaleString('en')} values in a row group of ${groupRows.toLocaleString('en')} rows.`,
    )
  }
  return largest
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / MEGABYTE).toLocaleString('en')} MB`
