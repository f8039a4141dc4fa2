import { firstReadings, readQuarters } from '@/lib/data/energy-facts'
import type { SiteRow } from '@/lib/data/sites'
import { LocalCalendar } from '@/lib/domain/local-calendar'
import { AS_IT_WAS, dayCost, meterKwh } from '@/lib/domain/day-plan'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { standbyExcess } from '@/lib/insights/optimise/standby'
import { state } from '@/lib/insights/optimise/wording'
import type { LoadedDays } from './load-days'
import { isWorthSaying, nothing, recommendation, type Finding } from './recommendation'
import { daysStatements } from './shifting-findings'

const WEEKS = 26
const WEEK_SECONDS = 7 * 86_400

/** What is always on above what this home has reached in its own best weeks, priced quarter by quarter. */
export async function findStandbyCut(site: SiteRow, loaded: LoadedDays): Promise<Finding> {
  const { days, toSeconds } = loaded
  const keys = site.buildings.map(({ key }) => key)
  const fromSeconds = toSeconds - WEEKS * WEEK_SECONDS
  const [quarters, first] = await Promise.all([readQuarters(keys, fromSeconds, toSeconds), firstReadings(keys)])
  const calendar = new LocalCalendar(site.timeZone, fromSeconds, toSeconds)
  const excess = standbyExcess(quarters, calendar, Math.max(1, first.size), toSeconds)
  if (excess === 'too short') return nothing(state('standbyTooShort'))
  if (excess === 'at best') return nothing(state('standbyAtBest'))
  const lessKwh = ((excess.currentWatts - excess.bestWatts) * QUARTER_SECONDS) / 3_600_000
  const currentCost = days.reduce((sum, { problem }) => sum + dayCost(problem, AS_IT_WAS), 0)
  const plannedCost = days.reduce((sum, { problem }) => {
    // What was drawn is what was drawn: never less than nothing, where nothing was fed in.
    const lower = meterKwh(problem, AS_IT_WAS).map((kwh) => (kwh > 0 ? Math.max(0, kwh - lessKwh) : kwh - lessKwh))
    return sum + dayCost({ ...problem, baseKwh: lower, runs: [] }, AS_IT_WAS)
  }, 0)
  if (!isWorthSaying(currentCost - plannedCost)) return nothing(state('standbyAtBest'))
  const { currentWatts, bestWatts: plannedWatts, weeks, bestWeeks: best, steadiness } = excess
  return {
    recommendations: [
      recommendation({
        type: 'standby_cut',
        title: 'Bring what is always on back to what this home has reached',
        currency: site.currency,
        period: { from: loaded.fromSeconds, to: toSeconds, days: days.length },
        currentCost,
        plannedCost,
        confidence: steadiness * (days.length / loaded.lookedAt),
        power: { currentWatts, plannedWatts },
        assumptions: [
          state('bestWeeks', { best, weeks, watts: Math.round(plannedWatts) }),
          state('season'),
          ...daysStatements(loaded, 0),
        ],
      }),
    ],
    notes: [],
  }
}
