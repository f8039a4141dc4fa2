import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ImportPreview } from '@/lib/contracts/import'
import { tableRecords } from '@/lib/ingest/csv-records'
import { textLines } from '@/lib/ingest/text-lines'
import { UsageError } from '@/lib/infra/usage-error'
import { energyDashboardFormat, energyDashboardRows, isEnergyDashboard } from './energy-dashboard'
import { greenButtonFormat, greenButtonRows, isGreenButton } from './green-button'
import { isParquet, parquetColumns, parquetRows } from './parquet-rows'
import type { SourceRow } from './row-reader'
import { recogniseTable, type TableFormat } from './table-format'

const HEAD_LINES = 200

/** A file that can be imported: what it is, and its rows as often as they are asked for. */
export interface RowSource {
  file: string
  /** The name it was uploaded under, which some formats carry their day in. */
  name: string
  container: ImportPreview['container']
  format: TableFormat
  bytes: number
  /** Rows in file order, in constant memory. @param onBytes hears how far the file has been read */
  rows(onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[], void, undefined>
}

/**
 * Recognises a file by what it holds.
 * @param name as it was uploaded, the file's own by default
 * @throws UsageError saying what to do where it cannot be read or is of no known kind
 */
export async function openRowSource(file: string, name = path.basename(file)): Promise<RowSource> {
  const bytes = (await stat(file).catch(() => null))?.size ?? 0
  if (await isParquet(file)) {
    const { columns, cells } = await parquetColumns(file)
    const format = recogniseTable([columns.map(quoted).join(','), cells.map((cell) => quoted(String(cell))).join(',')], name)
    return {
      file,
      name,
      bytes,
      container: 'parquet',
      format: { ...format, columns },
      rows: (onBytes) => parquetRows(file, columns, onBytes),
    }
  }
  const { head, isPacked } = await readHead(file)
  if (head.length === 0) throw new UsageError(`${name} is empty.`)
  if (isGreenButton(head)) {
    return {
      file,
      name,
      bytes,
      container: 'xml',
      format: await greenButtonFormat(file),
      rows: (onBytes) => greenButtonRows(file, onBytes),
    }
  }
  const container = isPacked ? 'gzip' : 'text'
  if (isEnergyDashboard(head[0]!)) {
    return {
      file,
      name,
      bytes,
      container,
      format: energyDashboardFormat(),
      rows: (onBytes) => energyDashboardRows(file, onBytes),
    }
  }
  const format = recogniseTable(head, name)
  return { file, name, bytes, container, format, rows: (onBytes) => tableRows(file, format, onBytes) }
}

async function* tableRows(file: string, format: TableFormat, onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  const { delimiter, columns, hasHeader, skipLines, timeColumn, quantities } = format
  const required = [timeColumn, ...quantities.map(({ column }) => column)].flatMap((name) =>
    name === null ? [] : [columns.indexOf(name)],
  )
  const start = () => ({ delimiter, columns, required, isRow: !hasHeader })
  for await (const { records } of tableRecords(file, start, { unpack: true, skipLines, onBytes })) {
    if (records.length > 0) yield records.map(({ lineNumber, cells }) => ({ line: lineNumber, cells }))
  }
}

async function readHead(file: string): Promise<{ head: string[]; isPacked: boolean }> {
  const head: string[] = []
  let readBytes = 0
  for await (const lines of textLines(file, { unpack: true, onBytes: (bytes) => (readBytes = bytes) })) {
    head.push(...lines.slice(0, HEAD_LINES - head.length))
    if (head.length >= HEAD_LINES) break
  }
  return { head, isPacked: readBytes > 0 && (await beginsWithGzip(file)) }
}

async function beginsWithGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

const quoted = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\n', ' ')}"`
