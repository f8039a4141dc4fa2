import { LocalCalendar } from '@/lib/domain/local-calendar'
import { isSameIncident } from './detect-incidents'
import { DAY_SECONDS, type BuildingHistory, type Incident } from './incident'
import { type AnomalyLimits, kindOf, NO_LIMITS } from './limits'
import { type Replay, replayLooks } from './replay-looks'
import { daysOf } from './unusual-day'

/** Above what was a false alarm, by so much. */
const FALSE_ALARM_MARGIN = 1.1
const MOST_ALARMS_A_MONTH = 1
const MONTH_DAYS = 30
const MOST_DAYS_KEPT = 120
/** Judged by published limits and plain facts, not by what is usual: only dismissals say something of these. */
const NOT_STATISTICAL = /^(meter_|voltage_|frequency_|harmonic_)/

/** What somebody said of an incident. */
export interface JudgedIncident {
  type: Incident['type']
  appliance: Incident['appliance']
  startSeconds: number
  endSeconds: number
  strength: number
  verdict: 'false alarm' | 'real'
}

export interface FitOptions {
  /** Unix seconds: nothing newer is used. */
  fittedUntilSeconds: number
  /** From when on looks of the past are made: before, what is usual is not known. */
  looksFromSeconds: number
  judged: readonly JudgedIncident[]
  progress?: (share: number) => Promise<void>
}

/**
 * Fits thresholds to a building's past. A kind of incident that people dismissed has to be stronger than what they dismissed; one
 * that alarmed oftener than once a month without anybody calling it real has to be stronger than all but its strongest of each
 * month (the conformal quantile of what looks of the past found). What somebody confirmed is found still.
 */
export async function fitLimits(history: BuildingHistory, options: FitOptions): Promise<AnomalyLimits> {
  const { fittedUntilSeconds, looksFromSeconds, progress } = options
  const judged = options.judged.filter(({ startSeconds }) => startSeconds < fittedUntilSeconds)
  const replay = { fromSeconds: looksFromSeconds, toSeconds: fittedUntilSeconds, limits: NO_LIMITS, ...(progress && { progress }) }
  const found = await replayLooks(history, replay)
  const open = found.filter((incident) => !judged.some((each) => isSame(each, incident, history.buildingId)))
  const allowed = Math.max(1, Math.round(((fittedUntilSeconds - looksFromSeconds) / DAY_SECONDS / MONTH_DAYS) * MOST_ALARMS_A_MONTH))
  const strengths: Record<string, number> = {}
  for (const kind of new Set([...judged, ...open].map(kindOf))) {
    const of = (verdict: JudgedIncident['verdict']) =>
      judged.filter((each) => kindOf(each) === kind && each.verdict === verdict).map(({ strength }) => strength)
    const undecided = NOT_STATISTICAL.test(kind) ? [] : open.filter((incident) => kindOf(incident) === kind).map(({ strength }) => strength)
    const beyondFalse = Math.max(0, ...of('false alarm')) * FALSE_ALARM_MARGIN
    const beyondUsual = (undecided.toSorted((a, b) => b - a)[allowed] ?? 0) * FALSE_ALARM_MARGIN
    const threshold = Math.min(Math.max(1, beyondFalse, beyondUsual), ...of('real'))
    if (threshold > 1) strengths[kind] = threshold
  }
  return { strengths, days: usualDays(history, judged, fittedUntilSeconds) }
}

/** Whole days that nobody called a real anomaly. */
function usualDays(history: BuildingHistory, judged: readonly JudgedIncident[], untilSeconds: number): AnomalyLimits['days'] {
  const hours = history.hours.filter(({ startSeconds }) => startSeconds < untilSeconds)
  const first = hours[0]?.startSeconds ?? untilSeconds
  const calendar = new LocalCalendar(history.timeZone, first - DAY_SECONDS, history.nowSeconds + DAY_SECONDS)
  const real = judged.filter(({ type, verdict }) => verdict === 'real' && type.startsWith('unusual_'))
  return daysOf(hours, calendar, untilSeconds)
    .filter((day) => !real.some((each) => each.startSeconds < day.endSeconds && each.endSeconds > day.startSeconds))
    .slice(-MOST_DAYS_KEPT)
    .map(({ startSeconds, totalWh, features }) => ({ startSeconds, totalWh, features }))
}

/** What limits find in a part of the past that they were not fitted on. */
export interface LimitsScore {
  alarms: number
  /** Of them, those that somebody dismissed. */
  falseAlarms: number
  /** Of them, those that somebody called real. */
  confirmed: number
}

export async function scoreLimits(history: BuildingHistory, judged: readonly JudgedIncident[], replay: Replay): Promise<LimitsScore> {
  const found = await replayLooks(history, replay)
  const count = (verdict: JudgedIncident['verdict']) =>
    found.filter((incident) => judged.some((each) => each.verdict === verdict && isSame(each, incident, history.buildingId))).length
  return { alarms: found.length, falseAlarms: count('false alarm'), confirmed: count('real') }
}

/** Why new limits are no better, or null where they are. @param days over which both were tried */
export function limitsRefusal(before: LimitsScore, after: LimitsScore, days: number): 'missesReal' | 'moreFalse' | 'noGain' | null {
  if (after.confirmed < before.confirmed) return 'missesReal'
  if (after.falseAlarms > before.falseAlarms) return 'moreFalse'
  if (after.falseAlarms < before.falseAlarms || after.confirmed > before.confirmed) return null
  const tooMany = before.alarms - before.confirmed > Math.max(1, Math.round((days / MONTH_DAYS) * MOST_ALARMS_A_MONTH))
  return tooMany && after.alarms < before.alarms ? null : 'noGain'
}

const isSame = (judged: JudgedIncident, found: Incident, buildingId: string) =>
  isSameIncident({ ...judged, buildingId }, found) && found.endSeconds >= judged.startSeconds
