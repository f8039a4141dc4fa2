import type { SlotCalendar } from './slot-calendar'
import type { WeatherView } from './weather'

/** A series with its calendar, which reaches beyond the values to the end of the longest forecast. */
export interface SeriesView {
  /** NaN where nothing was measured. */
  values: Float64Array
  calendar: SlotCalendar
  /** Not given where no forecast of the weather is known. A task may look only at what `leadDaysOf` allows it. */
  weather?: WeatherView
}

/** A forecast to make: of steps at or after the origin, from values before it. */
export interface ForecastTask {
  /** The first step that is not known. */
  origin: number
  /** Ascending. */
  targets: Int32Array
}

/** A way to forecast. Where it cannot say anything it says NaN; it never looks at values at or after a task's origin. */
export interface Candidate {
  name: string
  /** How often it counts as chosen for the mix before the series' own past is asked; 0 where not given. */
  trust?: number
  /** It says nothing of a step whose weather is not known. */
  needsWeather?: boolean
  forecast(view: SeriesView, tasks: readonly ForecastTask[]): Promise<Float64Array[]> | Float64Array[]
}

/** A candidate that forecasts step by step. */
export function stepwise(
  name: string,
  forecastStep: (view: SeriesView, origin: number, target: number, memory: Map<string, number>) => number,
): Candidate {
  return {
    name,
    forecast: (view, tasks) =>
      tasks.map(({ origin, targets }) => {
        const memory = new Map<string, number>()
        return Float64Array.from(targets, (target) => forecastStep(view, origin, target, memory))
      }),
  }
}
