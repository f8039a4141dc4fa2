import { open } from 'node:fs/promises'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { UsageError } from '@/lib/infra/usage-error'
import type { Cell, SourceRow } from './row-reader'

const SLICE_ROWS = 50_000

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

/** The flat columns and the first row's cells. @throws UsageError where the file is damaged */
export async function parquetColumns(file: string): Promise<{ columns: string[]; cells: Cell[] }> {
  return readable(file, async () => {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(file))
    const columns = parquetSchema(metadata)
      .children.filter(({ children }) => children.length === 0)
      .map(({ element }) => element.name)
    if (metadata.num_rows === 0n) throw new UsageError(`${file} has no rows.`)
    for await (const [first] of parquetRows(file, columns, undefined, 1)) if (first) return { columns, cells: [...first.cells] }
    throw new UsageError(`${file} has no rows.`)
  })
}

/** Rows, a part of a row group at a time; their lines are counted as if there were a header. @throws UsageError */
export async function* parquetRows(
  file: string,
  columns: readonly string[],
  onBytes?: (bytes: number) => void,
  mostRows = Number.POSITIVE_INFINITY,
): AsyncGenerator<SourceRow[]> {
  const buffer = await asyncBufferFromFile(file)
  const metadata = await readable(file, () => parquetMetadataAsync(buffer))
  let groupStart = 0
  for (const group of metadata.row_groups) {
    const groupEnd = groupStart + Number(group.num_rows)
    for (let rowStart = groupStart; rowStart < Math.min(groupEnd, mostRows); rowStart += SLICE_ROWS) {
      const rowEnd = Math.min(groupEnd, rowStart + SLICE_ROWS, mostRows)
      const objects = await readable(file, () =>
        parquetReadObjects({ file: buffer, metadata, columns: [...columns], rowStart, rowEnd, compressors }),
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
    if (error instanceof UsageError) throw error
    throw new UsageError(`${file} cannot be read as Parquet: ${error instanceof Error ? error.message : String(error)}.`)
  }
}
