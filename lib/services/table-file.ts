import { parquetWriteBuffer, type ColumnSource } from 'hyparquet-writer'
import { spreadsheetCell } from '@/lib/ingest/csv-dialect'
import type { ExportFormat } from '@/lib/contracts/energy-export'

/** A column of a table to download; null is an empty cell. Times are Unix seconds. */
export interface TableColumn {
  name: string
  type: 'time' | 'number' | 'text' | 'boolean'
  values: readonly (number | string | boolean | null)[]
}

export const TABLE_MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
}

const PARQUET_TYPES = { time: 'TIMESTAMP', number: 'DOUBLE', text: 'STRING', boolean: 'BOOLEAN' } as const

/**
 * A table as a file. CSV: commas, decimal points, times in ISO 8601 with the offset that `timeText` writes. Parquet: times as
 * instants, numbers as 64-bit floats. Columns must be equally long.
 */
export function writeTable(
  columns: readonly TableColumn[],
  format: ExportFormat,
  timeText: (seconds: number) => string,
): Uint8Array<ArrayBuffer> {
  if (format === 'parquet') {
    const columnData: ColumnSource[] = columns.map(({ name, type, values }) => ({
      name,
      type: PARQUET_TYPES[type],
      data:
        type === 'time' ? values.map((value) => (typeof value === 'number' ? new Date(value * 1000) : null)) : [...values],
    }))
    return new Uint8Array(parquetWriteBuffer({ columnData }))
  }
  const cellOf = ({ type }: TableColumn, value: number | string | boolean | null | undefined) => {
    if (value === null || value === undefined) return ''
    return spreadsheetCell(type === 'time' && typeof value === 'number' ? timeText(value) : String(value))
  }
  const lines = [columns.map(({ name }) => name).join(',')]
  for (const row of columns[0]?.values.keys() ?? [])
    lines.push(columns.map((column) => cellOf(column, column.values[row])).join(','))
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n`)
}
