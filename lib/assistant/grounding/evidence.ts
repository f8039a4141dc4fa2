import { DateTime } from 'luxon'
import { APPLIANCES, APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { Figure, ResolvedPeriod, Subject, ToolResult } from '@/lib/contracts/assistant'
import { endOf, isMomentCalledSo, type Moment, type MomentNear } from './moment-roles'

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

  /**
   * Whether a time is one that the results are of, or a day, month or year that one of their moments lies in, or only a day on which
   * one of their periods begins or ends.
   */
  knows(period: ResolvedPeriod): 'period' | 'moment' | 'border' | null {
    if (this.periods.some((known) => isSamePeriod(known, period, this.nowSeconds))) return 'period'
    const contains = (at: number) => at >= period.from && at < period.to
    if (this.moments.some(({ at }) => contains(at))) return 'moment'
    const isDay = period.to - period.from <= 90_000
    const begun = this.periods.filter(({ from }) => from < this.nowSeconds)
    const borders = begun.flatMap(({ from, to }) => [from, Math.min(to, this.nowSeconds) - 1])
    return isDay && borders.some(contains) ? 'border' : null
  }

  /** Energy, cost or CO2: what the result of a figure was asked for. */
  measureOf(figure: Figure): unknown {
    return this.results.find(({ figures }) => figures.includes(figure))?.arguments.measure
  }

  /** A moment within a period that may be spoken of so. */
  momentAt(period: ResolvedPeriod, isMeant: (moment: Moment) => boolean = () => true): Moment | null {
    return this.moments.find((moment) => moment.at >= period.from && moment.at < period.to && isMeant(moment)) ?? null
  }

  /** A moment or border of a period whose clock shows these minutes after midnight, within a period where one is given. */
  clockAt(minutes: number, tolerance: number, within: ResolvedPeriod | null, near: MomentNear): { id: string | null } | null {
    const shown = (seconds: number) => {
      const local = DateTime.fromSeconds(seconds, { zone: this.timeZone })
      return local.hour * 60 + local.minute + local.second / 60
    }
    const fits = (seconds: number) => {
      const apart = Math.abs(shown(seconds) - minutes)
      return Math.min(apart, 1440 - apart) <= tolerance && (!within || (seconds >= within.from && seconds <= within.to))
    }
    const moment = this.moments.find((candidate) => fits(candidate.at) && isMomentCalledSo(candidate, near))
    if (moment) return { id: moment.id }
    const isEnd = endOf(near) === 'end' || /\b(?:and|und|before|by|vor)\s$|[-–—]\s?$/iu.test(near.before)
    return this.periods.some(({ from, to }) => to - from < 86_000 && (fits(from) || (isEnd && fits(to)))) ? { id: null } : null
  }

  /** The appliances of whatever the results rank, the largest first. */
  rankings(): Subject[][] {
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
    return [...groups.values()].map((figures) =>
      figures.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).flatMap(({ subject }) => subject ?? []),
    )
  }

  /** The appliances with the largest and smallest values of anything the results rank. */
  extremes(): { top: Set<Subject>; bottom: Set<Subject> } {
    const rankings = this.rankings()
    return {
      top: new Set(rankings.flatMap((ranked) => ranked.slice(0, 1))),
      bottom: new Set(rankings.filter((ranked) => ranked.length > 1).flatMap((ranked) => ranked.slice(-1))),
    }
  }

  /** What was compared, of a measure where one is named: as a share or in its unit; null where nothing was. */
  change(measure: string | null): Figure | null {
    const starting = (words: string) => this.figures.find(({ label }) => label.startsWith(`${words} ${measure ?? ''}`))
    return starting('change in') ?? starting('difference in') ?? null
  }
}
