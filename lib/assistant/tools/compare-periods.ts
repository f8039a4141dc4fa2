import { DateTime } from 'luxon'
import { APPLIANCE_LABELS } from '@/lib/contracts/appliances'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import type { EnergySumAnswer } from '@/lib/contracts/energy'
import { feedsIn, MEASURE_UNIT, moneyNote, rankedAppliances, valueLabel, valueOf, type Measure } from './energy-values'
import { measureWord } from './energy-use'
import type { ResultBuilder } from './result-builder'
import {
  isPeriodProblem,
  newResult,
  noteNothing,
  originOf,
  percentText,
  reportOf,
  resolvePeriod,
  WELL_MEASURED,
  type AssistantTool,
  type ToolContext,
} from './tool-context'

const DAY_SECONDS = 86_400
/** With less of either side measured, a difference would be of something else. */
const LEAST_COVERAGE = 0.5
/** Months differ by as much in their days, and are compared all the same. */
const SAME_LENGTH = 0.88
const MOST_MOVERS = 5

/**
 * One period against another. Where one is in progress and the other is as long, both are cut to the part that has elapsed of it;
 * where they differ in length or one was measured less well, what is compared is a measured day of each.
 */
export const comparePeriods: AssistantTool<'compare_periods'> = async (given, context) => {
  const { subject, measure } = given
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const against = resolvePeriod(given.against, context, period)
  if (isPeriodProblem(against)) return against
  if (period.from === against.from && period.to === against.to) {
    return { problem: `Both times are the same: ${period.label}. Name another one to compare it with.` }
  }
  const [first, second] = alike(period, against, context)
  const [own, other] = await Promise.all([reportOf(context, first, 'month'), reportOf(context, second, 'month')])
  const result = newResult('compare_periods', given, first, context)
  if (own.total.energyKwh === null || other.total.energyKwh === null) {
    const isOwn = own.total.energyKwh === null
    result.note(isOwn ? 'The first of the two times has no readings.' : 'There is nothing to compare it with.')
    return noteNothing(result, isOwn ? first : second, context).build()
  }
  const [cut, open] = second.to !== against.to ? [against, period] : [period, against]
  const isCut = first.to !== period.to || second.to !== against.to
  if (isCut) result.note(`Of ${cut.label} only the same part is counted as has passed of ${open.label}.`)
  const compared = { own: own.total, other: other.total, first, second }
  noteBoth(result, compared, context)
  const [a, b] = [valueOf(own.total, subject, measure), valueOf(other.total, subject, measure)]
  result.note(moneyNote(own.total, measure), moneyNote(other.total, measure))
  if (a === null || b === null) return result.build()
  const name = valueLabel(subject, measure, feedsIn(own.total) || feedsIn(other.total))
  const kind = subject === 'total' ? 'measured' : 'estimated'
  const figure = (of: string, value: number, unit: (typeof MEASURE_UNIT)[Measure] | 'percent', at: ResolvedPeriod) => {
    result.figure({
      label: of,
      value,
      unit,
      origin: originOf(context.site, kind),
      subject,
      period: at,
      href: context.links.history(at),
    })
  }
  figure(`${name}, ${first.label}`, a, MEASURE_UNIT[measure], first)
  figure(`${name}, ${second.label}`, b, MEASURE_UNIT[measure], second)
  const isComparable = own.total.coverage >= LEAST_COVERAGE && other.total.coverage >= LEAST_COVERAGE
  if (!isComparable) return result.note('Too little was measured to say what changed.').build()
  const lengths = [elapsed(first, context), elapsed(second, context)] as const
  const measured = [lengths[0] * own.total.coverage, lengths[1] * other.total.coverage] as const
  const isAsLong = Math.min(...lengths) / Math.max(...lengths) >= SAME_LENGTH
  const isSameLength = isAsLong && own.total.coverage >= WELL_MEASURED && other.total.coverage >= WELL_MEASURED
  if (isSameLength) {
    figure(`difference in ${measureWord(measure)}`, a - b, MEASURE_UNIT[measure], first)
    if (b > 0) figure(`change in ${measureWord(measure)}`, (a / b - 1) * 100, 'percent', first)
  } else {
    const perDay = [(a / measured[0]) * DAY_SECONDS, (b / measured[1]) * DAY_SECONDS] as const
    result.note(`The two were not ${isAsLong ? 'measured ' : ''}equally long, so what is compared is the mean of a measured day.`)
    figure(`${name} a day, ${first.label}`, perDay[0], MEASURE_UNIT[measure], first)
    figure(`${name} a day, ${second.label}`, perDay[1], MEASURE_UNIT[measure], second)
    if (perDay[1] > 0) figure(`change in ${measureWord(measure)} a day`, (perDay[0] / perDay[1] - 1) * 100, 'percent', first)
  }
  if (subject === 'total') addMovers(result, compared, measure, isSameLength ? 1 : measured[0] / measured[1], context)
  else if (subject !== 'other') result.about(APPLIANCE_LABELS[subject])
  if (measure === 'cost' && subject === 'total') addPrices(result, compared, context)
  return result.build()
}

interface Compared {
  own: EnergySumAnswer
  other: EnergySumAnswer
  first: ResolvedPeriod
  second: ResolvedPeriod
}

const elapsed = ({ from, to }: ResolvedPeriod, { nowSeconds }: ToolContext) => Math.max(1, Math.min(to, nowSeconds) - from)

/** Cuts the other period to as much calendar time as has passed of the one in progress. */
function alike(period: ResolvedPeriod, against: ResolvedPeriod, context: ToolContext): [ResolvedPeriod, ResolvedPeriod] {
  const { nowSeconds, site } = context
  const isOpen = (candidate: ResolvedPeriod) => candidate.to > nowSeconds + 60
  const ratio = (period.to - period.from) / (against.to - against.from)
  const isSameLength = Math.min(ratio, 1 / ratio) >= SAME_LENGTH
  if (!isSameLength || isOpen(period) === isOpen(against)) return [period, against]
  const cut = (open: ResolvedPeriod, closed: ResolvedPeriod): ResolvedPeriod => {
    const zone = { zone: site.timeZone }
    const passed = DateTime.fromSeconds(nowSeconds, zone).diff(DateTime.fromSeconds(open.from, zone), ['days', 'minutes'])
    const to = DateTime.fromSeconds(closed.from, zone)
      .plus({ days: passed.days, minutes: Math.ceil(passed.minutes) })
      .toSeconds()
    return { ...closed, to: Math.min(closed.to, Math.ceil(to / 60) * 60) }
  }
  return isOpen(period) ? [period, cut(period, against)] : [cut(against, period), against]
}

function noteBoth(result: ResultBuilder, { own, other, first, second }: Compared, { links }: ToolContext): void {
  result.coverage = Math.min(own.coverage, other.coverage)
  for (const [{ coverage }, period] of [
    [own, first],
    [other, second],
  ] as const) {
    if (coverage < WELL_MEASURED) {
      result.note(`Only ${percentText(coverage)} of ${period.label} was measured; what is missing is not counted.`)
      result.figure({
        label: `measured share of ${period.label}`,
        value: coverage * 100,
        unit: 'percent',
        origin: 'measured',
        period,
        href: links.history(period),
      })
    }
  }
}

/** The appliances that made most of the difference. @param scale makes the other period as long as the first */
function addMovers(
  result: ResultBuilder,
  { own, other, first, second }: Compared,
  measure: Measure,
  scale: number,
  context: ToolContext,
) {
  const unit = MEASURE_UNIT[measure]
  const then = new Map(rankedAppliances(other, measure).map(({ appliance, value }) => [appliance, value]))
  const now = new Map(rankedAppliances(own, measure).map(({ appliance, value }) => [appliance, value]))
  const movers = [...new Set([...now.keys(), ...then.keys()])]
    .map((appliance) => ({ appliance, now: now.get(appliance) ?? 0, before: (then.get(appliance) ?? 0) * scale }))
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))
  for (const mover of movers.slice(0, MOST_MOVERS)) {
    const name = APPLIANCE_LABELS[mover.appliance].toLowerCase()
    const common = { unit, origin: originOf(context.site, 'estimated'), subject: mover.appliance }
    const href = context.links.history(first)
    result.figure({ ...common, label: `difference of the ${name}`, value: mover.now - mover.before, period: first, href })
    result.figure({
      ...common,
      label: `${measureWord(measure)} of the ${name}, ${first.label}`,
      value: mover.now,
      period: first,
      href,
    })
    if (scale === 1) {
      result.figure({
        ...common,
        label: `${measureWord(measure)} of the ${name}, ${second.label}`,
        value: mover.before,
        period: second,
        href: context.links.history(second),
      })
    }
  }
  result.about(...movers.slice(0, MOST_MOVERS).map(({ appliance }) => APPLIANCE_LABELS[appliance]))
  result.rows(
    [
      { name: 'Appliance', unit: null },
      { name: first.label, unit },
      { name: scale === 1 ? second.label : `${second.label}, for as long`, unit },
      { name: 'Difference', unit },
    ],
    movers.map((mover) => [APPLIANCE_LABELS[mover.appliance], mover.now, mover.before, mover.now - mover.before]),
    'bars',
  )
}

/** What a kWh cost on average: whether the price or the use made a bill grow. */
function addPrices(result: ResultBuilder, { own, other, first, second }: Compared, context: ToolContext) {
  for (const [sum, period] of [
    [own, first],
    [other, second],
  ] as const) {
    const paid = sum.items.filter(({ key, cost }) => key !== 'export' && cost !== null)
    const energyKwh = paid.reduce((total, item) => total + item.energyKwh, 0)
    if (energyKwh <= 0) continue
    const value = paid.reduce((total, item) => total + (item.cost ?? 0), 0) / energyKwh
    const origin = originOf(context.site, 'measured')
    result.figure({
      label: `mean price of a kWh, ${period.label}`,
      value,
      unit: 'currency/kWh',
      origin,
      period,
      href: context.links.tariff(),
    })
  }
}
