import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import type { FeatureRow } from './load-features'
import { locatePlant } from './locate-plant'
import { ClearSkyShares, PAST_COLUMNS, PAST_HOURS, SOLAR_FEATURES, solarFeatures, solarPast } from './solar-features'

/** What the recurrent network is asked: the past of each origin, columns of each row, and which origin each row belongs to. */
export interface SolarQuestion {
  /** origins x PAST_HOURS x PAST_COLUMNS */
  past: Float32Array
  /** rows x SOLAR_FEATURES */
  rows: Float32Array
  origins: BigInt64Array
}

/** The answer to each row: the share of the clear sky's generation. */
export type AskSolarNetwork = (question: SolarQuestion) => Promise<Float32Array>

/** The network has seen two years of skies, a plant's backtest two months. */
const NETWORK_TRUST = 16
/** Below this irradiance (W/m2) nothing is generated. */
const DARK_IRRADIANCE = 5

/** A recurrent network that knows the sun; like all of these it says nothing of a series that does not look like generation. */
export const solarNetwork = (ask: AskSolarNetwork): Candidate =>
  underClearSky({ name: 'LSTM (clear sky)', trust: NETWORK_TRUST }, async (shares, tasks) => {
    const asked = tasks.map((task) => {
      const past = solarPast(shares, task.origin)
      return { past, rows: past ? solarFeatures(shares, task) : [...task.targets].map(() => null) }
    })
    const answers = await answersOf(ask, asked)
    let next = 0
    return asked.map(({ rows }) => rows.map((row) => (row ? row.scale * Math.max(0, answers[next++]!) : Number.NaN)))
  })

async function answersOf(
  ask: AskSolarNetwork,
  asked: readonly { past: Float32Array | null; rows: readonly (FeatureRow | null)[] }[],
): Promise<Float32Array> {
  const pasts = asked.flatMap(({ past, rows }) => (past && rows.some((row) => row !== null) ? [{ past, rows }] : []))
  const known = pasts.flatMap(({ rows }, origin) => rows.flatMap((row) => (row ? [{ columns: row.columns, origin }] : [])))
  if (known.length === 0) return new Float32Array(0)
  const question: SolarQuestion = {
    past: new Float32Array(pasts.length * PAST_HOURS * PAST_COLUMNS),
    rows: new Float32Array(known.length * SOLAR_FEATURES),
    origins: BigInt64Array.from(known, ({ origin }) => BigInt(origin)),
  }
  pasts.forEach(({ past }, index) => question.past.set(past, index * PAST_HOURS * PAST_COLUMNS))
  known.forEach(({ columns }, index) => question.rows.set(columns, index * SOLAR_FEATURES))
  return ask(question)
}

/** Clear-sky ("smart") persistence: the sky stays as clear as it was over the last `hours` of daylight. */
const skyStays = (name: string, hours: number): Candidate =>
  underClearSky({ name }, (shares, tasks) =>
    tasks.map(({ origin, targets }) => {
      const perIrradiance = shares.recentYield(origin, hours)
      return [...targets].map((target) => perIrradiance * shares.irradiance[target]!)
    }),
  )

/** Over a day's daylight, and over the last three hours of it. */
export const SKY_OF_LAST_DAY = skyStays('clear sky as on the last day', 10)
export const SKY_OF_LAST_HOURS = skyStays('clear sky as in the last hours', 3)

/** @param answer by task and target; NaN where nothing can be said. Where the sun is down it is 0 whatever is said. */
export function underClearSky(
  about: Omit<Candidate, 'forecast'>,
  answer: (shares: ClearSkyShares, tasks: readonly ForecastTask[], view: SeriesView) => number[][] | Promise<number[][]>,
): Candidate {
  return byTheHour({
    ...about,
    async forecast(view, tasks) {
      const shares = sharesOf(view)
      if (!shares) return tasks.map(({ targets }) => new Float64Array(targets.length).fill(Number.NaN))
      const said = await answer(shares, tasks, view)
      return tasks.map(({ origin, targets }, at) => {
        const isKnown = !Number.isNaN(shares.reference(origin))
        return Float64Array.from(targets, (target, i) => {
          const value = said[at]![i]!
          if (!isKnown || (about.needsWeather && Number.isNaN(value))) return Number.NaN
          return shares.irradiance[target]! < DARK_IRRADIANCE ? 0 : value
        })
      })
    },
  })
}

const knownShares = new WeakMap<Float64Array, { length: number; shares: ClearSkyShares | null }>()

/** The place is a fact about the plant, not about the weather: all of a series may be used to find it, once. */
function sharesOf(view: SeriesView): ClearSkyShares | null {
  const known = knownShares.get(view.values)
  if (known?.length === view.calendar.length) return known.shares
  const place = locatePlant(view.values, view.calendar.startSeconds, view.values.length)
  const shares = place && new ClearSkyShares(view, place)
  knownShares.set(view.values, { length: view.calendar.length, shares })
  return shares
}
