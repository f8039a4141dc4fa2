import { LocalCalendar } from '@/lib/domain/local-calendar'
import { applianceRuns } from './appliance-runs'
import { cycleChanges } from './cycle-changes'
import { DAY_SECONDS, isConfirmed, RECENT_SECONDS, REFERENCE_SECONDS, type BuildingHistory, type Incident } from './incident'
import { type AnomalyLimits, kindOf, NO_LIMITS } from './limits'
import { meterFaults, possibleHours } from './meter-faults'
import { qualityIncidents } from './quality-limits'
import { standbyRose } from './standby'
import { unusualConsumption } from './unusual-consumption'
import { unusualDay } from './unusual-day'

/** By how much each dismissal of a kind of anomaly raises its threshold in a building. */
const DISMISSAL_FACTOR = 0.5
const MOST_DISMISSALS = 6
/** The same thing again within this time is still the same incident. */
const SAME_INCIDENT_SECONDS = 2 * DAY_SECONDS

/** What incidents of a kind are told apart by, beside their time. */
export const incidentKind = ({ buildingId, type, appliance }: Pick<Incident, 'buildingId' | 'type' | 'appliance'>) =>
  `${buildingId}|${type}|${appliance ?? ''}`

/**
 * What looks wrong in a building at present, at most one incident of a kind.
 * @param dismissals how often incidents of a kind (`incidentKind`) were dismissed, since the limits were fitted if they were: false
 * alarms raise the threshold
 * @param limits what a fit to the building's past says of its thresholds
 */
export function detectIncidents(
  history: BuildingHistory,
  dismissals: ReadonlyMap<string, number> = new Map(),
  limits: AnomalyLimits = NO_LIMITS,
): Incident[] {
  const calendar = new LocalCalendar(history.timeZone, history.nowSeconds - 2 * REFERENCE_SECONDS, history.nowSeconds + DAY_SECONDS)
  const isReal = (at: number) => at < history.nowSeconds - RECENT_SECONDS && isConfirmed(history, at, ['unusual_consumption', 'unusual_day'])
  const possible = { ...history, hours: possibleHours(history.hours).filter(({ startSeconds }) => !isReal(startSeconds)) }
  const found = [
    ...meterFaults(history),
    ...qualityIncidents(history),
    ...applianceRuns(history, calendar),
    ...cycleChanges(history),
    ...standbyRose(possible, calendar),
    ...unusualConsumption(possible, calendar),
    ...unusualDay(possible, calendar, limits.days),
  ]
  const counts = found.filter((incident) => {
    const dismissed = Math.min(dismissals.get(incidentKind(incident)) ?? 0, MOST_DISMISSALS)
    return incident.strength >= (limits.strengths[kindOf(incident)] ?? 1) * (1 + DISMISSAL_FACTOR * dismissed)
  })
  return withoutConsequences(counts)
}

/** One cause, one incident: leaves out what follows from another one. */
function withoutConsequences(found: readonly Incident[]): Incident[] {
  const has = (...types: Incident['type'][]) => found.some(({ type }) => types.includes(type))
  const meterFails = has('meter_stuck', 'meter_impossible')
  return found.filter((incident) => {
    const { type, appliance } = incident
    /** What happened at another time explains nothing. */
    const hasMeanwhile = (...types: Incident['type'][]) =>
      found.some((other) => types.includes(other.type) && overlaps(other, incident))
    if (type.startsWith('meter_') || type.startsWith('voltage_')) return true
    if (meterFails && !['frequency_deviation', 'harmonic_distortion'].includes(type)) return false
    if (type === 'appliance_cycle_changed') {
      return !found.some((other) => other.type === 'appliance_not_running' && other.appliance === appliance)
    }
    if (type === 'unusual_consumption') return !hasMeanwhile('appliance_long_run')
    return type !== 'unusual_day' || !hasMeanwhile('unusual_consumption', 'appliance_long_run')
  })
}

const overlaps = (one: Incident, other: Incident) => one.startSeconds < other.endSeconds && other.startSeconds < one.endSeconds

/** Whether a new look shows an incident that is known already. */
export function isSameIncident(known: Pick<Incident, 'buildingId' | 'type' | 'appliance' | 'endSeconds'>, found: Incident): boolean {
  return incidentKind(known) === incidentKind(found) && found.startSeconds <= known.endSeconds + SAME_INCIDENT_SECONDS
}
