import { APPLIANCE_LABELS, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { EnergyGrouping, EnergyItemInfo, EnergyReport } from '@/lib/contracts/energy'
import { firstReadings, peakDemand } from '@/lib/data/energy-facts'
import { sumSegments } from '@/lib/data/energy-segments'
import { findRooms } from '@/lib/data/rooms'
import { findSiteOf, type SiteRow } from '@/lib/data/sites'
import { accountEnergy, byAppliance, EXPORT_KEY, OTHER_KEY, type EnergySum, type ItemOf } from '@/lib/domain/energy-account'
import { isTooLong, MOST_DAYS, planEnergy, type Granularity } from '@/lib/domain/energy-plan'
import { QUARTER_SECONDS } from '@/lib/domain/local-calendar'
import { readMoment } from '@/lib/domain/moment-text'
import { measuredAppliances } from './measured-appliances'
import { loadSiteRates } from './site-rates'

const HOUR_SECONDS = 3600
const ROOM_PREFIX = 'room:'
const UNASSIGNED_KEY = 'unassigned'

export interface EnergyQuery {
  /** As callers write moments, see readMoment. */
  from: string
  to: string
  granularity: Granularity
  by: EnergyGrouping
}

/** Why a report cannot be made: which field, and what to do about it. */
export interface EnergyRefusal {
  field: 'from' | 'to' | 'granularity'
  message: string
}

/** Energy, cost and CO2 of one of the user's sites in any period; null = no such site. */
export async function getEnergyReportOf(
  user: CurrentUser,
  siteId: string,
  query: EnergyQuery,
  nowSeconds = Date.now() / 1000,
): Promise<EnergyReport | EnergyRefusal | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const period = readPeriod(query, site.timeZone)
  return 'field' in period
    ? period
    : reportEnergy(site, { ...period, granularity: query.granularity, by: query.by }, nowSeconds)
}

export interface ReportPeriod {
  /** Unix seconds on whole minutes, half open; those on quarters of an hour are summed up faster. */
  fromSeconds: number
  toSeconds: number
  granularity: Granularity
  by: EnergyGrouping
}

/** The same for who has checked the asker already. */
export async function reportEnergy(site: SiteRow, period: ReportPeriod, nowSeconds: number): Promise<EnergyReport> {
  const { fromSeconds, toSeconds, granularity, by } = period
  const buildingKeys = site.buildings.map(({ key }) => key)
  // What is to come has no readings: the sums need not go there.
  const endSeconds = Math.max(fromSeconds, Math.min(toSeconds, Math.ceil(nowSeconds / HOUR_SECONDS) * HOUR_SECONDS))
  const [{ rates, calendar }, first, peak, rooms, measured] = await Promise.all([
    loadSiteRates(site, fromSeconds, toSeconds),
    firstReadings(buildingKeys),
    peakDemand(buildingKeys, fromSeconds, endSeconds),
    by === 'room' ? findRooms(buildingKeys) : [],
    measuredAppliances(),
  ])
  const firstReadingSeconds = first.size > 0 ? Math.min(...first.values()) : null
  const plan = planEnergy({ fromSeconds, toSeconds, granularity, nowSeconds, firstReadingSeconds }, rates, calendar)
  const sums = await sumSegments(buildingKeys, plan)
  const roomOf = new Map(rooms.map(({ buildingKey, appliance, room }) => [`${buildingKey} ${appliance}`, ROOM_PREFIX + room]))
  const byRoom: ItemOf = (buildingKey, appliance) => roomOf.get(`${buildingKey} ${appliance}`) ?? UNASSIGNED_KEY
  const account = accountEnergy(plan, { ...sums, measuredBuildings: first.size }, by === 'room' ? byRoom : byAppliance)
  return {
    siteId: site.id,
    timeZone: site.timeZone,
    currency: site.currency,
    from: fromSeconds,
    to: toSeconds,
    granularity,
    by,
    isSimulated: site.buildings.some(({ simulated }) => simulated),
    firstReadingAt: firstReadingSeconds,
    peak,
    items: itemInfos(account.total, measured),
    total: account.total,
    buckets: account.buckets.map(({ startSeconds, endSeconds: bucketEnd, ...sum }) => ({
      from: startSeconds,
      to: bucketEnd,
      ...sum,
    })),
  }
}

function readPeriod(query: EnergyQuery, timeZone: string): { fromSeconds: number; toSeconds: number } | EnergyRefusal {
  const from = readMoment(query.from, timeZone)
  const to = readMoment(query.to, timeZone)
  const forms = 'Write a date (2026-01-31), an ISO 8601 time, or Unix seconds.'
  if (from === null) return { field: 'from', message: forms }
  if (to === null) return { field: 'to', message: forms }
  const fromSeconds = Math.floor(from / QUARTER_SECONDS) * QUARTER_SECONDS
  const toSeconds = Math.ceil(to / QUARTER_SECONDS) * QUARTER_SECONDS
  if (toSeconds <= fromSeconds) return { field: 'to', message: '`to` must be later than `from`.' }
  if (isTooLong(query.granularity, fromSeconds, toSeconds)) {
    const most = MOST_DAYS[query.granularity]
    return {
      field: 'granularity',
      message: `By ${query.granularity} at most ${most} days at a time: ask for less, or by a coarser unit.`,
    }
  }
  return { fromSeconds, toSeconds }
}

function itemInfos({ items }: EnergySum, measured: ReadonlySet<Appliance>): EnergyItemInfo[] {
  return [...items].sort((a, b) => b.energyKwh - a.energyKwh).map(({ key }) => itemInfo(key, measured))
}

function itemInfo(key: string, measured: ReadonlySet<Appliance>): EnergyItemInfo {
  const isExperimental = false
  if (key === OTHER_KEY) return { key, kind: 'other', label: 'Everything else', isEstimated: true, isExperimental }
  if (key === EXPORT_KEY) return { key, kind: 'export', label: 'Fed in', isEstimated: false, isExperimental }
  if (key === UNASSIGNED_KEY) return { key, kind: 'unassigned', label: 'No room', isEstimated: true, isExperimental }
  if (key.startsWith(ROOM_PREFIX)) {
    return { key, kind: 'room', label: key.slice(ROOM_PREFIX.length), isEstimated: true, isExperimental }
  }
  const appliance = APPLIANCES.find((known) => known === key)
  return {
    key,
    kind: 'appliance',
    label: appliance ? APPLIANCE_LABELS[appliance] : key,
    appliance,
    isEstimated: true,
    isExperimental: !appliance || !measured.has(appliance),
  }
}
