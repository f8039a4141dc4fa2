import { findForecastSeries, type ForecastLook } from '@/lib/data/site-forecasts'
import { findActiveModel } from '@/lib/data/site-models'
import { allCandidates } from '@/lib/insights/forecast/all-candidates'
import type { Candidate } from '@/lib/insights/forecast/candidate'
import type { ForecastChoice } from '@/lib/insights/forecast/forecast'
import { FORECAST_MODEL_DIR, loadForecastNetworks } from '@/lib/insights/forecast/network-candidates'
import type { RegularSeries } from '@/lib/insights/forecast/regular-series'
import type { ForecastOf } from './forecast-series'
import { modelCache } from './model-cache'

export const HOUR_SECONDS = 3600
export const DAY_HOURS = 24
/** Counted up when stored choices no longer fit what the code makes of them. */
export const FORECAST_FORMAT = 4

/** How a series of a site is forecast, as it is stored. */
export interface StoredChoice {
  format: number
  /** Unix seconds: nothing newer was used to make it. */
  fittedUntil: number
  /** Chosen from simple ways alone, until all are compared. */
  isProvisional: boolean
  choice: ForecastChoice
}

export interface ChoiceInUse extends StoredChoice {
  /** null: a first guess. */
  versionId: string | null
}

export interface ForecastState {
  inUse: ChoiceInUse | null
  /** When the background last looked, and what it then knew; null: it never heard of the series. */
  look: ForecastLook | null
}

/** What forecasts a series now. */
export async function findForecastState(siteId: string, name: string): Promise<ForecastState> {
  const [series, active] = await Promise.all([
    findForecastSeries(siteId, name),
    findActiveModel({ siteId, model: 'forecast', part: name, format: FORECAST_FORMAT }),
  ])
  const look = series && { knownUntil: series.knownUntil, knownDays: series.knownDays }
  if (active) return { inUse: { ...(active.content as StoredChoice), versionId: active.id }, look }
  const guess = series?.choice as StoredChoice | null | undefined
  return { inUse: guess?.format === FORECAST_FORMAT ? { ...guess, versionId: null } : null, look }
}

/** Works with all ways to forecast, the networks among them. */
export function withCandidates<Result>(work: (candidates: Candidate[]) => Promise<Result>): Promise<Result> {
  const load = async () => {
    const networks = await loadForecastNetworks(FORECAST_MODEL_DIR)
    return { value: allCandidates(networks), bytes: networks.bytes, close: networks.close }
  }
  return modelCache.use('forecast', load, work)
}

export const choiceName = (of: ForecastOf, horizonHours: number) => `${of}/${horizonHours > DAY_HOURS ? 'week' : 'day'}`

/** What a stored choice forecasts and how far. */
export function readChoiceName(name: string): { of: ForecastOf; horizon: 'day' | 'week'; horizonSteps: number } {
  const [of, horizon] = name.split('/') as [ForecastOf, 'day' | 'week']
  return { of, horizon, horizonSteps: horizon === 'week' ? 7 * DAY_HOURS : DAY_HOURS }
}

export const lookOf = ({ startSeconds, values }: RegularSeries): ForecastLook => ({
  knownUntil: startSeconds + values.length * HOUR_SECONDS,
  knownDays: values.length / DAY_HOURS,
})
