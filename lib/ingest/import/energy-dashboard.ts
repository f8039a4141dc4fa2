import { splitCells } from '@/lib/ingest/csv-dialect'
import { tableRecords } from '@/lib/ingest/csv-records'
import { UsageError } from '@/lib/infra/usage-error'
import { factorOf, type SourceRow } from './row-reader'
import type { TableFormat } from './table-format'

const LEADING = ['entity_id', 'type', 'unit']
const CONSUMPTION = 'grid_consumption'

/** Whether a header is that of Home Assistant's energy dashboard: a row for each sensor, a column for each hour. */
export const isEnergyDashboard = (header: string) => {
  const cells = splitCells(header, ',').map((cell) => cell.trim().toLowerCase())
  return LEADING.every((name, index) => cells[index] === name) && /^\d{4}-\d{2}-\d{2}/.test(cells[LEADING.length] ?? '')
}

export function energyDashboardFormat(): TableFormat {
  return {
    format: 'home_assistant',
    delimiter: ',',
    columns: ['start', 'energy'],
    hasHeader: false,
    skipLines: 0,
    timeColumn: 'start',
    quantities: [{ column: 'energy', quantity: 'energy', unit: 'Wh' }],
    timeZone: null,
    hold: 'next',
    mains: 'yes',
    day: null,
    notes: ['The energy dashboard of Home Assistant: what was drawn from the grid is read, interval by interval, all tariffs together.'],
  }
}

/**
 * A row for each interval, in Wh, of what all sensors together drew from the grid: each tariff has a sensor of its own. Lines are
 * those of the last sensor.
 * @throws UsageError where nothing was drawn, or a unit is unknown
 */
export async function* energyDashboardRows(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  let times: readonly string[] = []
  let sums: number[] = []
  let line = 0
  const start = (header: string) => {
    const columns = splitCells(header, ',').map((cell) => cell.trim())
    times = columns.slice(LEADING.length)
    sums = times.map(() => Number.NaN)
    return { delimiter: ',', columns, required: [], isRow: false }
  }
  for await (const { records } of tableRecords(file, start, { unpack: true, onBytes })) {
    for (const { lineNumber, cells } of records) {
      const [, type, unit = ''] = cells.map((cell) => cell.trim())
      if (type !== CONSUMPTION) continue
      const wattHours = factorOf('energy', unit)
      line = lineNumber
      for (const at of times.keys()) {
        const cell = cells[LEADING.length + at]?.trim() ?? ''
        // Where one sensor has nothing, another one may.
        if (cell !== '') sums[at] = (Number.isNaN(sums[at]!) ? 0 : sums[at]!) + Number(cell) * wattHours
      }
    }
  }
  if (line === 0) throw new UsageError(`${file} is of Home Assistant's energy dashboard, but has no row of ${CONSUMPTION}.`)
  yield times.map((time, at) => ({ line, cells: [time, Number.isNaN(sums[at]!) ? '' : sums[at]!] }))
}
