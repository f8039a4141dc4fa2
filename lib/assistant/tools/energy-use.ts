import { APPLIANCE_LABELS, APPLIANCES } from '@/lib/contracts/appliances'
import type { ResolvedPeriod } from '@/lib/contracts/assistant'
import type { EnergyReport } from '@/lib/contracts/energy'
import { isTooLong, type Granularity } from '@/lib/domain/energy-plan'
import { plainName, subjectWords } from '../names'
import {
  feedsIn,
  isExport,
  itemValue,
  MEASURE_UNIT,
  moneyNote,
  rankedAppliances,
  valueLabel,
  valueOf,
  type Measure,
} from './energy-values'
import type { ResultBuilder } from './result-builder'
import {
  isPeriodProblem,
  newResult,
  noteCoverage,
  noteNothing,
  originOf,
  reportOf,
  resolvePeriod,
  WELL_MEASURED,
  type AssistantTool,
  type ToolContext,
} from './tool-context'

const MOST_BUCKETS = 200
/** With more buckets than these, only the extremes are figures of their own. */
const MOST_NAMED_BUCKETS = 62
const NAMED_ITEMS = 13
const DAY_SECONDS = 86_400
const LONGER: Record<Granularity, Granularity> = { hour: 'day', day: 'month', month: 'month' }
const BUCKET_SECONDS: Record<Granularity, number> = { hour: 3600, day: DAY_SECONDS, month: 28 * DAY_SECONDS }
/** The shortest whole ones, where the clock is put forward. */
const LEAST_BUCKET_SECONDS: Record<Granularity, number> = { hour: 3600, day: 23 * 3600, month: 28 * DAY_SECONDS - 3600 }

/** Energy, cost or CO2 of a period: one sum, split by appliance or room, or over time. */
export const energyUse: AssistantTool<'energy_use'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { subject, measure, by } = given
  const timed = by === 'hour' || by === 'day' || by === 'month' ? bucketsFor(by, period) : null
  const report = await reportOf(context, period, timed?.granularity ?? 'month', by === 'room' ? 'room' : 'appliance')
  const result = newResult('energy_use', given, period, context)
  const { total } = report
  if (total.energyKwh === null) return noteNothing(result, period, context).build()
  noteCoverage(result, total.coverage, period, context)
  const value = valueOf(total, subject, measure)
  const href = context.links.history(period)
  const note = moneyNote(total, measure)
  if (subject !== 'total' && subject !== 'other') result.about(APPLIANCE_LABELS[subject])
  // What cannot be said is not answered with a figure of something else.
  if (value === null) return result.note(note ?? `The ${measureWord(measure)} of ${subjectWords(subject)} is not known for this time.`).build()
  result.figure({
    label: valueLabel(subject, measure, feedsIn(total)),
    value,
    unit: MEASURE_UNIT[measure],
    origin: originOf(context.site, subject === 'total' ? 'measured' : 'estimated'),
    subject,
    href,
  })
  result.note(note, timed?.note ?? null)
  if (subject === 'total') addTotals(result, report, period, measure, context)
  if (by === 'room') addRooms(result, report, period, measure, context)
  else if (timed) addBuckets(result, report, given, context)
  else if (subject === 'total') addAppliances(result, report, period, measure, by === 'appliance', context)
  else addShare(result, report, given, context, href)
  return result.build()
}

/** What goes with a sum of the whole meter: what was fed in, and what else there is to pay. */
function addTotals(
  result: ResultBuilder,
  { total }: EnergyReport,
  period: ResolvedPeriod,
  measure: Measure,
  context: ToolContext,
) {
  const href = context.links.history(period)
  const origin = originOf(context.site, 'measured')
  const add = (label: string, value: number | null, unit: 'kWh' | 'currency' | 'kg') => {
    if (value !== null) result.figure({ label, value, unit, origin, subject: 'total', href })
  }
  if (measure === 'cost') {
    if (total.standingCharge > 0) {
      add('standing charge', total.standingCharge, 'currency')
      add('cost with the standing charge', total.cost, 'currency')
    }
    add('energy of the whole building', total.importedKwh, 'kWh')
  } else {
    add(valueLabel('total', 'cost', feedsIn(total)), total.energyCost, 'currency')
  }
  if (feedsIn(total)) add('energy fed in', total.exportedKwh, 'kWh')
}

function addAppliances(
  result: ResultBuilder,
  { total }: EnergyReport,
  period: ResolvedPeriod,
  measure: Measure,
  isAsked: boolean,
  context: ToolContext,
) {
  const origin = originOf(context.site, 'estimated')
  const href = context.links.history(period)
  const whole = valueOf(total, 'total', measure)
  const ranked = rankedAppliances(total, measure)
  for (const { appliance, value } of isAsked ? ranked : ranked.slice(0, 1)) {
    result.figure({ label: valueLabel(appliance, measure), value, unit: MEASURE_UNIT[measure], origin, subject: appliance, href })
    if (whole !== null && whole > 0) {
      const share = { label: `share of the ${APPLIANCE_LABELS[appliance].toLowerCase()}`, value: (value / whole) * 100 }
      result.figure({ ...share, unit: 'percent', origin, subject: appliance, href })
    }
  }
  if (!isAsked) return
  const other = valueOf(total, 'other', measure)
  if (other !== null) {
    result.figure({
      label: valueLabel('other', measure),
      value: other,
      unit: MEASURE_UNIT[measure],
      origin,
      subject: 'other',
      href,
    })
    if (whole !== null && whole > 0) {
      const share = { label: 'share of everything else', value: (other / whole) * 100, unit: 'percent' as const }
      result.figure({ ...share, origin, subject: 'other', href })
    }
  }
  result.about(...ranked.map(({ appliance }) => APPLIANCE_LABELS[appliance]))
  const named = ranked.map(({ appliance, value }) => [APPLIANCE_LABELS[appliance], value] as [string, number])
  const rows = other === null ? named : [...named, ['Everything else', other] as [string, number]]
  result.rows(
    [
      { name: 'Appliance', unit: null },
      { name: columnName(measure), unit: MEASURE_UNIT[measure] },
    ],
    rows,
    'bars',
  )
}

function addRooms(result: ResultBuilder, report: EnergyReport, period: ResolvedPeriod, measure: Measure, context: ToolContext) {
  const href = context.links.history(period, 'room')
  const labels = new Map(report.items.map(({ key, label }) => [key, plainName(label)]))
  const items = report.total.items
    .filter(({ key }) => !isExport(key))
    .flatMap((item) => {
      const value = itemValue(item, measure)
      return value === null ? [] : [{ label: labels.get(item.key) ?? item.key, value, isRoom: item.key.startsWith('room:') }]
    })
    .sort((a, b) => Number(b.isRoom) - Number(a.isRoom) || b.value - a.value)
  for (const { label, value } of items.slice(0, NAMED_ITEMS)) {
    const origin = originOf(context.site, 'estimated')
    result.figure({
      label: `${measureWord(measure)} of ${label}`,
      value,
      unit: MEASURE_UNIT[measure],
      origin,
      device: label,
      href,
    })
  }
  result.about(...items.filter(({ isRoom }) => isRoom).map(({ label }) => label))
  result.note(!items.some(({ isRoom }) => isRoom) && 'No appliance has been given a room yet. Rooms can be entered under Prices.')
  const rows = items.map(({ label, value }) => [label, value] as [string, number])
  result.rows(
    [
      { name: 'Room', unit: null },
      { name: columnName(measure), unit: MEASURE_UNIT[measure] },
    ],
    rows,
    'bars',
  )
}

function addBuckets(
  result: ResultBuilder,
  report: EnergyReport,
  { subject, measure }: { subject: Parameters<typeof valueOf>[1]; measure: Measure },
  context: ToolContext,
) {
  const origin = originOf(context.site, subject === 'total' ? 'measured' : 'estimated')
  const unit = MEASURE_UNIT[measure]
  const filled = report.buckets.flatMap((bucket) => {
    const value = bucket.from < context.nowSeconds ? valueOf(bucket, subject, measure) : null
    return value === null ? [] : [{ from: bucket.from, to: bucket.to, value, coverage: bucket.coverage }]
  })
  const name = { hour: 'hour', day: 'day', month: 'month' }[report.granularity]
  const figureOf = (label: string, { from, to, value }: (typeof filled)[number]) => {
    const href = context.links.history({ from, to })
    result.figure({ label, value, unit, origin, subject, period: { from, to, label: `this ${name}` }, href })
    result.moment(label, from, href)
  }
  // What was measured in part only is neither the lowest nor the highest of its kind.
  const whole = filled.filter((bucket) => isWhole(bucket, report.granularity, context))
  const sorted = whole.toSorted((a, b) => b.value - a.value)
  const [highest, lowest] = [sorted[0], sorted.at(-1)]
  if (highest && lowest && whole.length > 1) {
    figureOf(`${name} with the highest ${measureWord(measure)}`, highest)
    figureOf(`${name} with the lowest ${measureWord(measure)}`, lowest)
  }
  const measuredSeconds = filled.reduce((sum, bucket) => sum + measuredIn(bucket, context), 0)
  const wholeSeconds = whole.reduce((sum, { from, to }) => sum + to - from, 0)
  if (whole.length > 0 && filled.length > 1 && measuredSeconds > 0) {
    const href = context.links.history(report)
    result.figure({
      label: `mean ${measureWord(measure)} of ${subjectWords(subject)} per ${name}`,
      value: (filled.reduce((sum, { value }) => sum + value, 0) / measuredSeconds) * (wholeSeconds / whole.length),
      unit,
      origin,
      subject,
      href,
    })
  }
  if (filled.length > 1 && whole.length < filled.length) {
    const part = 'that was measured only in part or is not whole within this time'
    result.note(`${name === 'hour' ? 'An' : 'A'} ${name} ${part} is not looked at for the highest and lowest, and counts in the mean for as long as it was measured.`)
  }
  if (filled.length <= MOST_NAMED_BUCKETS) for (const bucket of filled) figureOf(`${measureWord(measure)} of the ${name}`, bucket)
  const column = { name: name.charAt(0).toUpperCase() + name.slice(1), unit: 'time' as const }
  const chart = filled.length > 1 ? (report.granularity === 'hour' ? 'line' : 'bars') : null
  result.rows(
    [column, { name: columnName(measure), unit }],
    filled.map(({ from, value }) => [from, value]),
    chart,
  )
}

interface MeasuredBucket {
  from: number
  to: number
  /** Of what has elapsed of it. */
  coverage: number
}

/** Whether a bucket is a whole hour, day or month that is over, and was measured well. */
function isWhole({ from, to, coverage }: MeasuredBucket, granularity: Granularity, { nowSeconds }: ToolContext): boolean {
  return coverage >= WELL_MEASURED && to <= nowSeconds + 60 && to - from >= LEAST_BUCKET_SECONDS[granularity]
}

const measuredIn = ({ from, to, coverage }: MeasuredBucket, { nowSeconds }: ToolContext) => {
  return coverage * Math.max(0, Math.min(to, nowSeconds) - from)
}

/** An appliance's share of the whole, and its cost beside its energy. */
function addShare(
  result: ResultBuilder,
  { total }: EnergyReport,
  { subject, measure }: { subject: Parameters<typeof valueOf>[1]; measure: Measure },
  context: ToolContext,
  href: string,
) {
  const origin = originOf(context.site, 'estimated')
  const [own, whole] = [valueOf(total, subject, measure), valueOf(total, 'total', measure)]
  if (own !== null && whole !== null && whole > 0) {
    result.figure({
      label: `share of ${subjectWords(subject)}`,
      value: (own / whole) * 100,
      unit: 'percent',
      origin,
      subject,
      href,
    })
  }
  const beside: Measure = measure === 'cost' ? 'energy' : 'cost'
  const value = valueOf(total, subject, beside)
  if (value !== null)
    result.figure({ label: valueLabel(subject, beside), value, unit: MEASURE_UNIT[beside], origin, subject, href })
  const isAppliance = APPLIANCES.some((appliance) => appliance === subject)
  result.note(isAppliance && own === 0 && 'It was not seen to draw anything in this time.')
}

/** The asked buckets, or coarser ones where there would be too many to read. */
function bucketsFor(asked: Granularity, { from, to }: ResolvedPeriod): { granularity: Granularity; note: string | null } {
  let granularity = asked
  const isTooMany = () => isTooLong(granularity, from, to) || (to - from) / BUCKET_SECONDS[granularity] > MOST_BUCKETS
  while (granularity !== 'month' && isTooMany()) granularity = LONGER[granularity]
  return {
    granularity,
    note: granularity === asked ? null : `Shown by ${granularity}: the period is too long to show by ${asked}.`,
  }
}

export const measureWord = (measure: Measure) => (measure === 'co2' ? 'CO2' : measure)
const columnName = (measure: Measure) => ({ energy: 'Energy', cost: 'Energy cost', co2: 'CO2' })[measure]
