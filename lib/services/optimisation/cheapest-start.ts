import type { Appliance } from '@/lib/contracts/appliances'
import { findRunTimes } from '@/lib/data/flexible-runs'
import type { SiteRow } from '@/lib/data/sites'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { learnWindow, type RunWindow } from '@/lib/insights/optimise/run-windows'
import { loadSiteRates } from '../site-rates'

const DAY_SECONDS = 86_400
const HABIT_DAYS = 84
/** A difference below this share of the cost is none. */
const LEAST_DIFFERENCE = 0.005

export interface PlannedRun {
  durationSeconds: number
  /** Mean watts of each minute from the start on. */
  minuteWatts: readonly number[]
}

/** A run that begins here, Unix seconds on a quarter of an hour, and what it would cost. */
export interface PossibleStart {
  startSeconds: number
  /** In the site's currency. */
  cost: number
  /** Of the run's energy, in the site's currency. */
  pricePerKwh: number
}

export interface CheapestStarts {
  /** Of what is left of today, and of tomorrow; null where no run fits or no price is known. */
  today: PossibleStart | null
  tomorrow: PossibleStart | null
  /** At the next quarter of an hour. */
  now: PossibleStart | null
  /** Whether it costs the same whenever it begins. */
  isSame: boolean
  /** Between which times of day this home runs it. */
  window: RunWindow
  /** Whether a price is missing for some of the time. */
  hasUnknownPrices: boolean
}

/**
 * When a run of an appliance would cost least until the end of tomorrow, within the times of day at which the home runs it.
 * @param surplusWatts what is expected to be fed in at a moment (Unix seconds): what the run takes of it is forgone credit
 */
export async function findCheapestStarts(
  site: SiteRow,
  appliance: Appliance,
  run: PlannedRun,
  nowSeconds: number,
  surplusWatts: (seconds: number) => number = () => 0,
): Promise<CheapestStarts> {
  const keys = site.buildings.map(({ key }) => key)
  const since = nowSeconds - HABIT_DAYS * DAY_SECONDS
  const [{ rates, calendar }, habits, times] = await Promise.all([
    loadSiteRates(site, nowSeconds - DAY_SECONDS, nowSeconds + 3 * DAY_SECONDS),
    loadSiteRates(site, since, nowSeconds),
    findRunTimes(keys, [appliance], since, nowSeconds),
  ])
  const window = learnWindow(times, habits.calendar)
  const { dayNumber: today } = calendar.moment(nowSeconds)
  let hasUnknownPrices = false
  const startAt = (startSeconds: number): PossibleStart | null => {
    let [cost, kwh] = [0, 0]
    for (let at = startSeconds; at < startSeconds + run.durationSeconds; at += QUARTER_SECONDS) {
      const own = quarterKwh(run, at - startSeconds)
      const { importPrice, exportPrice } = rates.rateAt(at)
      if (importPrice === null) return null
      const ofSun = Math.min(own, (Math.max(0, surplusWatts(at)) * QUARTER_SECONDS) / 3_600_000)
      cost += (own - ofSun) * importPrice + ofSun * (exportPrice ?? importPrice)
      kwh += own
    }
    return { startSeconds, cost, pricePerKwh: kwh > 0 ? cost / kwh : 0 }
  }
  const first = Math.ceil(nowSeconds / QUARTER_SECONDS) * QUARTER_SECONDS
  const days: PossibleStart[][] = [[], []]
  for (let at = first; calendar.moment(at).dayNumber <= today + 1; at += QUARTER_SECONDS) {
    const { dayNumber, clockSeconds } = calendar.moment(at)
    if (clockSeconds < window.fromClockSeconds || clockSeconds + run.durationSeconds > window.toClockSeconds) continue
    const start = startAt(at)
    if (start) days[dayNumber - today]?.push(start)
    else hasUnknownPrices = true
  }
  const all = days.flat()
  const costs = all.map(({ cost }) => cost)
  const spread = Math.max(...costs) - Math.min(...costs)
  return {
    today: cheapest(days[0] ?? []),
    tomorrow: cheapest(days[1] ?? []),
    now: startAt(first),
    isSame: all.length > 0 && spread <= LEAST_DIFFERENCE * Math.max(...costs.map(Math.abs)),
    window,
    hasUnknownPrices,
  }
}

/** The earliest of the cheapest. */
function cheapest(starts: readonly PossibleStart[]): PossibleStart | null {
  return starts.reduce<PossibleStart | null>((best, start) => (best && start.cost >= best.cost - 1e-9 ? best : start), null)
}

function quarterKwh({ minuteWatts, durationSeconds }: PlannedRun, afterSeconds: number): number {
  const [from, to] = [afterSeconds / 60, Math.min(afterSeconds + QUARTER_SECONDS, durationSeconds) / 60]
  return minuteWatts.slice(from, Math.ceil(to)).reduce((sum, watts) => sum + watts / 60_000, 0)
}
