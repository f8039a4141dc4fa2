import { describe, expect, it } from 'vitest'
import { chooseForecast } from './forecast'
import { fittedSteps, judgeChoices, refusalOf } from './judge-choices'
import { NAIVE_DAY, PERSISTENCE, PROFILE_CANDIDATES } from './profile-candidates'

const HOUR = 3600
const DAY = 24
/** A Monday, 00:00 UTC. */
const START = 1_767_571_200

/** Cooking in the evening, more of it on odd days. */
const home = (hours: number, change: (hour: number) => number = () => 0) => ({
  startSeconds: START,
  stepSeconds: HOUR,
  values: Float64Array.from({ length: hours }, (_, hour) => {
    const [day, clock] = [Math.floor(hour / DAY), hour % DAY]
    return 200 + 30 * Math.sin(hour * 1.7) + (clock >= 17 && clock < 21 ? 900 + 250 * (day % 2) : 0) + change(hour)
  }),
})
const options = { horizonSteps: DAY, timeZone: 'Europe/Berlin' }

describe('what a choice may be fitted on', () => {
  it('never shrinks as a history grows, and leaves a week once there are three', () => {
    const lengths = Array.from({ length: 60 * DAY }, (_, hours) => fittedSteps(home(hours + 1)))
    expect(lengths.every((steps, at) => steps >= (lengths[at - 1] ?? 0) && steps <= at + 1)).toBe(true)
    expect(fittedSteps(home(10 * DAY))).toBe(10 * DAY)
    expect(fittedSteps(home(40 * DAY))).toBe(33 * DAY)
  })
})

describe('choices that are judged on what they were not fitted on', () => {
  const series = home(40 * DAY)
  const fromStep = fittedSteps(series)
  const fitted = { ...series, values: series.values.slice(0, fromStep) }
  const judge = (given: typeof series, choices: Parameters<typeof judgeChoices>[1]) =>
    judgeChoices(given, choices, { ...options, fromStep, candidates: PROFILE_CANDIDATES })

  it('are told apart: one that knows the day errs less than one that repeats the last value', async () => {
    const good = await chooseForecast(fitted, { ...options, candidates: PROFILE_CANDIDATES })
    const poor = await chooseForecast(fitted, { ...options, candidates: [PERSISTENCE] })
    const { scores, hours, forecasts } = (await judge(series, [good, poor]))!
    expect({ hours, forecasts }).toEqual({ hours: 7 * DAY, forecasts: 13 })
    expect(scores[0]!.mase).toBeLessThan(0.9)
    expect(scores[1]!.mase).toBeGreaterThan(scores[0]!.mase!)
    expect(refusalOf(scores[1]!, scores[0]!)).toBeNull()
    expect(refusalOf(scores[0]!, scores[1]!)).toBe('noGain')
    expect(refusalOf(scores[0]!, scores[0]!)).toBe('noGain')
  })

  it('are as good as repeating the day before where they do just that', async () => {
    const naive = await chooseForecast(fitted, { ...options, candidates: [NAIVE_DAY] })
    const plain = { ...naive, mix: [{ name: NAIVE_DAY.name, weight: 1, correction: 0 }], offset: 0 }
    expect((await judge(series, [plain]))!.scores[0]!.mase).toBeCloseTo(1, 6)
  })

  it('score by what came: a week unlike any before makes the error larger and the band miss', async () => {
    const choice = await chooseForecast(fitted, { ...options, candidates: PROFILE_CANDIDATES })
    const [usual] = (await judge(series, [choice]))!.scores
    const wild = home(40 * DAY, (hour) => (hour >= fromStep && hour % 5 === 0 ? 3000 : 0))
    const [unusual] = (await judge(wild, [choice]))!.scores
    expect(unusual!.meanAbsoluteError).toBeGreaterThan(2 * usual!.meanAbsoluteError)
    expect(unusual!.coverage).toBeLessThan(usual!.coverage)
  })

  it('are not judged by less than a day', async () => {
    const choice = await chooseForecast(series, { ...options, candidates: PROFILE_CANDIDATES })
    const late = { ...options, fromStep: series.values.length - 6, candidates: PROFILE_CANDIDATES }
    expect(await judgeChoices(series, [choice], late)).toBeNull()
  })
})

describe('a new choice is better', () => {
  const score = (meanAbsoluteError: number, coverage: number) => ({ mase: null, meanAbsoluteError, coverage })
  it('with a smaller error, unless its band holds clearly less or more than 95 of 100', () => {
    expect(refusalOf(score(100, 0.95), score(90, 0.93))).toBeNull()
    expect(refusalOf(score(100, 0.95), score(90, 0.8))).toBe('band')
    expect(refusalOf(score(100, 0.95), score(99.9, 0.95))).toBe('noGain')
  })
  it('with a band that is clearly nearer to it and the same error', () => {
    expect(refusalOf(score(100, 0.8), score(100, 0.94))).toBeNull()
    expect(refusalOf(score(100, 0.8), score(104, 0.95))).toBe('noGain')
  })
})
