import { createHash } from 'node:crypto'
import type { Anomaly } from '@/lib/contracts/anomalies'
import {
  countDismissals, findBuildingAnomalies, findDecidedAnomalies, saveAnomaly, takeUnwatchedSite, type NewAnomaly, type StoredAnomaly,
} from '@/lib/data/anomalies'
import { isLive, readHours, readRuns } from '@/lib/data/building-history'
import { readElectricalBins } from '@/lib/data/electrical-bins'
import { findActiveModel } from '@/lib/data/site-models'
import { findSite, type SiteRow } from '@/lib/data/sites'
import { deviationPercent } from '@/lib/domain/deviation'
import { QUALITY_BIN_SECONDS } from '@/lib/domain/power-quality'
import { withTransaction } from '@/lib/infra/db'
import { detectIncidents, incidentKind, isSameIncident } from '@/lib/insights/anomaly/site/detect-incidents'
import { describeAnomaly } from '@/lib/insights/anomaly/site/describe-anomaly'
import { DAY_SECONDS, HOUR_SECONDS, REFERENCE_SECONDS, RECENT_SECONDS, type BuildingHistory, type Incident } from '@/lib/insights/anomaly/site/incident'
import { type AnomalyLimits, NO_LIMITS } from '@/lib/insights/anomaly/site/limits'

export const WATCH_EVERY_SECONDS = 3600
const QUALITY_SECONDS = 7 * DAY_SECONDS
/** For so long a dismissal makes its kind of anomaly rarer. */
const DISMISSAL_SECONDS = 180 * DAY_SECONDS
const KNOWN_SECONDS = 7 * DAY_SECONDS

/** Looks at every site that nobody has looked at within the hour, one after the other. @returns how many anomalies were new */
export async function watchDueSites(stopped: AbortSignal, everySeconds = WATCH_EVERY_SECONDS): Promise<number> {
  let added = 0
  while (!stopped.aborted) {
    const siteId = await withTransaction((client) => takeUnwatchedSite(client, everySeconds))
    if (siteId === null) return added
    const site = await findSite(siteId)
    if (site) added += (await watchSite(site, Date.now() / 1000)).length
  }
  return added
}

/** Looks at a site and stores what is wrong. @returns the ids of what was not known before */
export async function watchSite(site: SiteRow, nowSeconds: number): Promise<string[]> {
  const added: string[] = []
  for (const building of site.buildings) {
    const history = await readBuildingHistory(building, site.timeZone, nowSeconds)
    if (!history) continue
    added.push(...(await withTransaction(async (client) => {
      const fitted = await findLimits(site.id, building.id)
      const fit = fitted && { untilSeconds: fitted.fittedUntil, madeAtSeconds: fitted.madeAt }
      const dismissed = await countDismissals(client, building.key, nowSeconds - DISMISSAL_SECONDS, fit)
      const counts = new Map(dismissed.map(({ count, ...kind }) => [incidentKind({ ...kind, buildingId: building.id }), count]))
      const known = await findBuildingAnomalies(client, building.key, history.nowSeconds - KNOWN_SECONDS)
      const decided = await findDecidedAnomalies(building.key, history.nowSeconds - REFERENCE_SECONDS - RECENT_SECONDS)
      const confirmed = decided.filter(({ status }) => status === 'acknowledged')
      const found = detectIncidents({ ...history, confirmed }, counts, fitted?.limits ?? NO_LIMITS).map((incident) => {
        const same = known.findLast((each) => isSameIncident({ ...each, buildingId: building.id }, incident))
        return { isNew: !same, anomaly: toStored(incident, site.id, building.key, same) }
      })
      for (const { anomaly } of found) await saveAnomaly(client, anomaly)
      return found.flatMap(({ isNew, anomaly }) => (isNew ? [anomaly.id] : []))
    })))
  }
  return added
}

/** What was fitted to a building, as it is stored. */
export interface StoredLimits {
  limits: AnomalyLimits
  /** Unix seconds: nothing newer was used to make it. */
  fittedUntil: number
}

/** Counted up when stored limits no longer fit what the code makes of them. */
export const ANOMALY_FORMAT = 1

/** The limits in effect in a building; null: those of all buildings. */
export async function findLimits(siteId: string, buildingId: string): Promise<(StoredLimits & { versionId: string; madeAt: number }) | null> {
  const active = await findActiveModel({ siteId, model: 'anomalies', part: buildingId, format: ANOMALY_FORMAT })
  return active && { ...(active.content as StoredLimits), versionId: active.id, madeAt: active.madeAt }
}

/**
 * What is known of a building before a time; null where nothing was stored within the last weeks.
 * @param olderSeconds how much further back than one look needs
 */
export async function readBuildingHistory(
  building: { key: number; id: string },
  timeZone: string,
  nowSeconds: number,
  olderSeconds = 0,
): Promise<BuildingHistory | null> {
  const fromSeconds = nowSeconds - REFERENCE_SECONDS - RECENT_SECONDS - olderSeconds
  const [hours, live] = await Promise.all([readHours(building.key, fromSeconds, nowSeconds), isLive(building.key)])
  const last = hours.at(-1)
  if (!last) return null
  const endSeconds = live ? nowSeconds : Math.min(nowSeconds, last.startSeconds + HOUR_SECONDS)
  const [runs, bins] = await Promise.all([
    readRuns(building.key, fromSeconds, endSeconds),
    readElectricalBins(building.key, 'meter', endSeconds - QUALITY_SECONDS - olderSeconds, endSeconds, QUALITY_BIN_SECONDS),
  ])
  return {
    buildingId: building.id,
    timeZone,
    nowSeconds: endSeconds,
    hours: hours.filter(({ startSeconds }) => startSeconds + HOUR_SECONDS <= endSeconds),
    runs,
    quality: bins.map(({ startSeconds, voltage, frequency, thd }) => {
      return { startSeconds, voltage: voltage?.[0] ?? null, frequency: frequency?.[0] ?? null, thd: thd?.[0] ?? null }
    }),
  }
}

/** The same incident has the same id whenever it is seen, and began when it was first seen to begin. */
function toStored(incident: Incident, siteId: string, buildingKey: number, known: StoredAnomaly | undefined): NewAnomaly {
  const { buildingId: _, ...fields } = incident
  const start = known?.startSeconds ?? Math.floor(incident.startSeconds)
  const digest = createHash('sha256').update(`${incidentKind(incident)}|${start}`).digest('hex')
  return { ...fields, id: known?.id ?? `anomaly_${digest.slice(0, 24)}`, siteId, buildingKey, startSeconds: start }
}

/** As the API says it. */
export function toAnomaly(stored: StoredAnomaly, buildingId: string): Anomaly {
  const moment = (seconds: number) => new Date(seconds * 1000).toISOString()
  const { value, expectedValue } = stored
  return {
    id: stored.id,
    type: stored.type,
    severity: stored.severity,
    timestamp: moment(stored.startSeconds),
    lastSeenAt: moment(stored.endSeconds),
    value,
    expectedValue,
    deviation: deviationPercent(value, expectedValue),
    confidence: stored.confidence,
    unit: stored.unit,
    appliance: stored.appliance,
    buildingId,
    message: describeAnomaly(stored.type, stored.appliance, stored.details),
    details: stored.details,
    status: stored.status,
    snoozedUntil: stored.snoozedUntil === null ? null : moment(stored.snoozedUntil),
  }
}
