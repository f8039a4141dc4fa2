import { FORECAST_REFUSALS, type ForecastMetrics } from '@/lib/contracts/training'
import type { BackgroundJob } from '@/lib/data/background-jobs'
import {
  findForecastNames, findOldForecastChoices, markForecastSeries, restForecastSeries, saveFirstGuess,
} from '@/lib/data/site-forecasts'
import { findModelsOfJob, OtherVersionError, saveSiteModel } from '@/lib/data/site-models'
import { findSite, findSiteOfBuilding, type SiteRow } from '@/lib/data/sites'
import type { BacktestProgress } from '@/lib/insights/forecast/backtest'
import type { Candidate } from '@/lib/insights/forecast/candidate'
import { chooseForecast, type ForecastOptions, requireHistory } from '@/lib/insights/forecast/forecast'
import { fittedSteps, judgeChoices, refusalOf } from '@/lib/insights/forecast/judge-choices'
import { QUICK_CANDIDATES } from '@/lib/insights/forecast/profile-candidates'
import { type RegularSeries, SeriesError } from '@/lib/insights/forecast/regular-series'
import type { WeatherView } from '@/lib/insights/forecast/weather'
import {
  type ChoiceInUse, findForecastState, FORECAST_FORMAT, HOUR_SECONDS, lookOf, readChoiceName, type StoredChoice, withCandidates,
} from './forecast-choices'
import { readForecastSeries } from './forecast-series'
import type { Progress } from './import/job-progress'
import { readSiteWeather } from './weather/weather-view'

const RENEW_AFTER_SECONDS = 86_400
/** What a first guess is compared on: as few as tell the ends of a 95 % interval of a sum, for who asks is waiting. */
const QUICK_ORIGINS = 40
/** Of a refit, the share of the work that fitting takes; the rest judges what came of it. */
const FITTING_SHARE = 0.8
const ALWAYS_FITTED = ['load/day']
const MOST_JUDGEMENTS = 3

/** A choice from few quick ways, for who asks before the background has compared all. @throws SeriesError */
export function makeFirstGuess(site: SiteRow, name: string, series: RegularSeries): Promise<StoredChoice> {
  return fit(site, name, series, { candidates: QUICK_CANDIDATES, mostOrigins: QUICK_ORIGINS, isProvisional: true })
}

interface Fitting {
  candidates: readonly Candidate[]
  weather?: WeatherView
  isProvisional: boolean
  mostOrigins?: number
  progress?: BacktestProgress
}

/** Fitted on what is not held back; on everything where that alone is too little. @throws SeriesError */
async function fit(site: SiteRow, name: string, series: RegularSeries, { isProvisional, ...fitting }: Fitting): Promise<StoredChoice> {
  requireHistory(series)
  const { horizonSteps } = readChoiceName(name)
  const options: ForecastOptions = { horizonSteps, timeZone: site.timeZone, ...fitting }
  const made = async (steps: number): Promise<StoredChoice> => ({
    format: FORECAST_FORMAT,
    fittedUntil: series.startSeconds + steps * HOUR_SECONDS,
    isProvisional,
    choice: await chooseForecast({ ...series, values: series.values.slice(0, steps) }, options),
  })
  const most = series.values.length
  const steps = fittedSteps(series)
  if (steps === most) return made(most)
  return made(steps).catch((error: unknown) => {
    if (error instanceof SeriesError) return made(most)
    throw error
  })
}

export interface Refit {
  versionId: string | null
  metrics: ForecastMetrics
}

/** Who asked for a refit; null: the daily look. */
export interface RefitRequest {
  jobId: string
  userId: string | null
}

/**
 * Compares all ways to forecast a series anew. What comes of it takes effect only where it does better than what is in use on the
 * part of the history that neither was fitted on; where too little is held back for that, because it knows more.
 * @throws SeriesError where there is too little history
 */
export async function refitSeries(
  site: SiteRow,
  name: string,
  nowSeconds: number,
  request: RefitRequest | null = null,
  progress: BacktestProgress = async () => {},
): Promise<Refit> {
  const { of } = readChoiceName(name)
  const series = await readForecastSeries(site, of, nowSeconds)
  const weather = (await readSiteWeather(site.id, series, nowSeconds))?.view
  return withCandidates(async (candidates) => {
    const made = await fit(site, name, series, {
      candidates, weather, isProvisional: false, progress: (share) => progress(share * FITTING_SHARE),
    })
    const judging: Judging = {
      site, name, series, weather, made, candidates, request, progress: (share) => progress(FITTING_SHARE + share * (1 - FITTING_SHARE)),
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await judgeAndSave(judging)
      } catch (error) {
        // A person, or the daily look, was quicker: it is judged beside what is in use by now.
        if (!(error instanceof OtherVersionError) || attempt === MOST_JUDGEMENTS) throw error
      }
    }
  })
}

interface Judging {
  site: SiteRow
  name: string
  series: RegularSeries
  weather: WeatherView | undefined
  made: StoredChoice
  candidates: readonly Candidate[]
  request: RefitRequest | null
  progress: BacktestProgress
}

async function judgeAndSave({ site, name, series, weather, made, candidates, request, progress }: Judging): Promise<Refit> {
  const { inUse } = await findForecastState(site.id, name)
  const fittedUntil = Math.max(made.fittedUntil, inUse?.fittedUntil ?? 0)
  const judged = await judgeChoices(series, [made.choice, ...(inUse ? [inUse.choice] : [])], {
    fromStep: Math.ceil((fittedUntil - series.startSeconds) / HOUR_SECONDS),
    horizonSteps: readChoiceName(name).horizonSteps,
    timeZone: site.timeZone,
    candidates,
    weather,
    progress,
  })
  const [after = null, before = null] = judged?.scores ?? []
  const refused = before && after ? refusalOf(before, after) : null
  const metrics: ForecastMetrics = {
    hours: judged?.hours ?? 0,
    forecasts: judged?.forecasts ?? 0,
    before: before && { mase: before.mase, coverage: before.coverage },
    after: after && { mase: after.mase, coverage: after.coverage },
    refusal: refused && FORECAST_REFUSALS[refused],
  }
  // What the daily look finds no better is not worth keeping.
  const versionId = refused && !request ? null : await save(site, name, { made, inUse, metrics, request })
  await markLooked(site, name, series, refused ? inUse : null)
  return { versionId, metrics }
}

interface Saved {
  made: StoredChoice
  inUse: ChoiceInUse | null
  metrics: ForecastMetrics
  request: RefitRequest | null
}

function save(site: SiteRow, part: string, { made, inUse, metrics, request }: Saved): Promise<string> {
  return saveSiteModel({
    siteId: site.id,
    model: 'forecast',
    part,
    format: FORECAST_FORMAT,
    buildingKey: null,
    isActive: metrics.refusal === null,
    comparedWith: inUse?.versionId ?? null,
    metrics,
    content: made,
    fittedUntil: made.fittedUntil,
    jobId: request?.jobId ?? null,
    createdBy: request?.userId ?? null,
  })
}

/** @param kept what proved no worse: a first guess is one no more */
async function markLooked(site: SiteRow, name: string, series: RegularSeries, kept: ChoiceInUse | null): Promise<void> {
  if (!kept?.isProvisional) return markForecastSeries(site.id, name, lookOf(series))
  const { versionId: _, ...settled } = kept
  await saveFirstGuess(site.id, name, { ...settled, isProvisional: false }, lookOf(series))
}

/** Fits anew what was asked for, or else the series that was looked at longest ago, a day at least. @returns whether there was one */
export async function renewOldestChoice(nowSeconds = Date.now() / 1000): Promise<boolean> {
  const [old] = await findOldForecastChoices(nowSeconds - RENEW_AFTER_SECONDS, 1)
  if (!old) return false
  const site = await findSite(old.siteId)
  if (!site) return false
  try {
    await refitSeries(site, old.series, nowSeconds)
  } catch (error) {
    // Whatever the reason, what is stored has its turn again tomorrow, so that it keeps no other from its own.
    await restForecastSeries(old.siteId, old.series, Math.floor(nowSeconds / HOUR_SECONDS) * HOUR_SECONDS)
    if (!(error instanceof SeriesError)) throw error
  }
  return true
}

/** What came of one series in a job. */
export interface ForecastOutcome {
  part: string
  versionId: string | null
  /** Why nothing could be fitted, or why it did not take effect; null where it did. */
  refusal: string | null
}

/** Fits all that is forecast at a job's site anew; what the job has done before it was cut short is not done again. */
export async function runForecastJob(job: BackgroundJob, progress: Progress): Promise<ForecastOutcome[]> {
  const site = await findSiteOfBuilding(job.buildingKey)
  if (!site) return []
  const names = [...new Set([...ALWAYS_FITTED, ...(await findForecastNames(site.id))])]
  const done = await findModelsOfJob(job.id)
  const outcomes: ForecastOutcome[] = []
  for (const [index, name] of names.entries()) {
    const known = done.find(({ part }) => part === name)
    if (known) {
      outcomes.push({ part: name, versionId: known.id, refusal: (known.metrics as ForecastMetrics).refusal })
      continue
    }
    const report: BacktestProgress = (share) => progress((index + share) / names.length, `comparing ways to forecast ${name}`)
    try {
      const { versionId, metrics } = await refitSeries(site, name, Date.now() / 1000, { jobId: job.id, userId: job.requestedBy }, report)
      outcomes.push({ part: name, versionId, refusal: metrics.refusal })
    } catch (error) {
      if (!(error instanceof SeriesError)) throw error
      outcomes.push({ part: name, versionId: null, refusal: error.message })
    }
  }
  return outcomes
}
