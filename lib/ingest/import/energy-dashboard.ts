import { splitCells } from '@/lib/ingest/csv-dialect'
import { tableRecords } from '@/lib/ingest/csv-records'
import type { SourceRow } from './row-reader'
import type { TableFormat } from './table-format'

const LEADING = ['entity_id', 'type', 'unit']
const CONSUMPTION = 'grid_consumption'

/** Whether a header is that of Home Assistant's energy dashboard: a row for each sensor, a column for each hour. */
export const isEnergyDashboard = (header: string) => {
  const cells = splitCells(header, ',').map((cell) => cell.trim().toLowerCase())
  return LEADING.every((name, index) => cells[index] === name) && /^\d{4}-\d{2}-\d{2}/.test(cells[LEADING.length] ?? '')
}

/** @param head the file's first lines */
export function energyDashboardFormat(head: readonly string[]): TableFormat {
  const rows = head.slice(1).map((line) => splitCells(line, ',').map((cell) => cell.trim()))
  const drawn = rows.find(([, type]) => type === CONSUMPTION)
  return {
    format: 'home_assistant',
    delimiter: ',',
    columns: ['entity_id', 'unit', 'start', 'energy'],
    hasHeader: false,
    skipLines: 0,
    timeColumn: 'start',
    quantities: [{ column: 'energy', quantity: 'energy', unit: drawn?.[2] === 'Wh' || drawn?.[2] === 'MWh' ? drawn[2] : 'kWh' }],
    timeZone: null,
    hold: 'next',
    mains: 'auto',
    day: null,
    notes: ['The energy dashboard of Home Assistant: what was drawn from the grid is read, interval by interval.'],
  }
}

/** A row for each sensor that draws from the grid and each hour; lines are the sensors' own. */
export async function* energyDashboardRows(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  let times: readonly string[] = []
  const start = (header: string) => {
    const columns = splitCells(header, ',').map((cell) => cell.trim())
    times = columns.slice(LEADING.length)
    return { delimiter: ',', columns, required: [], isRow: false }
  }
  for await (const { records } of tableRecords(file, start, { unpack: true, onBytes })) {
    for (const { lineNumber, cells } of records) {
      const [entity = '', type, unit = ''] = cells.map((cell) => cell.trim())
      if (type !== CONSUMPTION) continue
      yield times.map((time, index) => ({ line: lineNumber, cells: [entity, unit, time, cells[LEADING.length + index] ?? ''] }))
    }
  }
}
