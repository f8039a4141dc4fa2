import type { AnomalySeverity, AnomalyType, CurvePoint } from '@/lib/contracts/anomalies'
import type { Appliance } from '@/lib/contracts/appliances'

/** Something that looks wrong in a building, as one look at its history shows it. */
export interface Incident {
  type: AnomalyType
  buildingId: string
  appliance: Appliance | null
  /** Unix seconds. */
  startSeconds: number
  /** When it was last the case. */
  endSeconds: number
  severity: AnomalySeverity
  value: number
  expectedValue: number
  unit: string
  /** How many times the threshold; incidents are at least 1. */
  strength: number
  confidence: number
  /** The evidence, by name; see `describeAnomaly`. */
  details: Record<string, string | number>
  curve: CurvePoint[]
}

export interface HourReading {
  /** Unix seconds. */
  startSeconds: number
  energyWh: number
  coveredSeconds: number
  minWatts: number
  maxWatts: number
}

export interface ApplianceRun {
  appliance: Appliance
  /** Unix seconds. */
  startedAt: number
  /** null while it runs. */
  endedAt: number | null
  energyWh: number
  confidence: number
}

/** Means of ten minutes; null = not measured. */
export interface QualityBin {
  startSeconds: number
  voltage: number | null
  frequency: number | null
  thd: number | null
}

/** What is known of a building. Everything in order of time; nothing of it is later than `nowSeconds`. */
export interface BuildingHistory {
  buildingId: string
  timeZone: string
  nowSeconds: number
  hours: readonly HourReading[]
  runs: readonly ApplianceRun[]
  quality: readonly QualityBin[]
  /** What somebody called real: then it was not as usual. */
  confirmed?: readonly ConfirmedIncident[]
}

export type ConfirmedIncident = Pick<Incident, 'type' | 'appliance' | 'startSeconds' | 'endSeconds'>

export const HOUR_SECONDS = 3600
export const DAY_SECONDS = 86_400
/** How far back it is looked for what began. Whoever looks more often than this misses nothing. */
export const RECENT_SECONDS = 2 * DAY_SECONDS
/** What is usual is learnt from so much before that. */
export const REFERENCE_SECONDS = 35 * DAY_SECONDS

/** Whether something that began at a time, Unix seconds, belongs to what somebody called real. @param types of which kinds */
export function isConfirmed({ confirmed = [] }: BuildingHistory, atSeconds: number, types: readonly AnomalyType[], appliance: Appliance | null = null): boolean {
  return confirmed.some((each) =>
    types.includes(each.type) && each.appliance === appliance && atSeconds >= each.startSeconds && atSeconds < Math.max(each.endSeconds, each.startSeconds + 1))
}

/**
 * How sure a judgement by conformal rank is: with n exchangeable values before, one is beyond all of them by chance once in n + 1
 * times; each further multiple of the threshold halves what is left.
 */
export function rankConfidence(count: number, strength: number, evidence = 1): number {
  const chance = 0.5 ** Math.max(strength - 1, 0) * 0.5
  return Math.min(0.99, Math.max(0, (count / (count + 1)) * (1 - chance) * evidence))
}
