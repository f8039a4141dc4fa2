import type { Appliance } from '@/lib/contracts/appliances'
import { quantile } from '@/lib/domain/always-on'
import { QUARTER_SECONDS, type LocalCalendar } from '@/lib/domain/local-calendar'
import type { BuiltDay, SeenRun } from './build-day'

/** Appliances that somebody starts; a heat pump follows the weather, and is part of what is forecast. */
export const STARTED_APPLIANCES = ['Dishwasher', 'WashingMachine', 'Dryer'] as const satisfies readonly Appliance[]

const LEAST_DAYS = 2
/** A run is usual on a weekday that had it on at least so many of those measured. */
const LEAST_SHARE = 0.5

export interface UsualRun {
  /** A run that was seen, with the median energy of those it stands for. */
  like: SeenRun
  /** Its place among the runs of its appliance on a day, from 0. */
  ordinal: number
  /** When such runs began on the local clock: the median and the latest. */
  startClockSeconds: number
  latestClockSeconds: number
  /** Days of this weekday that had it, of those measured. */
  seenOn: number
  ofDays: number
}

/** What a home usually runs on a weekday: its first, second ... run of an appliance, where most such days measured had one. */
export function usualRuns(days: readonly BuiltDay[], weekday: number, calendar: LocalCalendar): UsualRun[] {
  const same = sameWeekday(days, weekday, calendar)
  if (same.length < LEAST_DAYS) return []
  const byKind = new Map<string, SeenRun[][]>()
  for (const { runs } of same) {
    const ofDay = new Map<string, SeenRun[]>()
    for (const run of [...runs.values()].filter(isStarted).toSorted((a, b) => a.startedAt - b.startedAt)) {
      const kind = `${run.place} ${run.appliance}`
      ofDay.set(kind, [...(ofDay.get(kind) ?? []), run])
    }
    for (const [kind, own] of ofDay) byKind.set(kind, [...(byKind.get(kind) ?? []), own])
  }
  return [...byKind.values()].flatMap((daysOfKind) => {
    const most = Math.max(...daysOfKind.map((own) => own.length))
    return Array.from({ length: most }, (_, ordinal) => {
      const seen = daysOfKind.flatMap((own) => own[ordinal] ?? [])
      if (seen.length < LEAST_DAYS || seen.length < LEAST_SHARE * same.length) return []
      const clocks = seen.map(({ startedAt }) => calendar.moment(startedAt).clockSeconds)
      const like = seen.toSorted((a, b) => energyOf(a) - energyOf(b))[Math.floor((seen.length - 1) / 2)]
      if (!like) return []
      const times = { startClockSeconds: quantile(clocks, 0.5), latestClockSeconds: Math.max(...clocks) }
      return [{ like, ordinal, ...times, seenOn: seen.length, ofDays: same.length }]
    }).flat()
  })
}

/** What started appliances drew on average in each quarter of an hour of a weekday's clock, kWh: the part of a forecast that may move. */
export function usualFlexibleKwh(days: readonly BuiltDay[], weekday: number, calendar: LocalCalendar): number[] {
  const same = sameWeekday(days, weekday, calendar)
  const of = same.length >= LEAST_DAYS ? same : days
  const kwh = new Array<number>(96).fill(0)
  for (const run of of.flatMap(({ runs }) => [...runs.values()]).filter(isStarted)) {
    for (const [index, start] of run.quarterStartSeconds.entries()) {
      const quarter = Math.floor(calendar.moment(start).clockSeconds / QUARTER_SECONDS)
      kwh[quarter] = (kwh[quarter] ?? 0) + (run.quarterWh[index] ?? 0) / 1000 / of.length
    }
  }
  return kwh
}

/** Of the runs of an appliance behind a meter the one with the median energy; null where none was seen. */
export function medianRun(days: readonly BuiltDay[], place: number, appliance: Appliance): SeenRun | null {
  const own = days.flatMap(({ runs }) => [...runs.values()]).filter((run) => run.place === place && run.appliance === appliance)
  return own.toSorted((a, b) => energyOf(a) - energyOf(b))[Math.floor((own.length - 1) / 2)] ?? null
}

const sameWeekday = (days: readonly BuiltDay[], weekday: number, calendar: LocalCalendar) =>
  days.filter(({ problem }) => calendar.moment(problem.startSeconds).weekday === weekday)

const isStarted = ({ appliance }: SeenRun) => STARTED_APPLIANCES.some((started) => started === appliance)
const energyOf = ({ quarterWh }: SeenRun) => quarterWh.reduce((sum, wh) => sum + wh, 0)
