import { open } from 'node:fs/promises'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema, type AsyncBuffer, type FileMetaData } from 'hyparquet'
import { UsageError } from '@/lib/infra/usage-error'
import { assertGroupFits, assertMetadataSize, assertRowCount, boundedCompressors } from './parquet-limits'
import type { Cell, SourceRow } from './row-reader'

const SLICE_ROWS = 50_000
/** Of many columns fewer rows are made at a time. */
const SLICE_CELLS = 1_000_000
const MOST_COLUMNS = 2_000

export async function isParquet(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null)
  if (!handle) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    return bytesRead === 4 && buffer.toString('latin1') === 'PAR1'
  } catch {
    return false
  } finally {
    await handle.close()
  }
}

/** The flat columns and the first row's cells. @throws UsageError where the file is damaged, or claims what no memory holds */
export async function parquetColumns(file: string): Promise<{ columns: string[]; cells: Cell[] }> {
  return readable(file, async () => {
    const { metadata } = await openParquet(file)
    const columns = parquetSchema(metadata)
      .children.filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
      .map(({ element }) => element.name)
    if (columns.length > MOST_COLUMNS)
      throw new UsageError(`it has ${columns.length.toLocaleString('en')} columns; ${MOST_COLUMNS.toLocaleString('en')} are the most.`)
    if (metadata.num_rows === 0n) throw new UsageError('it has no rows.')
    for await (const [first] of parquetRows(file, columns, undefined, 1)) if (first) return { columns, cells: [...first.cells] }
    throw new UsageError('it has no rows.')
  })
}

/** Rows, a part of a row group at a time; their lines are counted as if there were a header. @throws UsageError */
export async function* parquetRows(
  file: string,
  columns: readonly string[],
  onBytes?: (bytes: number) => void,
  mostRows = Number.POSITIVE_INFINITY,
): AsyncGenerator<SourceRow[]> {
  const { buffer, metadata } = await readable(file, () => openParquet(file))
  const sliceRows = Math.max(1, Math.min(SLICE_ROWS, Math.floor(SLICE_CELLS / Math.max(1, columns.length))))
  let groupStart = 0
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows)
    if (groupStart < Math.min(groupEnd, mostRows)) await readable(file, () => assertGroupFits(buffer, group, columns))
    for (let rowStart = groupStart; rowStart < Math.min(groupEnd, mostRows); rowStart += sliceRows) {
      const rowEnd = Math.min(groupEnd, rowStart + sliceRows, mostRows)
      const objects = await readable(file, () =>
        parquetReadObjects({ file: buffer, metadata, columns: [...columns], rowStart, rowEnd, compressors: boundedCompressors }),
      )
      yield objects.map((object, index) => ({
        line: rowStart + index + 2,
        cells: columns.map((name) => toCell((object as Record<string, unknown>)[name])),
      }))
      onBytes?.(Math.round((buffer.byteLength * rowEnd) / Number(metadata.num_rows)))
    }
    groupStart = groupEnd
  }
}

async function openParquet(file: string): Promise<{ buffer: AsyncBuffer; metadata: FileMetaData }> {
  const buffer = await asyncBufferFromFile(file)
  await assertMetadataSize(buffer)
  const metadata = await parquetMetadataAsync(buffer)
  assertRowCount(metadata)
  return { buffer, metadata }
}

function toCell(value: unknown): Cell {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.getTime() / 1000
  if (typeof value === 'string') return value
  return typeof value === 'boolean' ? String(value) : ''
}

async function readable<Result>(file: string, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const start = `${file} cannot be read as Parquet: `
    throw new UsageError(said.startsWith(start) ? said : start + said.replace(/(?<![.!?])$/, '.'))
  }
}
