import type { Candidate, ForecastTask, SeriesView } from './candidate'
import { hourlyMeans } from './regular-series'
import { SlotCalendar } from './slot-calendar'
import { hourlyWeather, type WeatherView } from './weather'

/**
 * Lets a candidate that knows hours alone forecast finer steps: it is asked for the hours that hold them, and what it says of
 * neighbouring hours is joined by straight lines from middle to middle. Of steps longer than an hour it says nothing.
 */
export function byTheHour(candidate: Candidate): Candidate {
  return {
    ...candidate,
    async forecast(view, tasks) {
      if (view.calendar.stepSeconds > 3600) return tasks.map(({ targets }) => new Float64Array(targets.length).fill(Number.NaN))
      const perHour = Math.round(3600 / view.calendar.stepSeconds)
      if (perHour === 1) return candidate.forecast(view, tasks)
      const said: Float64Array[] = []
      for (const [phase, group] of byPhase(tasks, perHour)) {
        const hourly = hourlyView(view, phase, perHour)
        const asked = group.map(({ task }) => hourlyTask(task, phase, perHour))
        const answers = await candidate.forecast(hourly, asked)
        group.forEach(({ task, index }, at) => (said[index] = joined(task, asked[at]!, answers[at]!, phase, perHour)))
      }
      return said
    },
  }
}

/** Hours must end at a task's origin: tasks that agree in where they cut hours share one hourly series. */
function byPhase(tasks: readonly ForecastTask[], perHour: number) {
  const groups = new Map<number, { task: ForecastTask; index: number }[]>()
  tasks.forEach((task, index) => {
    const phase = task.origin % perHour
    groups.set(phase, [...(groups.get(phase) ?? []), { task, index }])
  })
  return groups
}

interface HourlyView {
  of: WeatherView | undefined
  hourly: SeriesView
}

const hourlyViews = new WeakMap<Float64Array, Map<string, HourlyView>>()

/** Made once, so that what candidates keep of a series serves all their calls. */
function hourlyView(view: SeriesView, phase: number, perHour: number): SeriesView {
  const views = hourlyViews.get(view.values) ?? new Map<string, HourlyView>()
  hourlyViews.set(view.values, views)
  const key = `${phase} ${view.calendar.length}`
  const known = views.get(key)
  if (known?.of === view.weather && known) return known.hourly
  const hourly = known?.hourly ?? makeHourlyView(view, phase, perHour)
  const weather = view.weather && hourlyWeather(view.weather, phase, perHour, hourly.calendar.length)
  const made = { of: view.weather, hourly: { ...hourly, weather } }
  views.set(key, made)
  return made.hourly
}

function makeHourlyView({ values, calendar }: SeriesView, phase: number, perHour: number): SeriesView {
  const { stepSeconds } = calendar
  const whole = Math.floor((values.length - phase) / perHour) * perHour
  const hourly = hourlyMeans({
    startSeconds: calendar.startSeconds + phase * stepSeconds,
    stepSeconds,
    values: values.subarray(phase, phase + whole),
  })
  const length = Math.ceil((calendar.length - phase) / perHour) + 1
  return { values: hourly.values, calendar: new SlotCalendar(hourly.startSeconds, 3600, length, calendar.timeZone) }
}

function hourlyTask({ origin, targets }: ForecastTask, phase: number, perHour: number): ForecastTask {
  const first = (origin - phase) / perHour
  const last = Math.floor(((targets.at(-1) ?? origin) - phase) / perHour)
  return { origin: first, targets: Int32Array.from({ length: last - first + 1 }, (_, hour) => first + hour) }
}

function joined(
  { targets }: ForecastTask,
  asked: ForecastTask,
  answers: Float64Array,
  phase: number,
  perHour: number,
): Float64Array {
  const at = (hour: number) => answers[Math.max(0, Math.min(answers.length - 1, hour))]!
  return Float64Array.from(targets, (target) => {
    const position = (target - phase + 0.5) / perHour - 0.5 - asked.origin
    const before = Math.floor(position)
    const share = position - before
    return at(before) * (1 - share) + at(before + 1) * share
  })
}
