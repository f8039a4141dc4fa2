import type { CurrentUser } from '@/lib/contracts/current-user'
import type { LiveSnapshot, Today } from '@/lib/contracts/live-events'
import { energySince } from '@/lib/data/energy-today'
import { findSite, findSiteOf, type SiteRow } from '@/lib/data/sites'
import { localDayStartSeconds, nextLocalDayStartSeconds } from '@/lib/domain/periods'
import { accountToday } from '@/lib/domain/today'
import type { LiveStore } from '@/lib/live/live-store'
import { livePrices } from './live-prices'
import { sharedLiveStore } from './shared-live-store'

/** `getLiveSnapshot` for a user: null also when the site is somebody else's. */
export async function getLiveSnapshotOf(user: CurrentUser, siteId: string): Promise<LiveSnapshot | null> {
  const row = await findSiteOf(user, siteId)
  return row && snapshotOf(row)
}

/**
 * All a live page needs to start: per building the sliding window, the newest prediction and the day so far.
 * Does not ask who may see it; `getLiveSnapshotOf` does.
 * @returns null when there is no such site
 */
export async function getLiveSnapshot(siteId: string): Promise<LiveSnapshot | null> {
  const row = await findSite(siteId)
  return row && snapshotOf(row)
}

/** The day so far of every building of a site, by building id; null when there is no such site. */
export async function getToday(siteId: string): Promise<Map<string, Today> | null> {
  const row = await findSite(siteId)
  return row && (await todayOf(row, Date.now() / 1000)).todays
}

async function snapshotOf(site: SiteRow): Promise<LiveSnapshot> {
  const serverTimestamp = Date.now() / 1000
  const store = sharedLiveStore()
  const [{ todays, pricePerKwh }, live] = await Promise.all([
    todayOf(site, serverTimestamp),
    Promise.all(site.buildings.map(({ id }) => liveStateOf(store, id))),
  ])
  return {
    siteId: site.id,
    siteName: site.name,
    timeZone: site.timeZone,
    currency: site.currency,
    pricePerKwh,
    serverTimestamp,
    buildings: site.buildings.flatMap((building, index) => {
      const today = todays.get(building.id)
      const state = live[index]
      if (!today || !state) return []
      return [{ buildingId: building.id, name: building.name, simulated: building.simulated, ...state, today }]
    }),
  }
}

/** The window ends with the newest prediction, so that whoever goes on from here with later ones has no gap and no repeat. */
async function liveStateOf(store: LiveStore, buildingId: string) {
  const [status, latest] = await Promise.all([store.status(buildingId), store.latest(buildingId)])
  const window = await store.window(buildingId)
  return { status, latest, window: latest ? window.filter((point) => (point[0] ?? 0) <= latest.timestamp) : window }
}

async function todayOf(site: SiteRow, nowSeconds: number): Promise<{ todays: Map<string, Today>; pricePerKwh: number | null }> {
  const startSeconds = localDayStartSeconds(nowSeconds, site.timeZone)
  const endSeconds = nextLocalDayStartSeconds(nowSeconds, site.timeZone)
  const keys = site.buildings.map(({ key }) => key)
  const [sums, prices] = await Promise.all([
    energySince(keys, startSeconds, endSeconds),
    livePrices(site, nowSeconds, startSeconds, endSeconds),
  ])
  const day = { startSeconds, nowSeconds, pricePerKwh: site.pricePerKwh }
  const todays = await Promise.all(
    site.buildings.map(async (building) => {
      const today = accountToday(sums.get(building.key) ?? { meter: [], appliances: [], openRuns: [] }, day)
      return [building.id, await prices.priced(today, building)] as const
    }),
  )
  return { todays: new Map(todays), pricePerKwh: prices.pricePerKwh }
}
