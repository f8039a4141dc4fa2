import { DateTime } from 'luxon'
import { APPLIANCES, APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { Figure, ResolvedPeriod, Subject, ToolResult } from '@/lib/contracts/assistant'

/** Periods that roll with the clock are the same a few minutes later. */
const SAME_SECONDS = 600

export const isSamePeriod = (a: Pick<ResolvedPeriod, 'from' | 'to'>, b: Pick<ResolvedPeriod, 'from' | 'to'>, now: number) => {
  // Of what has begun only what has passed counts; of what is to come all.
  const ends = ({ from, to }: Pick<ResolvedPeriod, 'from' | 'to'>) => (from < now - SAME_SECONDS ? Math.min(to, now) : to)
  return (
    Math.abs(a.from - b.from) <= SAME_SECONDS &&
    (Math.abs(ends(a) - ends(b)) <= SAME_SECONDS || Math.abs(a.to - b.to) <= SAME_SECONDS)
  )
}

/** All that the results of a reply say, ready to be looked up. */
export class Evidence {
  readonly figures: readonly Figure[]
  readonly moments: ToolResult['moments']
  readonly states: NonNullable<ToolResult['states']>
  readonly periods: ResolvedPeriod[]
  readonly subjects: ReadonlySet<Subject>
  /** Names of devices, rooms, tariffs and places, and the rows of text: what is quoted is no claim. */
  readonly names: readonly string[]
  readonly notes: readonly string[]

  constructor(
    readonly results: readonly ToolResult[],
    readonly timeZone: string,
    readonly nowSeconds: number,
  ) {
    this.figures = results.flatMap(({ figures }) => figures)
    this.moments = results.flatMap(({ moments }) => moments)
    this.states = results.flatMap(({ states }) => states ?? [])
    this.periods = [
      ...results.flatMap(({ period }) => (period ? [period] : [])),
      ...this.figures.flatMap(({ period }) => (period ? [period] : [])),
    ].filter(
      (period, index, all) =>
        all.findIndex((other) => other.from === period.from && other.to === period.to && other.label === period.label) === index,
    )
    const given = results.flatMap(({ arguments: args }) => [args.subject, args.appliance])
    const named = [...this.figures.map(({ subject }) => subject), ...this.states.map(({ subject }) => subject), ...given]
    const listed = results.flatMap(({ devices }) =>
      APPLIANCES.filter((appliance) => devices.includes(APPLIANCE_LABELS[appliance])),
    )
    this.subjects = new Set([...named.filter((subject): subject is Subject => typeof subject === 'string'), ...listed])
    const cells = results.flatMap(({ table }) => table?.rows.flat().filter((cell) => typeof cell === 'string') ?? [])
    this.names = [
      ...new Set([...results.flatMap(({ devices }) => devices), ...this.figures.flatMap(({ device }) => device ?? []), ...cells]),
    ].sort((a, b) => b.length - a.length)
    this.notes = results.flatMap(({ notes }) => notes)
  }

  /** Whether a time is one that the results are of, or a day, month or year that one of their moments or borders lies in. */
  knows(period: ResolvedPeriod): 'period' | 'moment' | null {
    if (this.periods.some((known) => isSamePeriod(known, period, this.nowSeconds))) return 'period'
    const contains = (at: number) => at >= period.from && at < period.to
    if (this.moments.some(({ at }) => contains(at))) return 'moment'
    const isDay = period.to - period.from <= 90_000
    const begun = this.periods.filter(({ from }) => from < this.nowSeconds)
    const borders = begun.flatMap(({ from, to }) => [from, Math.min(to, this.nowSeconds) - 1])
    return isDay && borders.some(contains) ? 'moment' : null
  }

  momentAt(period: ResolvedPeriod): ToolResult['moments'][number] | null {
    return this.moments.find(({ at }) => at >= period.from && at < period.to) ?? null
  }

  /** A moment or border of a period whose clock shows these minutes after midnight, within a period where one is given. */
  clockAt(minutes: number, tolerance: number, within: ResolvedPeriod | null): { id: string | null } | null {
    const shown = (seconds: number) => {
      const local = DateTime.fromSeconds(seconds, { zone: this.timeZone })
      return local.hour * 60 + local.minute + local.second / 60
    }
    const fits = (seconds: number) => {
      const apart = Math.abs(shown(seconds) - minutes)
      return Math.min(apart, 1440 - apart) <= tolerance && (!within || (seconds >= within.from && seconds <= within.to))
    }
    const moment = this.moments.find(({ at }) => fits(at))
    if (moment) return { id: moment.id }
    return this.periods.some(({ from, to }) => to - from < 86_000 && (fits(from) || fits(to))) ? { id: null } : null
  }

  /** The appliances with the largest and smallest values of anything the results rank. */
  extremes(): { top: Set<Subject>; bottom: Set<Subject> } {
    const groups = new Map<string, Figure[]>()
    for (const result of this.results) {
      for (const figure of result.figures) {
        const { subject, unit, label, period } = figure
        if (!subject || subject === 'total' || subject === 'other') continue
        const sign = label.startsWith('difference') ? Math.sign(figure.value) : 0
        const key = `${this.results.indexOf(result)} ${unit} ${label.replace(/ of .*$/, '')} ${period?.from} ${sign}`
        groups.set(key, [...(groups.get(key) ?? []), figure])
      }
    }
    const top = new Set<Subject>()
    const bottom = new Set<Subject>()
    for (const figures of groups.values()) {
      const sorted = figures.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
      if (sorted[0]?.subject) top.add(sorted[0].subject)
      if (sorted.length > 1 && sorted.at(-1)?.subject) bottom.add(sorted.at(-1)!.subject!)
    }
    return { top, bottom }
  }

  /** -1, 0 or 1: where what was compared went; null where nothing was. */
  direction(): number | null {
    const starting = (words: string) => this.figures.find(({ label }) => label.startsWith(words))
    const change = starting('change in') ?? starting('difference in')
    return change ? Math.sign(change.value) : null
  }
}
