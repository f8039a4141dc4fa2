import type { SignatureReport } from '@/lib/contracts/maintenance'
import { quantile } from '@/lib/domain/always-on'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { withoutProgrammes } from './programme-mix'
import { type RobustTrend, robustTrend, type TrendPoint } from './robust-trend'
import type { Signature } from './signatures'

export const WEEK_SECONDS = 7 * 86_400
/** A week counts where this much of it was measured. */
const LEAST_COVERED = 0.5
export const LEAST_WEEKS = 8
/** What was measured last before that says nothing of today: it may be repaired, replaced or gone. */
export const LATELY_WEEKS = 4
const BASELINE_WEEKS = 8
/** Trends are looked for in the last quarter and half of a year: a young fault would drown in an old history. */
const TREND_WEEKS = [12, 26]
/** Fewer say nothing of how fast it goes. */
const LEAST_TREND_POINTS = 6
/** Over both stretches together one healthy signature in 200 rises by chance. */
const MOST_P = 0.005 / TREND_WEEKS.length
/** Slower trends than these, as shares of the baseline a week, are within what seasons and habits do. */
const LEAST_SLOPE = { none: 0.004, mild: 0.012, strong: 0.004 }
/** How far above the baseline the level must be. */
const LEAST_EXCESS = { none: 0.1, mild: 0.15, strong: 0.1 }
const YEAR_WEEKS = 52
/** What lies further ahead is no reason to do anything now. */
const HORIZON_DAYS = 365

export interface JudgedSignature {
  report: SignatureReport
  /** Only where it rises: how sure the trend is, 0 to 1. */
  certainty: number | null
}

/**
 * Whether a signature of an appliance rises towards its limit, against the appliance's own first weeks; where there is a year and
 * more, against the same weeks a year before, which takes the season out.
 * @param weeks complete ones, in order
 * @param nowSeconds from when days ahead are counted
 */
export function judgeSignature(signature: Signature, weeks: readonly ApplianceWeek[], nowSeconds: number): JudgedSignature {
  const covered = weeks.filter(({ coveredSeconds }) => coveredSeconds >= LEAST_COVERED * WEEK_SECONDS)
  const values = valuesOf(signature, covered)
  const measured = values.flatMap(({ startTimestamp, value }) => value !== null && value > 0 ? [{ startTimestamp, value }] : [])
  const report: SignatureReport = {
    kind: signature.kind,
    state: 'too few weeks',
    unit: signature.unit,
    weeks: measured.length,
    leastWeeks: LEAST_WEEKS,
    baseline: null,
    limit: null,
    points: measured,
    projection: null,
  }
  if (measured.length === 0) {
    const isMeasured = covered.length > 0 && signature.kind !== 'always_on'
    return { report: { ...report, state: isMeasured ? 'too little use' : 'no measurements' }, certainty: null }
  }
  const lastSeconds = (measured.at(-1)?.startTimestamp ?? 0) + WEEK_SECONDS
  if (lastSeconds < nowSeconds - LATELY_WEEKS * WEEK_SECONDS) return { report: { ...report, state: 'not measured lately' }, certainty: null }
  if (measured.length < LEAST_WEEKS) return { report, certainty: null }
  const first = measured.slice(0, Math.min(BASELINE_WEEKS, Math.floor(measured.length / 2))).map(({ value }) => value)
  const baseline = { value: quantile(first, 0.5), low: Math.min(...first), high: Math.max(...first) }
  const limit = Math.min(signature.limitRatio * baseline.value, signature.highest ?? Infinity)
  const withLimit: SignatureReport = { ...report, baseline, limit }

  const byYear = againstLastYear(measured)
  const isByYear = byYear.length >= LEAST_WEEKS
  if (signature.season === 'strong' && !isByYear) return { report: { ...withLimit, state: 'needs a year' }, certainty: null }
  const season = isByYear ? 'none' : signature.season
  const ratios = isByYear ? byYear : measured.map((point) => toRatio(point, baseline.value))
  const trend = risingTrend(ratios, season)
  const projection = trend && project(trend, limit / baseline.value, measured.at(-1)?.startTimestamp ?? 0, nowSeconds)
  if (!trend || !projection) return { report: { ...withLimit, state: 'normal' }, certainty: null }
  const inUnit = {
    ...projection,
    level: trend.level * baseline.value,
    slopePerWeek: trend.slope * baseline.value,
    slopeLow: trend.slopeLow * baseline.value,
    slopeHigh: trend.slopeHigh * baseline.value,
  }
  return { report: { ...withLimit, state: 'rising', projection: inUnit }, certainty: trend.shareAbove }
}

function valuesOf({ ofWeek, ofRuns }: Signature, weeks: readonly ApplianceWeek[]) {
  const typical = ofRuns ? withoutProgrammes(weeks.map((week) => ofRuns(week).filter((value) => value > 0)), BASELINE_WEEKS) : []
  return weeks.map((week, index) => {
    return { startTimestamp: week.startSeconds, value: ofWeek ? ofWeek(week) : (typical[index] ?? null) }
  })
}

interface Measured {
  startTimestamp: number
  value: number
}

/** Mondays of all zones, in summer and winter, lie in the middle of the weeks since 1970-01-01, a Thursday. */
const weekOf = (startTimestamp: number) => Math.floor(startTimestamp / WEEK_SECONDS)
const toRatio = ({ startTimestamp, value }: Measured, to: number): TrendPoint => ({ week: weekOf(startTimestamp), value: value / to })

/** Each week as a ratio to the five around the same one a year before. */
function againstLastYear(measured: readonly Measured[]): TrendPoint[] {
  return measured.flatMap((point) => {
    const week = weekOf(point.startTimestamp)
    const before = measured.filter(({ startTimestamp }) => Math.abs(weekOf(startTimestamp) - (week - YEAR_WEEKS)) <= 2)
    return before.length < 3 ? [] : [toRatio(point, quantile(before.map(({ value }) => value), 0.5))]
  })
}

function risingTrend(ratios: readonly TrendPoint[], season: Signature['season']): RobustTrend | null {
  const last = ratios.at(-1)?.week ?? 0
  for (const weeks of TREND_WEEKS) {
    const recent = ratios.filter(({ week }) => week > last - weeks)
    if (recent.length < LEAST_WEEKS) continue
    const trend = robustTrend(recent, LEAST_SLOPE[season])
    const isSure = trend.pRising < MOST_P && trend.slopeLow > LEAST_SLOPE[season]
    if (!isSure || isStep(recent, trend)) continue
    const own = robustTrend(sinceOnset(recent), LEAST_SLOPE[season])
    const isClear = own.slopeLow > 0 && own.level - own.levelMargin / 2 > 1 + LEAST_EXCESS[season]
    if (isClear) return own
  }
  return null
}

/** The points from where a line after a level fits best: what was well for long would hide how fast it now goes. */
function sinceOnset(points: readonly TrendPoint[]): readonly TrendPoint[] {
  let [best, least] = [points, Infinity]
  for (let onset = 0; onset <= points.length - LEAST_TREND_POINTS; onset++) {
    const [before, after] = [points.slice(0, onset).map(({ value }) => value), points.slice(onset)]
    const { slope, level } = robustTrend(after, 0)
    const last = after.at(-1)?.week ?? 0
    const line = deviation(after.map(({ week, value }) => value - level - slope * (week - last)), 0)
    const error = line + (before.length > 0 ? deviation(before, quantile(before, 0.5)) : 0)
    if (error < least) [best, least] = [after, error]
  }
  return best
}

/** Whether two levels with a step between fit better than the line: something was changed at once, and goes nowhere from there. */
function isStep(points: readonly TrendPoint[], { slope, level }: RobustTrend): boolean {
  const last = points.at(-1)?.week ?? 0
  const ofLine = deviation(points.map(({ week, value }) => value - level - slope * (week - last)), 0)
  return points.slice(2, -1).some((_, index) => {
    const [before, after] = [points.slice(0, index + 2), points.slice(index + 2)].map((part) => part.map(({ value }) => value))
    return before && after && deviation(before, quantile(before, 0.5)) + deviation(after, quantile(after, 0.5)) < ofLine
  })
}

const deviation = (values: readonly number[], from: number) => values.reduce((sum, value) => sum + Math.abs(value - from), 0)

/** When the trend reaches the limit, in Unix seconds; null where that is further ahead than a year. */
function project(trend: RobustTrend, limitRatio: number, lastStartSeconds: number, nowSeconds: number) {
  // A week's value stands for its middle.
  const lastSeconds = lastStartSeconds + WEEK_SECONDS / 2
  const reach = (level: number, slope: number) =>
    Math.max(nowSeconds, lastSeconds + Math.max(0, (limitRatio - level) / slope) * WEEK_SECONDS)
  const at = reach(trend.level, trend.slope)
  if (at > nowSeconds + HORIZON_DAYS * 86_400) return null
  return {
    at,
    from: reach(trend.level + trend.levelMargin, trend.slopeHigh),
    to: reach(trend.level - trend.levelMargin, trend.slopeLow),
  }
}
