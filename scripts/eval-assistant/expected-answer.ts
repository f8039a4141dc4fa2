import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import { type PowerThen, PLUGS, ROOM_NAMES } from './asked-home'
import { comparedSpans, spanOf, type Span } from './local-periods'
import type { Measured, Measure } from './measured'
import type { ExpectedCall } from './question-file'
import { priceAt, standingCharges, ZONE } from './prices'
import type { Dimension } from './read-quantities'

/** What an answer must say. */
export interface ExpectedAnswer {
  /** The answer itself: the first quantity of its kind. */
  main: { dimension: Dimension; value: number } | null
  /** Anywhere in it. */
  also: { dimension: Dimension; value: number }[]
  moments: { at: number; precision: 'minute' | 'day' | 'month' }[]
  /** Any of the words of each. */
  words: RegExp[]
}

const DIMENSION: Record<Measure, Dimension> = { energy: 'energy', cost: 'money', co2: 'mass' }
const COLUMN = { voltage: 'voltage_volts', frequency: 'frequency_hertz', power_factor: 'power_factor', thd: 'thd_percent' } as const
const QUALITY: Record<keyof typeof COLUMN, Dimension> = { voltage: 'volts', frequency: 'hertz', power_factor: 'plain', thd: 'percent' }
/** Less is nothing. */
const LEAST = 0.0005

export interface Truth {
  measured: Measured
  now: PowerThen
  nowSeconds: number
}

const nameOf = (subject: Appliance | 'other' | 'total') => {
  return subject === 'total' ? null : new RegExp(subject === 'other' ? 'everything else' : APPLIANCE_LABELS[subject], 'i')
}

/**
 * What is right for a look-up, from the rows alone; null where only the look-up itself is judged.
 * @param answered the time the answer is of, which counts where the question names none
 */
export async function expectedAnswer(call: ExpectedCall, truth: Truth, answered: Span | null): Promise<ExpectedAnswer | null> {
  const { measured, nowSeconds } = truth
  const span = spanOf(call, nowSeconds, ZONE) ?? answered
  const said: ExpectedAnswer = { main: null, also: [], moments: [], words: [] }
  const subject = call.of ?? 'total'
  const name = nameOf(subject)
  if (name) said.words.push(name)
  if (['forecast', 'anomalies', 'maintenance', 'savings'].includes(call.tool)) return null
  switch (call.tool) {
    case 'power_now': {
      const watts = subject === 'total' ? truth.now.total : subject === 'other' ? truth.now.other : (truth.now.appliances[subject] ?? 0)
      if (watts === 0) said.words.push(/\bis off\b/)
      else said.main = { dimension: 'power', value: watts }
      return said
    }
    case 'appliance_state':
      return subject === 'total' || subject === 'other' ? null : expectState(said, subject, truth)
    case 'devices': {
      const cluster = call.cluster === undefined ? null : (PLUGS.find(([plug]) => plug.replace('_', ' ') === call.cluster)?.[1] ?? -1)
      said.main = { dimension: 'count', value: await measured.deviceCount(cluster) }
      return said
    }
    case 'site_facts':
      return expectFacts(said, call.topic ?? 'all', truth)
  }
  if (!span) return null
  switch (call.tool) {
    case 'energy_use':
      return expectEnergy(said, call, span, truth)
    case 'compare_periods':
      return expectComparison(said, call, span, truth)
    case 'peak_demand': {
      const peak = await measured.peak(span)
      if (peak) {
        said.main = { dimension: 'power', value: peak.watts }
        said.moments.push({ at: peak.at, precision: 'minute' })
      }
      return said
    }
    case 'runs':
      return subject === 'total' || subject === 'other' ? null : expectRuns(said, call, subject, span, truth)
    case 'always_on': {
      const watts = await measured.alwaysOnWatts({ from: quarter(span.from), to: quarter(Math.min(span.to, nowSeconds)) })
      if (watts !== null) said.main = { dimension: 'power', value: watts }
      return said
    }
    case 'electrical_quality': {
      const { quantity = 'all' } = call
      const keys = quantity === 'all' ? (Object.keys(COLUMN) as (keyof typeof COLUMN)[]) : [quantity]
      for (const key of keys) {
        const found = await measured.quality(COLUMN[key], { from: Math.max(span.from, span.to - 31 * 86_400), to: span.to })
        for (const value of found ? [found.mean, found.low, found.high] : []) said.also.push({ dimension: QUALITY[key], value })
      }
      return said
    }
    case 'coverage':
      said.main = { dimension: 'percent', value: 100 * (await measured.coverage(span)) }
      return said
    default:
      return null
  }
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
const quarter = (seconds: number) => Math.floor(seconds / 900) * 900

async function expectState(said: ExpectedAnswer, appliance: Appliance, { measured, now, nowSeconds }: Truth): Promise<ExpectedAnswer> {
  const watts = now.appliances[appliance] ?? 0
  said.words.push(watts > 0 ? /\bis on\b/ : /\bis off\b|\bis not on\b|\bis idle\b|\bhas been idle\b/)
  if (watts > 0) said.main = { dimension: 'power', value: watts }
  const last = (await measured.runs(appliance, { from: 0, to: nowSeconds + 1 })).at(-1)
  // What pauses by itself is asked about for how long it has paused; of all else people want to know when it was used.
  const isPausing = watts === 0 && (appliance === 'Refrigerator' || appliance === 'Freezer')
  if (last) said.moments.push({ at: isPausing ? last.start + last.seconds : last.start, precision: 'minute' })
  return said
}

async function expectFacts(said: ExpectedAnswer, topic: NonNullable<ExpectedCall['topic']>, { nowSeconds }: Truth): Promise<ExpectedAnswer> {
  const { name, pricePerKwh, standingCharge } = priceAt(nowSeconds)
  const wants = (which: typeof topic) => topic === which || topic === 'all'
  if (wants('tariff')) {
    said.also.push({ dimension: 'money', value: pricePerKwh }, { dimension: 'money', value: standingCharge })
    said.words.push(new RegExp(name))
  }
  if (wants('location')) said.words.push(/Bremen/)
  if (wants('buildings')) said.also.push({ dimension: 'count', value: 1 })
  if (wants('rooms')) said.also.push({ dimension: 'count', value: ROOM_NAMES.length })
  return said
}

async function expectEnergy(said: ExpectedAnswer, call: ExpectedCall, span: Span, { measured, nowSeconds }: Truth): Promise<ExpectedAnswer> {
  const { of: subject = 'total', measure = 'energy', by } = call
  const dimension = DIMENSION[measure]
  if (by === 'appliance' && subject === 'total') {
    const [top] = await measured.ranking(measure, span)
    if (!top) return said
    return { ...said, main: { dimension, value: top.value }, words: [new RegExp(`^[^.]*\\b${APPLIANCE_LABELS[top.appliance]}`, 'i')] }
  }
  if (by === 'room') {
    const [top] = await measured.rooms(measure, span)
    return top ? { ...said, main: { dimension, value: top.value }, words: [new RegExp(`^[^.]*\\b${top.room}`)] } : said
  }
  const total = await measured.sum(subject, measure, span)
  if (total === null) return { ...said, words: [/nothing was measured/i] }
  if (total < LEAST) return { ...said, words: [...said.words, /\bnothing\b/] }
  said.main = { dimension, value: total }
  if (measure === 'cost' && subject === 'total' && !by) {
    // No day before the first reading is charged.
    const charged = { from: Math.max(span.from, await measured.firstReading()), to: Math.min(span.to, nowSeconds) }
    said.also.push({ dimension, value: total + standingCharges(charged) })
  }
  if (by && by !== 'appliance') {
    const buckets = await measured.buckets(subject, measure, by, span)
    // What was measured in part, or lies in the time in part, is no lowest or highest, and weighs in the mean by how long it was.
    const whole = buckets.filter(({ coveredSeconds, seconds }) => coveredSeconds >= 0.9 * seconds)
    const highest = whole.toSorted((a, b) => b.value - a.value)[0]
    if (highest && buckets.length > 1) {
      const perSecond = sumOf(buckets.map(({ value }) => value)) / sumOf(buckets.map(({ coveredSeconds }) => coveredSeconds))
      const mean = (perSecond * sumOf(whole.map(({ seconds }) => seconds))) / whole.length
      said.also.push({ dimension, value: mean })
      if (whole.length > 1) {
        said.also.push({ dimension, value: highest.value })
        said.moments.push({ at: highest.at, precision: by === 'hour' ? 'minute' : by })
      }
    }
  }
  return said
}

async function expectComparison(said: ExpectedAnswer, call: ExpectedCall, span: Span, { measured, nowSeconds }: Truth) {
  const { of: subject = 'total', measure = 'energy' } = call
  const against = call.against && spanOf(call.against, nowSeconds, ZONE)
  if (!against) return null
  const { first, second } = comparedSpans(span, against, nowSeconds, ZONE)
  const [own, other] = [await measured.sum(subject, measure, first), await measured.sum(subject, measure, second)]
  if (own === null || other === null) return { ...said, words: [/nothing|no readings/i] }
  const dimension = DIMENSION[measure]
  said.also.push({ dimension, value: own }, { dimension, value: other })
  const passed = ({ from, to }: Span) => Math.min(to, nowSeconds) - from
  const isSameLength = Math.min(passed(first), passed(second)) / Math.max(passed(first), passed(second)) >= 0.88
  const covered = [await measured.coverage(first), await measured.coverage(second)] as const
  const isPlain = isSameLength && Math.min(...covered) >= 0.9
  const change = (isPlain ? own / other : own / (passed(first) * covered[0]) / (other / (passed(second) * covered[1]))) * 100 - 100
  if (Math.abs(change) >= 0.5) {
    said.also.push({ dimension: 'percent', value: change })
    said.words.push(change > 0 ? /\b(?:more|rose)\b/ : /\b(?:less|fell)\b/)
  } else said.words.push(/nearly the same/)
  return said
}

async function expectRuns(said: ExpectedAnswer, call: ExpectedCall, appliance: Appliance, span: Span, { measured }: Truth) {
  const runs = await measured.runs(appliance, span)
  const { about = 'count' } = call
  if (runs.length === 0) return { ...said, words: [...said.words, /not seen to run/] }
  switch (about) {
    case 'duration':
      said.main = { dimension: 'duration', value: runs.reduce((sum, { seconds }) => sum + seconds, 0) }
      break
    case 'last':
    case 'first':
      said.moments.push({ at: (about === 'last' ? runs.at(-1) : runs[0])?.start ?? NaN, precision: 'minute' })
      break
    case 'cost': {
      const cost = await measured.runCost(appliance, span)
      said.main = { dimension: 'money', value: cost }
      const ended = runs.filter(({ isRunning }) => !isRunning)
      if (runs.length > 1 && ended.length > 0) {
        said.also.push({ dimension: 'money', value: (await measured.runCost(appliance, span, 'ended')) / ended.length })
      }
      break
    }
    case 'count':
    case 'list':
      said.main = { dimension: 'count', value: runs.length }
  }
  return said
}

/** A moment as an answer may write it. */
export function momentPattern({ at, precision }: ExpectedAnswer['moments'][number], nowSeconds: number): RegExp {
  const local = DateTime.fromSeconds(at, { zone: ZONE, locale: 'en' })
  const today = DateTime.fromSeconds(nowSeconds, { zone: ZONE }).startOf('day')
  const daysAgo = Math.round(today.diff(local.startOf('day'), 'days').days)
  if (precision === 'month') return new RegExp(local.toFormat('LLLL yyyy'))
  const day = daysAgo === 0 ? 'today' : daysAgo === 1 ? 'yesterday' : local.toFormat('d LLLL')
  const year = local.year === today.year ? '' : ` ${local.year}`
  return new RegExp(`\\b${day}${daysAgo > 1 ? year : ''}${precision === 'minute' ? `(?: at|,) ${local.toFormat('HH:mm')}` : ''}`, 'i')
}
