import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Optimization } from '@/lib/contracts/optimisation'
import { findEquipment } from '@/lib/data/site-equipment'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { localDayStartSeconds } from '@/lib/domain/periods'
import { sharedSolver } from '@/lib/insights/optimise/highs-solver'
import { state } from '@/lib/insights/optimise/wording'
import { planAheadOf } from './ahead-plan'
import { findBatterySchedule } from './battery-finding'
import { loadDays, type LoadedDays } from './load-days'
import { type Finding, nothing } from './recommendation'
import { findPeakShaving, findShifting } from './shifting-findings'
import { findStandbyCut } from './standby-finding'
import { findTariffChoice } from './tariff-finding'

const DAY_SECONDS = 86_400
const LOOK_BACK_DAYS = 28
/** What a person waits at most for all models of an answer; days without one stay as they were, and the answer says how many. */
const ALL_MODELS_SECONDS = 10

/** What one of the user's sites could save, the largest saving first; null = no such site. */
export async function getOptimizationOf(
  user: CurrentUser,
  siteId: string,
  nowSeconds = Date.now() / 1000,
): Promise<Optimization | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const { currency } = site
  const [loaded, equipment, tariff] = await Promise.all([
    recentDays(site, nowSeconds),
    findEquipment(siteId),
    findTariffChoice(site, nowSeconds),
  ])
  const ahead = loaded.days.length === 0 ? null : await planAheadOf(site, loaded, equipment, nowSeconds)
  const plan = ahead && !('key' in ahead) ? ahead : null
  const solver = sharedSolver().within(ALL_MODELS_SECONDS)
  const findings =
    loaded.days.length === 0
      ? [nothing(state('noDays', { days: loaded.lookedAt })), tariff]
      : [
          await findShifting(site, loaded, equipment, solver),
          tariff,
          await findBatterySchedule(loaded, equipment, currency, solver),
          await findStandbyCut(site, loaded),
          await findPeakShaving(loaded, equipment, currency, solver),
        ]
  return {
    success: true,
    siteId,
    timestamp: new Date(nowSeconds * 1000).toISOString(),
    recommendations: findings
      .flatMap(({ recommendations }) => recommendations)
      .toSorted((a, b) => b.potentialSavings / b.period.days - a.potentialSavings / a.period.days),
    ahead: plan,
    notes: [...(ahead && 'key' in ahead ? [ahead] : []), ...findings.flatMap(({ notes }) => notes)],
  }
}

/** What moving runs would have saved in these days: a part of the answer above. The caller has checked who may see it. */
export async function findShiftingOf(site: SiteRow, loaded: LoadedDays): Promise<Finding> {
  if (loaded.days.length === 0) return nothing(state('noDays', { days: loaded.lookedAt }))
  return findShifting(site, loaded, await findEquipment(site.id), sharedSolver().within(ALL_MODELS_SECONDS))
}

/** The last 28 full local days of a site. */
export function recentDays(site: SiteRow, nowSeconds: number): Promise<LoadedDays> {
  const today = localDayStartSeconds(nowSeconds, site.timeZone)
  return loadDays(site, localDayStartSeconds(today - (LOOK_BACK_DAYS - 0.5) * DAY_SECONDS, site.timeZone), today)
}
