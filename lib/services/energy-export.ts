import { DateTime } from 'luxon'
import type { EnergyBucket, EnergyReport } from '@/lib/contracts/energy'
import type { ExportFormat, RawDay } from '@/lib/contracts/energy-export'
import { writeTable } from './table-file'

interface Row {
  bucket: EnergyBucket
  key: string
  label: string
  energyKwh: number | null
  cost: number | null
  co2Kg: number | null
  isEstimated: boolean
  isExperimental: boolean
}

/**
 * A report as a table: for each bucket a line per item, which add up to the bucket's meter, and one of the standing charge where
 * there is one. A bucket that was not measured has one line without values.
 */
export function energyTable(report: EnergyReport, format: ExportFormat): Uint8Array<ArrayBuffer> {
  const infoOf = new Map(report.items.map((info) => [info.key, info]))
  const rows = report.buckets.flatMap((bucket): Row[] => {
    const empty = { bucket, energyKwh: null, cost: null, co2Kg: null, isEstimated: false, isExperimental: false }
    const charge = { ...empty, label: 'Standing charge', key: 'standing_charge', cost: bucket.standingCharge }
    const items = bucket.items.map(({ key, ...amounts }) => {
      const { label = key, isEstimated = true, isExperimental = true } = infoOf.get(key) ?? {}
      return { bucket, key, label, isEstimated, isExperimental, ...amounts }
    })
    const measured = bucket.energyKwh === null ? [{ ...empty, label: 'Not measured', key: 'not_measured' }] : items
    return bucket.standingCharge > 0 ? [...measured, charge] : measured
  })
  return writeTable(
    [
      { name: 'from', type: 'time', values: rows.map(({ bucket }) => bucket.from) },
      { name: 'to', type: 'time', values: rows.map(({ bucket }) => bucket.to) },
      { name: 'item', type: 'text', values: rows.map(({ key }) => key) },
      { name: 'label', type: 'text', values: rows.map(({ label }) => label) },
      { name: 'energy_kwh', type: 'number', values: rows.map(({ energyKwh }) => energyKwh) },
      { name: 'cost', type: 'number', values: rows.map(({ cost }) => cost) },
      { name: 'currency', type: 'text', values: rows.map(() => report.currency) },
      { name: 'co2_kg', type: 'number', values: rows.map(({ co2Kg }) => co2Kg) },
      { name: 'estimated', type: 'boolean', values: rows.map(({ isEstimated }) => isEstimated) },
      { name: 'experimental', type: 'boolean', values: rows.map(({ isExperimental }) => isExperimental) },
      { name: 'simulated', type: 'boolean', values: rows.map(() => report.isSimulated) },
      { name: 'coverage', type: 'number', values: rows.map(({ bucket }) => bucket.coverage) },
      { name: 'priced_share', type: 'number', values: rows.map(({ bucket }) => bucket.pricedShare) },
    ],
    format,
    localTime(report.timeZone),
  )
}

/** Readings as a table. */
export function rawTable(day: RawDay, timeZone: string, format: ExportFormat): Uint8Array<ArrayBuffer> {
  return writeTable(
    [
      { name: 'timestamp', type: 'time', values: day.timestamps },
      { name: 'power_watts', type: 'number', values: day.powerWatts },
      { name: 'simulated', type: 'boolean', values: day.timestamps.map(() => day.isSimulated) },
    ],
    format,
    localTime(timeZone),
  )
}

/** What a download is called, without the ending. */
export function exportName(ofWhat: string, fromSeconds: number, timeZone: string, what: string): string {
  const name = ofWhat.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'export'
  return `${name}-${what}-${DateTime.fromSeconds(fromSeconds, { zone: timeZone }).toISODate()}`
}

function localTime(timeZone: string): (seconds: number) => string {
  return (seconds) => DateTime.fromSeconds(seconds, { zone: timeZone }).toISO({ suppressMilliseconds: true }) ?? ''
}
