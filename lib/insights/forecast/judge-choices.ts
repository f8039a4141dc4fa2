import { backtest, type BacktestProgress } from './backtest'
import type { Candidate, ForecastTask } from './candidate'
import { type ForecastChoice, namesIn, pointsOf, viewOf } from './forecast'
import { NAIVE_DAY } from './profile-candidates'
import type { RegularSeries } from './regular-series'
import type { WeatherView } from './weather'

const HELD_BACK_DAYS = 7
const FEWEST_FITTED_DAYS = 14
const FEWEST_JUDGED_HOURS = 20
/** Forecasts begin so far apart: at all hours of the day, and each day is forecast about twice. */
const EVERY_HOURS = 13
const MOST_TARGETS = 96
const NOMINAL_COVERAGE = 0.95
/** A band that holds so much less of what came than the other's, away from 95 of 100, is worse whatever the error. */
const COVERAGE_SLACK = 0.05
/** A smaller error than this share of the other's is none that chance does not make. */
const LEAST_GAIN = 0.005

/** How a choice does on a part of the history that it was not fitted on. */
export interface HeldBackScore {
  /** Mean absolute error over that of repeating the day before, on the same hours; null where that makes no error. */
  mase: number | null
  /** Share of hours inside the 95 % band. */
  coverage: number
  /** In the series' unit. */
  meanAbsoluteError: number
}

export interface HeldBackJudgement {
  /** Made at so many moments. */
  forecasts: number
  /** Hours of the history that were compared. */
  hours: number
  /** By choice. */
  scores: HeldBackScore[]
}

/**
 * How many steps of a series a choice may be fitted on: the newest week is held back to judge by, as far as there are two weeks
 * before it. As the series grows this never falls, so that what is held back from a new choice no earlier one was fitted on.
 */
export function fittedSteps({ values, stepSeconds }: RegularSeries): number {
  const perDay = Math.round(86_400 / stepSeconds)
  return Math.max(values.length - HELD_BACK_DAYS * perDay, Math.min(values.length, FEWEST_FITTED_DAYS * perDay))
}

export interface JudgeOptions {
  /** The first step that none of the choices was fitted on. */
  fromStep: number
  horizonSteps: number
  timeZone: string
  candidates: readonly Candidate[]
  /** As in ForecastOptions. */
  weather?: WeatherView
  progress?: BacktestProgress
}

/**
 * Lets choices forecast the end of a series from the same moments of it and compares what they say with what came.
 * @returns null where less than a day is left to judge by
 */
export async function judgeChoices(
  series: RegularSeries,
  choices: readonly ForecastChoice[],
  { fromStep, horizonSteps, timeZone, candidates, weather, progress }: JudgeOptions,
): Promise<HeldBackJudgement | null> {
  const view = viewOf(series, horizonSteps, timeZone, weather)
  const tasks = heldBackTasks(series, fromStep, horizonSteps)
  const judgedHours = new Set(tasks.flatMap(({ targets }) => [...targets].map((target) => Math.floor((target * series.stepSeconds) / 3600))))
  if (judgedHours.size < FEWEST_JUDGED_HOURS) return null
  const names = new Set(choices.flatMap((choice) => [...namesIn(choice)]))
  const used = candidates.filter((candidate) => names.has(candidate.name) || candidate === NAIVE_DAY)
  const origins = await backtest(view, used, tasks, progress)
  const naive = used.indexOf(NAIVE_DAY)
  const scores = choices.map((choice): HeldBackScore => {
    let [error, comparedError, naiveError, inside, judged] = [0, 0, 0, 0, 0]
    for (const { origin, targets, actual, predicted } of origins) {
      pointsOf(view, choice, used, predicted, { origin, targets }).forEach(({ value, lower95, upper95 }, i) => {
        judged++
        error += Math.abs(actual[i]! - value)
        if (actual[i]! >= lower95 && actual[i]! <= upper95) inside++
        const naiveOff = Math.abs(actual[i]! - predicted[naive]![i]!)
        if (Number.isNaN(naiveOff)) return
        comparedError += Math.abs(actual[i]! - value)
        naiveError += naiveOff
      })
    }
    return { mase: naiveError > 0 ? comparedError / naiveError : null, coverage: inside / judged, meanAbsoluteError: error / judged }
  })
  return { forecasts: origins.length, hours: judgedHours.size, scores }
}

function heldBackTasks({ values, stepSeconds }: RegularSeries, fromStep: number, horizonSteps: number): ForecastTask[] {
  const perHour = 3600 / stepSeconds
  const tasks: ForecastTask[] = []
  for (let origin = Math.max(1, fromStep); origin < values.length; origin += Math.max(1, Math.round(EVERY_HOURS * perHour))) {
    const length = Math.min(horizonSteps, values.length - origin)
    const stride = Math.max(1, Math.ceil(length / MOST_TARGETS))
    const targets = Int32Array.from({ length: Math.ceil(length / stride) }, (_, i) => origin + i * stride)
    const known = targets.filter((target) => !Number.isNaN(values[target]!))
    if (known.length > 0) tasks.push({ origin, targets: known })
  }
  return tasks
}

/**
 * Whether a new choice is better than the one in use: a smaller error without a band that is clearly further from 95 of 100, or
 * such a band that is clearly nearer without a larger error.
 * @returns null where it is, else what speaks against it
 */
export function refusalOf(before: HeldBackScore, after: HeldBackScore): 'noGain' | 'band' | null {
  const off = ({ coverage }: HeldBackScore) => Math.abs(coverage - NOMINAL_COVERAGE)
  const gain = before.meanAbsoluteError - after.meanAbsoluteError
  const chance = LEAST_GAIN * before.meanAbsoluteError
  if (gain > chance) return off(after) > off(before) + COVERAGE_SLACK ? 'band' : null
  return gain >= -chance && off(after) < off(before) - COVERAGE_SLACK ? null : 'noGain'
}
