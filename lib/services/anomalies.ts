import type { Anomaly, AnomalyDecision, AnomalyDetail, AnomalyWatch, SiteAnomalies } from '@/lib/contracts/anomalies'
import type { CurrentUser } from '@/lib/contracts/current-user'
import {
  anomalySequenceAt, decideAnomaly, findAnomalies, findAnomaly, findLooks, findNewAnomalies, type StoredAnomaly,
} from '@/lib/data/anomalies'
import { firstReadings } from '@/lib/data/energy-facts'
import { findSite, findSiteOf, type SiteRow } from '@/lib/data/sites'
import { RECENT_SECONDS } from '@/lib/insights/anomaly/site/incident'
import { judgedFromSeconds } from '@/lib/insights/anomaly/site/judged-from'
import { buildingIds } from './home-labels'
import { toAnomaly } from './watch-anomalies'

const SHOWN_DAYS = 90
const MOST_SHOWN = 500
const MOST_ON_PAGE = 60

/** What looked wrong at one of the user's sites lately, newest first; null = no such site. */
export async function listAnomaliesOf(user: CurrentUser, siteId: string, nowSeconds = Date.now() / 1000): Promise<SiteAnomalies | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const stored = await findAnomalies(siteId, nowSeconds - SHOWN_DAYS * 86_400, MOST_SHOWN)
  const idOf = buildingIds(site)
  return {
    success: true,
    siteId,
    timestamp: new Date(nowSeconds * 1000).toISOString(),
    data: stored.map((anomaly) => toAnomaly(anomaly, idOf(anomaly.buildingKey))),
  }
}

/** The same with the curves they were judged by, for the page; null = no such site. */
export async function listAnomalyDetailsOf(user: CurrentUser, siteId: string): Promise<AnomalyDetail[] | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const stored = await findAnomalies(siteId, Date.now() / 1000 - SHOWN_DAYS * 86_400, MOST_ON_PAGE)
  return stored.map((anomaly) => toDetail(anomaly, site))
}

/** With the curve it was judged by; null where the user has no site with such an anomaly. */
export async function getAnomalyOf(user: CurrentUser, id: string): Promise<AnomalyDetail | null> {
  const found = await findOf(user, id)
  return found && toDetail(found.stored, found.site)
}

/** Keeps what the user says of an anomaly; null where the user has no site with such an anomaly. */
export async function decideAnomalyOf(user: CurrentUser, id: string, decision: AnomalyDecision): Promise<AnomalyDetail | null> {
  const found = await findOf(user, id)
  if (!found || !(await decideAnomaly(id, decision, user.id))) return null
  const stored = await findAnomaly(id)
  return stored && toDetail(stored, found.site)
}

/** Follows what is found at a site, from when it was made. */
export class AnomalyFollower {
  #sequence: bigint | null = null

  constructor(
    private readonly siteId: string,
    private readonly sinceSeconds = Date.now() / 1000,
  ) {}

  /** What was stored since the last time, in order. */
  async next(): Promise<Anomaly[]> {
    this.#sequence ??= await anomalySequenceAt(this.siteId, this.sinceSeconds)
    const found: StoredAnomaly[] = []
    for (let isAll = false; !isAll;) {
      const part = await findNewAnomalies(this.siteId, this.#sequence)
      found.push(...part.anomalies)
      this.#sequence = part.until
      isAll = part.isAll
    }
    const site = found.length > 0 ? await findSite(this.siteId) : null
    if (!site) return []
    const idOf = buildingIds(site)
    return found.map((anomaly) => toAnomaly(anomaly, idOf(anomaly.buildingKey)))
  }
}

/** What looked wrong at a site in [fromSeconds, toSeconds), Unix seconds, newest first. The caller has checked who may see it. */
export async function findAnomaliesBetween(site: SiteRow, fromSeconds: number, toSeconds: number): Promise<Anomaly[]> {
  const stored = await findAnomalies(site.id, fromSeconds, MOST_SHOWN)
  const idOf = buildingIds(site)
  return stored.filter(({ startSeconds }) => startSeconds < toSeconds).map((anomaly) => toAnomaly(anomaly, idOf(anomaly.buildingKey)))
}

/** The same for whoever asks; null = no such site. */
export async function getAnomalyWatchOf(user: CurrentUser, siteId: string): Promise<AnomalyWatch | null> {
  const site = await findSiteOf(user, siteId)
  return site && watchOf(site)
}

/** Since when a site has been looked at, and from when on that can find what is unusual. The caller has checked who may see it. */
export async function watchOf(site: SiteRow): Promise<AnomalyWatch> {
  const [first, looks] = await Promise.all([firstReadings(site.buildings.map(({ key }) => key)), findLooks(site.id)])
  const firstReadingAt = first.size > 0 ? Math.min(...first.values()) : null
  return {
    firstReadingAt,
    // Each look goes back some time.
    watchedFrom: looks && Math.max(firstReadingAt ?? 0, looks.since - RECENT_SECONDS),
    lastLookAt: looks && looks.last,
    judgedFrom: firstReadingAt === null ? null : judgedFromSeconds(firstReadingAt),
  }
}

async function findOf(user: CurrentUser, id: string): Promise<{ stored: StoredAnomaly; site: SiteRow } | null> {
  const stored = await findAnomaly(id)
  const site = stored && (await findSiteOf(user, stored.siteId))
  return stored && site ? { stored, site } : null
}

function toDetail(stored: StoredAnomaly, site: SiteRow): AnomalyDetail {
  return { ...toAnomaly(stored, buildingIds(site)(stored.buildingKey)), siteId: site.id, curve: stored.curve }
}
