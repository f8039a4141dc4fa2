import type { Incident } from './incident'

/** A whole day of a building, by what days are compared. */
export interface DayFeatures {
  /** Unix seconds: it begins here. */
  startSeconds: number
  totalWh: number
  features: number[]
}

/** What a building's own past says of when something is unusual there. JSON. */
export interface AnomalyLimits {
  /** Strength that incidents of a kind (`kindOf`) must have, where that is more than 1. */
  strengths: Record<string, number>
  /** Days that nobody called a real anomaly, oldest first: with them the isolation forest is grown. */
  days: DayFeatures[]
}

export const NO_LIMITS: AnomalyLimits = { strengths: {}, days: [] }

/** What incidents of a building are told apart by, beside their time. */
export const kindOf = ({ type, appliance }: Pick<Incident, 'type' | 'appliance'>) => `${type}|${appliance ?? ''}`
