import { UsageError } from '@/lib/infra/usage-error'
import { csvRecords } from '@/lib/ingest/csv-records'
import { LocalClock } from '@/lib/ingest/local-clock'
import { detectDecimalSign, readDecimal } from '@/lib/ingest/read-decimal'
import { readTimestamp, TABLE_TIMES } from '@/lib/ingest/read-timestamp'

const DAY_SECONDS = 86_400
/** Outside of these a value is no weather of the Earth, or in another unit. */
const WEATHER_COLUMNS = {
  irradiance: { headers: ['irradiance', 'ghi', 'shortwave_radiation'], least: -20, most: 1600, unit: 'W/m2' },
  temperature: { headers: ['temperature', 'temperature_2m'], least: -90, most: 60, unit: '°C' },
} as const
type Kind = keyof typeof WEATHER_COLUMNS
const KINDS = Object.keys(WEATHER_COLUMNS) as Kind[]

/** One forecast of the weather of the time that begins at `seconds`. Unix seconds; NaN where a cell is empty. */
export interface WeatherRow {
  seconds: number
  issuedSeconds: number
  irradianceWattsPerSquareMetre: number
  temperatureCelsius: number
}

export interface ReadWeather {
  rows: WeatherRow[]
  rejected: { lineNumber: number; reason: string }[]
}

/**
 * Reads forecasts of the weather: timestamp, irradiance and/or temperature, and issued, when it was said; where that is missing, a
 * day before. @param timeZone IANA name of the clock that wrote times without an offset
 * @throws UsageError where the table has neither column, or no row of it can be read
 */
export async function readWeather(file: string, timeZone: string): Promise<ReadWeather> {
  const clock = new LocalClock(timeZone)
  const rules = { ...TABLE_TIMES, zoneless: (seconds: number) => clock.toUnixSeconds(seconds) }
  const nowSeconds = Date.now() / 1000
  const rejected: ReadWeather['rejected'] = []
  const found: { lineNumber: number; seconds: number; issuedSeconds: number; cells: Partial<Record<Kind, string>> }[] = []
  let delimiter = ','
  for await (const batch of csvRecords(file, ['timestamp'])) {
    const { columns } = batch
    delimiter = batch.delimiter
    const at = (names: readonly string[]) => columns.findIndex((column) => names.includes(column))
    const [time, issued] = [at(['timestamp']), at(['issued'])]
    const places = KINDS.map((kind) => [kind, at(WEATHER_COLUMNS[kind].headers)] as const).filter(([, column]) => column >= 0)
    if (places.length === 0) {
      throw new UsageError(`${file} needs a column irradiance (W/m2) or temperature (°C); it has ${columns.join(', ')}.`)
    }
    for (const { lineNumber, cells } of batch.records) {
      const moment = readTimestamp((cells[time] ?? '').trim(), nowSeconds, rules)
      const saidAt = (cells[issued] ?? '').trim()
      const said = saidAt === '' ? null : readTimestamp(saidAt, nowSeconds, rules)
      if (!moment.ok) rejected.push({ lineNumber, reason: moment.reason })
      else if (said && !said.ok) rejected.push({ lineNumber, reason: `issued: ${said.reason}` })
      else {
        found.push({
          lineNumber,
          seconds: moment.seconds,
          issuedSeconds: said?.seconds ?? moment.seconds - DAY_SECONDS,
          cells: Object.fromEntries(places.map(([kind, column]) => [kind, cells[column] ?? ''])),
        })
      }
    }
  }
  const column = (kind: Kind) => read(kind, found.map(({ cells }) => cells[kind] ?? ''), delimiter)
  const values: Record<Kind, Float64Array> = { irradiance: column('irradiance'), temperature: column('temperature') }
  const rows = found.flatMap(({ lineNumber, seconds, issuedSeconds }, index) => {
    const wrong = KINDS.find((kind) => !isPossible(kind, values[kind][index]!))
    if (wrong) {
      const { least, most, unit } = WEATHER_COLUMNS[wrong]
      rejected.push({ lineNumber, reason: `${wrong} is ${values[wrong][index]}, it must be ${least} to ${most} ${unit}` })
      return []
    }
    const [irradianceWattsPerSquareMetre, temperatureCelsius] = [values.irradiance[index]!, values.temperature[index]!]
    const saysNothing = Number.isNaN(irradianceWattsPerSquareMetre) && Number.isNaN(temperatureCelsius)
    return saysNothing ? [] : [{ seconds, issuedSeconds, irradianceWattsPerSquareMetre, temperatureCelsius }]
  })
  if (rows.length === 0) {
    const [first] = rejected
    throw new UsageError(`${file} has no row with a time and a number${first ? `; line ${first.lineNumber}: ${first.reason}` : ''}.`)
  }
  return { rows, rejected }
}

const isPossible = (kind: Kind, value: number) =>
  Number.isNaN(value) || (value >= WEATHER_COLUMNS[kind].least && value <= WEATHER_COLUMNS[kind].most)

function read(kind: Kind, cells: readonly string[], delimiter: string): Float64Array {
  const sign = detectDecimalSign(cells.slice(0, 10_000), delimiter)
  const values = Float64Array.from(cells, (cell) => readDecimal(cell, sign))
  // Pyranometers read a little below nothing at night.
  return kind === 'irradiance' ? values.map((value) => (value < 0 && value >= WEATHER_COLUMNS.irradiance.least ? 0 : value)) : values
}
