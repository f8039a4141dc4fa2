import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { CurrentUser } from '@/lib/contracts/current-user'
import type { Device, DeviceCluster, MetricsSummary } from '@/lib/contracts/devices'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { findApplianceAverages, type ApplianceAverage } from '@/lib/data/appliance-averages'
import { findClusters, findMainMeters, findMeasuredDevices } from '@/lib/data/electrical-devices'
import { findSiteOf, findSitesOf, type SiteRow } from '@/lib/data/sites'
import { sharedLiveStore } from './shared-live-store'

const ACTIVE_SECONDS = 86_400
/** A device that draws no more than this only waits. */
const ON_WATTS = 5

interface Place {
  siteId: string
  buildingId: string
  buildingName: string
  simulated: boolean
}

/**
 * Devices of the user's sites, or of one of them: main meters, devices with readings of their own, and the appliances that are
 * estimated from the main meter, in this order within a building.
 * @param seen whether only what was seen in the last 24 hours counts
 * @returns null where the user has no such site
 */
export async function listDevicesOf(
  user: CurrentUser,
  asked: { siteId?: string; seen: '24h' | 'all' },
): Promise<Device[] | null> {
  const places = await placesOf(user, asked.siteId)
  if (!places) return null
  const keys = [...places.keys()]
  const nowSeconds = Date.now() / 1000
  const [meters, measured, averages, latest] = await Promise.all([
    findMainMeters(keys),
    findMeasuredDevices(keys),
    findApplianceAverages(keys, nowSeconds),
    latestOf(places),
  ])
  const describe = (buildingKey: number, lastSeconds: number) => {
    const place = places.get(buildingKey)!
    return {
      last_seen: isoTime(lastSeconds),
      is_active: lastSeconds > nowSeconds - ACTIVE_SECONDS,
      site_id: place.siteId,
      building_id: place.buildingId,
      simulated: place.simulated,
    }
  }
  const devices: Device[] = [
    ...meters.map((row): Device => ({
      id: `meter:${places.get(row.buildingKey)!.buildingId}`,
      name: places.get(row.buildingKey)!.buildingName,
      device_state: '',
      cluster: null,
      ...measuredFigures(row),
      ...describe(row.buildingKey, row.lastSeconds),
      source: 'meter',
    })),
    ...measured.map((row): Device => ({
      id: `measured:${places.get(row.buildingKey)!.buildingId}:${row.deviceState}`,
      name: readableName(row.deviceState),
      device_state: row.deviceState,
      cluster: row.cluster,
      ...measuredFigures(row),
      ...describe(row.buildingKey, row.lastSeconds),
      source: 'measured',
    })),
    ...averages.map((row): Device => {
      const place = places.get(row.buildingKey)!
      return {
        id: `estimated:${place.buildingId}:${row.appliance}`,
        ...estimatedFigures(row, latest.get(place.buildingId)),
        ...describe(row.buildingKey, row.lastSeconds),
      }
    }),
  ]
  const order = new Map([...places.values()].map(({ buildingId }, index) => [buildingId, index]))
  return devices
    .filter((device) => asked.seen === 'all' || device.is_active)
    .sort((a, b) => order.get(a.building_id)! - order.get(b.building_id)!)
}

/** What the user's active devices come to. @returns null where the user has no such site */
export async function summariseMetricsOf(user: CurrentUser, siteId: string | undefined): Promise<MetricsSummary | null> {
  const devices = await listDevicesOf(user, { siteId, seen: '24h' })
  if (!devices) return null
  const metered = new Set(devices.filter(({ source }) => source === 'meter').map((device) => device.building_id))
  const beneath = devices.filter(({ source }) => source !== 'meter')
  return {
    total_devices: devices.length,
    total_power: devices
      .filter(({ source, building_id }) => source === 'meter' || (source === 'measured' && !metered.has(building_id)))
      .reduce((sum, { power }) => sum + (power ?? 0), 0),
    avg_power: mean((beneath.length > 0 ? beneath : devices).map((device) => device.avg_power)),
    avg_power_factor: mean(devices.map((device) => device.power_factor)),
    avg_thd: mean(devices.map((device) => device.avg_thd)),
    timestamp: new Date().toISOString(),
    devices,
  }
}

/** Clusters of the user's devices, then the estimated appliances, which belong to none. null = no such site. */
export async function listClustersOf(user: CurrentUser, siteId: string | undefined): Promise<DeviceCluster[] | null> {
  const places = await placesOf(user, siteId)
  if (!places) return null
  const keys = [...places.keys()]
  const [clusters, averages] = await Promise.all([findClusters(keys), findApplianceAverages(keys, Date.now() / 1000)])
  const at = ({ buildingKey, lastSeconds }: { buildingKey: number; lastSeconds: number }) => {
    const { siteId: site_id, buildingId: building_id, simulated } = places.get(buildingKey)!
    return { last_seen: isoTime(lastSeconds), site_id, building_id, simulated }
  }
  return [
    ...clusters.map((row): DeviceCluster => ({
      cluster: row.cluster,
      name: readableName(row.deviceState),
      device_state: row.deviceState,
      avg_power: row.averagePowerWatts,
      avg_thd: row.averageThdPercent,
      power_factor: row.averagePowerFactor,
      devices: row.devices,
      readings: row.readings,
      ...at(row),
      source: 'measured',
    })),
    ...averages.map((row): DeviceCluster => ({
      cluster: null,
      name: APPLIANCE_LABELS[row.appliance],
      device_state: row.appliance,
      avg_power: row.averagePowerWatts,
      avg_thd: null,
      power_factor: null,
      devices: 1,
      readings: null,
      ...at(row),
      source: 'estimated',
    })),
  ]
}

async function placesOf(user: CurrentUser, siteId: string | undefined): Promise<Map<number, Place> | null> {
  const one = siteId === undefined ? null : await findSiteOf(user, siteId)
  if (siteId !== undefined && !one) return null
  const sites: SiteRow[] = one ? [one] : await findSitesOf(user)
  return new Map(
    sites.flatMap(({ id: siteId, buildings }) =>
      buildings.map(({ key, id, name, simulated }) => [key, { siteId, buildingId: id, buildingName: name, simulated }] as const),
    ),
  )
}

/** The newest estimates of each building, by its id. */
async function latestOf(places: ReadonlyMap<number, Place>): Promise<Map<string, PredictionMessage>> {
  const store = sharedLiveStore()
  const found = await Promise.all([...places.values()].map(({ buildingId }) => store.latest(buildingId)))
  return new Map(found.flatMap((message) => (message ? [[message.building_id, message] as const] : [])))
}

function measuredFigures(row: {
  lastPowerWatts: number | null
  averagePowerWatts: number | null
  averageThdPercent: number | null
  averagePowerFactor: number | null
}) {
  return {
    is_on: row.lastPowerWatts === null ? null : Math.abs(row.lastPowerWatts) > ON_WATTS,
    power: row.lastPowerWatts,
    avg_power: row.averagePowerWatts,
    avg_thd: row.averageThdPercent,
    power_factor: row.averagePowerFactor,
    experimental: false,
    confidence: null,
  }
}

function estimatedFigures(row: ApplianceAverage, latest: PredictionMessage | undefined) {
  const { appliance }: { appliance: Appliance } = row
  const now = latest?.predictions.find((prediction) => prediction.appliance === appliance)
  const isOn = now?.is_on ?? false
  return {
    name: APPLIANCE_LABELS[appliance],
    device_state: appliance,
    cluster: null,
    is_on: isOn,
    power: now?.available ? now.power_watts : null,
    avg_power: row.averagePowerWatts,
    avg_thd: null,
    power_factor: null,
    experimental: now?.experimental ?? true,
    confidence: row.confidence,
    source: 'estimated' as const,
  }
}

/** "washing_machine" as a person writes it; what is written well already stays. */
const readableName = (deviceState: string) => deviceState.replaceAll('_', ' ').trim() || deviceState

const isoTime = (seconds: number) => new Date(seconds * 1000).toISOString()

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
