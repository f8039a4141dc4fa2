import { DateTime } from 'luxon'
import { NOT_CYCLING } from '@/lib/contracts/home-learning'
import type { ToolName } from '@/lib/contracts/assistant'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { findRecentActivations } from '@/lib/data/activations'
import { findAnomalies } from '@/lib/data/anomalies'
import { firstReadings } from '@/lib/data/energy-facts'
import { findPlannedRuns } from '@/lib/data/planned-runs'
import { findRooms } from '@/lib/data/rooms'
import { findForecastSeries } from '@/lib/data/site-forecasts'
import { findSiteOf } from '@/lib/data/sites'
import { findTariffs } from '@/lib/data/tariffs'
import { applianceWord } from './names'
import { availableTools } from './tools/run-tool'

const MOST = 6
const WEEK_SECONDS = 7 * 86_400
const MOST_RUNS = 500
const MOST_ANOMALIES = 100
/** Plans of runs are made of so much. */
const PLANNED_SECONDS = 28 * 86_400
/** What somebody starts, and could start at another time. */
const MOVABLE = (['Dishwasher', 'WashingMachine', 'Dryer'] as const).map(applianceWord)

/** What decides which questions make sense to begin with. */
export interface SiteOffers {
  tools: readonly ToolName[]
  /** In the site's time zone. */
  now: DateTime
  /** When the site was first measured, Unix seconds; null where it never was. */
  firstReadingAt: number | null
  /** Appliances that ran within the last week and do not run all day, as a sentence names them, the most frequent first. */
  ran: readonly string[]
  hasCold: boolean
  hasTariff: boolean
  hasRooms: boolean
  /** Whether something looks wrong that nobody has seen to yet; of which appliance, as a sentence names it, null: of none. */
  wrong: { appliance: string | null } | null
  /** Whether a forecast of the site was made. */
  hasForecast: boolean
  /** Whether moving runs was found to save something. */
  hasSavings: boolean
}

/**
 * Questions that one of the user's sites has an answer to, made of what it has measured: for people who begin.
 * @returns null where the user has no such site
 */
export async function suggestQuestions(
  user: CurrentUser,
  siteId: string,
  nowSeconds = Date.now() / 1000,
): Promise<string[] | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const keys = site.buildings.map(({ key }) => key)
  const [first, runs, tariffs, rooms, anomalies, forecast, planned] = await Promise.all([
    firstReadings(keys),
    findRecentActivations(keys, nowSeconds, MOST_RUNS, NOT_CYCLING, nowSeconds - WEEK_SECONDS),
    findTariffs(site.id),
    findRooms(keys),
    findAnomalies(site.id, nowSeconds - WEEK_SECONDS, MOST_ANOMALIES),
    findForecastSeries(site.id, 'load/day'),
    findPlannedRuns(site.id, nowSeconds - PLANNED_SECONDS),
  ])
  const [open] = anomalies.filter(({ status }) => status === 'open')
  const counts = new Map<string, number>()
  for (const { appliance } of runs) counts.set(applianceWord(appliance), (counts.get(applianceWord(appliance)) ?? 0) + 1)
  const cold = await findRecentActivations(keys, nowSeconds, 1, ['Refrigerator'], nowSeconds - WEEK_SECONDS)
  return questionsFor({
    tools: availableTools(),
    now: DateTime.fromSeconds(nowSeconds, { zone: site.timeZone }),
    firstReadingAt: first.size > 0 ? Math.min(...first.values()) : null,
    ran: [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name),
    hasCold: cold.length > 0,
    hasTariff: tariffs.length > 0,
    hasRooms: rooms.length > 0,
    wrong: open ? { appliance: open.appliance && applianceWord(open.appliance) } : null,
    hasForecast: forecast !== null,
    hasSavings: planned.size > 0,
  })
}

/** The best of what a site has an answer to, the plainest first. */
export function questionsFor(offers: SiteOffers): string[] {
  const { tools, now, firstReadingAt, ran, hasCold, hasTariff, hasRooms, wrong, hasForecast, hasSavings } = offers
  const can = (tool: ToolName) => tools.includes(tool)
  const measuredSince = (start: DateTime) => firstReadingAt !== null && firstReadingAt <= start.toSeconds()
  const isMeasured = firstReadingAt !== null
  const today = now.startOf('day')
  const [often, second = often] = ran
  const movable = ran.find((name) => MOVABLE.includes(name))
  const offered: (string | false | undefined)[] = [
    wrong !== null && can('anomalies') && 'Is anything wrong?',
    wrong !== null && wrong.appliance !== null && can('appliance_state') && `Is the ${wrong.appliance} all right?`,
    isMeasured && can('power_now') && 'What is on right now?',
    measuredSince(today.minus({ days: 1 }).plus({ hours: 12 })) && can('energy_use') && 'What used the most yesterday?',
    can('compare_periods') && comparison(now, measuredSince),
    often && can('runs') && `How often did the ${often} run in the last 7 days?`,
    hasSavings && can('savings') && 'What could I save?',
    movable && can('savings') && `When should I run the ${movable}?`,
    second && can('energy_use') && `What did the ${second} cost this month?`,
    hasForecast && can('forecast') && 'How much will I use tomorrow?',
    measuredSince(today.minus({ days: 3 })) && can('always_on') && 'How much is always on?',
    hasRooms && measuredSince(today.minus({ days: 2 })) && can('energy_use') && 'Which room used the most this week?',
    hasCold && wrong?.appliance !== 'refrigerator' && can('appliance_state') && 'Is the refrigerator all right?',
    measuredSince(today.minus({ days: 2 })) && can('peak_demand') && 'When was my highest peak this week?',
    hasTariff && can('site_facts') && 'What do I pay for a kWh?',
    'What can you do?',
    can('coverage') && 'Are any readings missing?',
    can('site_facts') && 'What do you know about this site?',
  ]
  return offered.filter((question): question is string => typeof question === 'string').slice(0, MOST)
}

/** The longer of two spans of which the whole was measured. */
function comparison(now: DateTime, measuredSince: (start: DateTime) => boolean): string | false {
  const lastMonth = now.startOf('month').minus({ months: 1 })
  if (measuredSince(lastMonth)) return 'How does this month compare with last month?'
  return measuredSince(now.startOf('week').minus({ weeks: 1 })) && 'How does this week compare with last week?'
}
