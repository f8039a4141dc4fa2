import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { Asset } from '@/lib/contracts/assets'
import type { CurrentUser } from '@/lib/contracts/current-user'
import { type AssetReport, MAINTENANCE_PRIORITIES, type MaintenanceEntry, type SiteMaintenance } from '@/lib/contracts/maintenance'
import { findAssets, findSiteOfAsset } from '@/lib/data/assets'
import { findDeviceWeeks } from '@/lib/data/device-weeks'
import { findHeads, type HeadRow } from '@/lib/data/home-heads'
import { readApplianceWeeks, readMeterQuarters } from '@/lib/data/maintenance-weeks'
import { findSiteOf, findSitesOf, type SiteRow } from '@/lib/data/sites'
import { weekStartSeconds } from '@/lib/domain/appliance-weeks'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { alwaysOnWeeks } from '@/lib/insights/maintenance/always-on-weeks'
import { judgeAsset } from '@/lib/insights/maintenance/judge-asset'
import { ALWAYS_ON, DEVICE_SIGNATURES, type Signature, SIGNATURES_OF } from '@/lib/insights/maintenance/signatures'
import { HISTORY_WEEKS } from './device-weeks'
import { publishedAccuracy } from './published-accuracy'
import { judgeVibrationOf } from './vibration'

const WATCHED = Object.keys(SIGNATURES_OF) as Appliance[]
const BY_RUN: readonly Appliance[] = ['WashingMachine', 'Dishwasher', 'Dryer']

interface Clock {
  nowSeconds: number
  timeZone: string
}

/**
 * What needs attention, soonest first, over the user's sites, one of them, or one asset. Nothing that shows no trend is in it.
 * @returns null where the user has no such site, or no site has such an asset
 */
export async function listMaintenanceOf(
  user: CurrentUser,
  { siteId, assetId }: { siteId?: string; assetId?: string },
  nowSeconds = Date.now() / 1000,
): Promise<MaintenanceEntry[] | null> {
  const sites = siteId === undefined ? await sitesWith(user, assetId) : [await findSiteOf(user, siteId)].filter((site) => site !== null)
  if (siteId !== undefined && sites.length === 0) return null
  const assets: AssetReport[] = []
  // One site after another: each already asks the database for much at once.
  for (const site of sites) assets.push(...(await reportAssets(site, nowSeconds)))
  const asked = assets.filter((asset) => assetId === undefined || asset.assetId === assetId)
  if (assetId !== undefined && asked.length === 0) return null
  return byUrgency(asked).flatMap(({ entry }) => entry ?? [])
}

/**
 * Everything that is watched at a site, or of one kind of appliance there, with its curves, also where there is nothing to do.
 * @returns null where the user has no such site
 */
export async function getSiteMaintenanceOf(
  user: CurrentUser,
  siteId: string,
  nowSeconds = Date.now() / 1000,
  only?: Appliance,
): Promise<SiteMaintenance | null> {
  const site = await findSiteOf(user, siteId)
  return site && { siteId, timeZone: site.timeZone, assets: byUrgency(await reportAssets(site, nowSeconds, only)) }
}

async function sitesWith(user: CurrentUser, assetId: string | undefined): Promise<SiteRow[]> {
  const sites = await findSitesOf(user)
  if (assetId === undefined) return sites
  const owner = await findSiteOfAsset(assetId)
  return sites.filter(({ id, buildings }) => id === owner || buildings.some((building) => isOfBuilding(assetId, building.id)))
}

/** Ids of what nobody wrote down: the same for as long as the building has its id. */
const applianceAssetId = (buildingId: string, appliance: Appliance) => `appliance:${buildingId}:${appliance}`
const alwaysOnAssetId = (buildingId: string) => `always-on:${buildingId}`
const isOfBuilding = (assetId: string, buildingId: string) =>
  assetId === alwaysOnAssetId(buildingId) || assetId.startsWith(`appliance:${buildingId}:`)

function byUrgency(assets: readonly AssetReport[]): AssetReport[] {
  const rank = ({ entry }: AssetReport) => (entry ? MAINTENANCE_PRIORITIES.indexOf(entry.priority) : Infinity)
  const days = ({ entry }: AssetReport) => entry?.daysUntilMaintenance ?? Infinity
  return assets.toSorted(
    (a, b) => compare(rank(a), rank(b)) || compare(days(a), days(b)) || a.assetName.localeCompare(b.assetName),
  )
}

const compare = (a: number, b: number) => (a === b ? 0 : a - b)

async function reportAssets(site: SiteRow, nowSeconds: number, only?: Appliance): Promise<AssetReport[]> {
  const watched = WATCHED.filter((appliance) => only === undefined || appliance === only)
  const { timeZone } = site
  const clock = { nowSeconds, timeZone }
  const buildingKeys = site.buildings.map(({ key }) => key)
  const frame = {
    buildingKeys,
    appliances: watched,
    fromSeconds: weekStartSeconds(nowSeconds, timeZone, HISTORY_WEEKS),
    // The week in progress says less than the others.
    toSeconds: weekStartSeconds(nowSeconds, timeZone, 0),
    timeZone,
  }
  const [registered, weeks, heads, published] = await Promise.all([
    findAssets(site.id),
    readApplianceWeeks(frame, BY_RUN),
    findHeads(buildingKeys),
    publishedAccuracy(),
  ])
  const reports: AssetReport[] = []
  for (const building of site.buildings) {
    const own = weeks.filter(({ buildingKey }) => buildingKey === building.key)
    for (const appliance of watched) {
      const asset = registered.find((one) => one.buildingId === building.id && one.appliance === appliance)
      const ownWeeks = own.filter((week) => week.appliance === appliance)
      if (ownWeeks.length === 0 && !asset) continue
      const ownHeads = heads.filter((head) => head.buildingKey === building.key && head.appliance === appliance)
      const assetId = asset?.id ?? applianceAssetId(building.id, appliance)
      const assetName = asset?.name ?? nameIn(site, building.name, APPLIANCE_LABELS[appliance])
      const judged = judgeAsset(
        {
          assetId,
          assetName,
          signatures: SIGNATURES_OF[appliance] ?? [],
          weeks: comparableWeeks(ownWeeks, ownHeads, asset, timeZone),
          accuracy: ownAccuracy(ownHeads) ?? published.get(appliance)?.f1 ?? null,
        },
        clock,
      )
      reports.push(await withVibration(asset, { assetId, assetName, buildingId: building.id, appliance, ...judged }, clock))
    }
    if (only !== undefined) continue
    const quarters = await readMeterQuarters(building.key, frame.fromSeconds, frame.toSeconds)
    if (quarters.length > 0) {
      const assetId = alwaysOnAssetId(building.id)
      const assetName = nameIn(site, building.name, 'Always on')
      // What a heat pump draws through winter nights looks as if it were always on.
      const season = own.some(({ appliance }) => appliance === 'HeatPump') ? 'strong' : 'none'
      const signatures: Signature[] = [{ ...ALWAYS_ON, season }]
      const judged = judgeAsset({ assetId, assetName, signatures, weeks: alwaysOnWeeks(quarters, clock), accuracy: 1 }, clock)
      const place = { assetId, assetName, buildingId: building.id, appliance: null }
      reports.push(await withVibration(undefined, { ...place, ...judged }, clock))
    }
  }
  const others = registered.filter(({ appliance }) => {
    return only === undefined ? appliance === null || !WATCHED.includes(appliance) : appliance === only && !WATCHED.includes(only)
  })
  for (const asset of others) reports.push(await reportRegistered(asset, site, frame, clock))
  return reports
}

/** Equipment without a watched appliance: what its own meter and its vibration sensor say. */
async function reportRegistered(
  asset: Asset,
  site: SiteRow,
  frame: { fromSeconds: number; toSeconds: number; timeZone: string },
  clock: Clock,
): Promise<AssetReport> {
  const building = site.buildings.find(({ id }) => id === asset.buildingId)
  const weeks = building && asset.device !== null ? await deviceWeeks(building.key, asset.device, frame) : []
  const signatures = asset.device === null ? [] : DEVICE_SIGNATURES
  const watched = { assetId: asset.id, assetName: asset.name, signatures, accuracy: asset.device === null ? null : 1 }
  const judged = judgeAsset({ ...watched, weeks: comparableWeeks(weeks, [], asset, clock.timeZone) }, clock)
  const place = { assetId: asset.id, assetName: asset.name, buildingId: asset.buildingId, appliance: asset.appliance }
  return withVibration(asset, { ...place, ...judged }, clock)
}

/** As the background made them of its readings; a week without readings says nothing. */
async function deviceWeeks(
  buildingKey: number,
  device: string,
  { fromSeconds, toSeconds }: { fromSeconds: number; toSeconds: number },
): Promise<ApplianceWeek[]> {
  const weeks = await findDeviceWeeks(buildingKey, device, fromSeconds, toSeconds)
  return weeks.filter(({ hours }) => hours > 0).map(({ startSeconds, hours, onHours, medianWatts }) => ({
    startSeconds,
    coveredSeconds: hours * 3600,
    energyWh: (medianWatts ?? 0) * onHours,
    onSeconds: onHours * 3600,
    confidence: null,
    runs: 0,
    runSeconds: null,
    runsWh: [],
    heatingMinutes: [],
    modelVersionId: null,
  }))
}

/** Adds what the vibration sensor says, whose entry takes the place of a later one. */
async function withVibration(
  asset: Asset | undefined,
  report: Omit<AssetReport, 'kind' | 'isRegistered' | 'vibration'>,
  clock: Clock,
): Promise<AssetReport> {
  if (!asset) return { ...report, kind: null, isRegistered: false, vibration: null }
  const named = { ...report, kind: asset.kind, isRegistered: true }
  if (asset.vibrationSensor === null) return { ...named, vibration: null }
  const { report: vibration, entry } = await judgeVibrationOf(asset, clock)
  const isSooner = entry && (!named.entry || entry.daysUntilMaintenance < named.entry.daysUntilMaintenance)
  return { ...named, entry: isSooner ? entry : named.entry, vibration }
}

const nameIn = (site: SiteRow, buildingName: string, name: string) =>
  site.buildings.length > 1 ? `${name} (${buildingName})` : name

/** F1 of what this home taught the model, on runs it was not fitted on. */
function ownAccuracy(heads: readonly HeadRow[]): number | null {
  return heads.find(({ status }) => status === 'active')?.metrics.after.f1 ?? null
}

/** Weeks since the asset was installed and since what the home taught the model last changed its estimates. */
function comparableWeeks<Week extends ApplianceWeek>(
  weeks: readonly Week[],
  heads: readonly HeadRow[],
  asset: Asset | undefined,
  timeZone: string,
): Week[] {
  const changes = heads.map(({ status, effectiveFrom, statusAt }) => {
    if (status === 'active') return effectiveFrom ?? -Infinity
    return status === 'rejected' ? -Infinity : statusAt
  })
  const installed = asset?.installedOn ? DateTime.fromISO(asset.installedOn, { zone: timeZone }).toSeconds() : -Infinity
  const since = Math.max(installed, ...changes)
  return weeks.filter(({ startSeconds }) => startSeconds >= since)
}
