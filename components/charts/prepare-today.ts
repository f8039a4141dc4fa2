import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Today } from '@/lib/contracts/live-events'
import type { Series } from './appliance-colors'

/** One bin for a chart: mean watts by band; null where nothing was measured. */
export interface TodayRow {
  timestampSeconds: number
  totalWatts: number | null
  bands: Record<Series, number> | null
}

export interface TodayData {
  startSeconds: number
  /** The next local midnight. */
  endSeconds: number
  stepSeconds: number
  rows: TodayRow[]
  minWatts: number
  maxWatts: number
}

const FINEST_BIN_SECONDS = 300
const DAY_SECONDS = 86_400

/** The next midnight after a local midnight; days of 23 and 25 hours exist. */
export function endOfLocalDay(startSeconds: number, timeZone: string): number {
  const guess = startSeconds + DAY_SECONDS
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
    .formatToParts(new Date(guess * 1000))
  const part = (type: string) => Number(parts.find((entry) => entry.type === type)?.value ?? 0)
  const sinceMidnight = part('hour') * 3600 + part('minute') * 60
  return sinceMidnight > DAY_SECONDS / 2 ? guess + DAY_SECONDS - sinceMidnight : guess - sinceMidnight
}

type Bin = Today['bins'][number]

function mergeBins(startSeconds: number, bins: Bin[]): TodayRow {
  const measured = bins.filter((bin) => bin.totalWatts !== null && bin.applianceWatts !== null)
  if (measured.length === 0) return { timestampSeconds: startSeconds, totalWatts: null, bands: null }
  const mean = (of: (bin: Bin) => number) => measured.reduce((sum, bin) => sum + of(bin), 0) / measured.length
  const bands = Object.fromEntries(
    APPLIANCES.map((appliance, index) => [appliance, mean((bin) => bin.applianceWatts?.[index] ?? 0)]),
  )
  return {
    timestampSeconds: startSeconds,
    totalWatts: mean((bin) => bin.totalWatts ?? 0),
    bands: { ...bands, other: mean((bin) => bin.otherWatts ?? 0) } as Record<Series, number>,
  }
}

/**
 * The bins of a day on an even grid, at most one each five minutes, so that a chart draws a few hundred points. A bin that is
 * missing, like one that is null, becomes a row of nulls: a gap.
 */
export function prepareToday(today: Today, timeZone: string): TodayData {
  const stepSeconds = Math.max(FINEST_BIN_SECONDS, today.binSeconds)
  const slots = new Map<number, Bin[]>()
  for (const bin of today.bins) {
    const slot = Math.floor((bin.startTimestamp - today.startTimestamp) / stepSeconds)
    const list = slots.get(slot)
    if (list) list.push(bin)
    else slots.set(slot, [bin])
  }
  const lastSlot = Math.max(-1, ...slots.keys())
  const rows = Array.from({ length: lastSlot + 1 }, (_, slot) =>
    mergeBins(today.startTimestamp + slot * stepSeconds, slots.get(slot) ?? []))
  const totals = rows.flatMap((row) => (row.totalWatts === null ? [] : [row.totalWatts]))
  return {
    startSeconds: today.startTimestamp,
    endSeconds: endOfLocalDay(today.startTimestamp, timeZone),
    stepSeconds,
    rows,
    minWatts: Math.min(0, ...totals),
    maxWatts: Math.max(0, ...totals),
  }
}

export interface TodayHour {
  startSeconds: number
  /** Null where nothing of the hour was measured. */
  meterEnergyKwh: number | null
  bandEnergyKwh: Record<Series, number> | null
  /** Share of the hour's elapsed bins that were measured, 0..1. */
  coverage: number
}

/** The same day by hour, for the table. Energies cover the measured part only. */
export function todayHours({ rows, stepSeconds }: TodayData): TodayHour[] {
  const perHour = Math.max(1, Math.round(3600 / stepSeconds))
  const toKwh = stepSeconds / 3_600_000
  const hours: TodayHour[] = []
  for (let index = 0; index < rows.length; index += perHour) {
    const hour = rows.slice(index, index + perHour)
    const measured = hour.filter((row) => row.totalWatts !== null)
    const energy = (series: Series) => measured.reduce((sum, row) => sum + (row.bands?.[series] ?? 0), 0) * toKwh
    const names: Series[] = ['other', ...APPLIANCES]
    hours.push({
      startSeconds: hour[0]?.timestampSeconds ?? 0,
      meterEnergyKwh: measured.length === 0 ? null : measured.reduce((sum, row) => sum + (row.totalWatts ?? 0), 0) * toKwh,
      bandEnergyKwh: measured.length === 0
        ? null
        : (Object.fromEntries(names.map((name) => [name, energy(name)])) as Record<Series, number>),
      coverage: measured.length / hour.length,
    })
  }
  return hours
}
