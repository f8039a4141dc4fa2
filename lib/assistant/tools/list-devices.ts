import { listClustersOf, listDevicesOf } from '@/lib/services/devices'
import { plainName } from '../names'
import { newResult, type AssistantTool } from './tool-context'

const MOST_DEVICES = 40

/** Devices with readings of their own, estimated appliances, and the clusters they were imported under; not the main meters. */
export const listDevices: AssistantTool<'devices'> = async (given, context) => {
  const { user, site, links, nowSeconds } = context
  const [devices, clusters] = await Promise.all([
    listDevicesOf(user, { siteId: site.id, seen: 'all' }),
    listClustersOf(user, site.id),
  ])
  const result = newResult('devices', given, null, context)
  const href = links.devices()
  const named = (clusters ?? []).filter(({ cluster }) => cluster !== null)
  const word = given.cluster?.trim().toLowerCase()
  const wanted = word ? named.find(({ name, cluster }) => name.toLowerCase().includes(word) || `${cluster}` === word) : undefined
  if (word && !wanted) result.note(`There is no cluster called ${plainName(given.cluster ?? '')}.`)
  // A building's main meter is what its devices are told from or beside, not one of them.
  const meters = (devices ?? []).filter(({ source }) => source === 'meter')
  const shown = (devices ?? []).filter(({ source, cluster }) => source !== 'meter' && (!wanted || cluster === wanted.cluster))
  const count = (label: string, value: number) => {
    result.figure({
      label,
      value,
      unit: 'count',
      origin: shown.some(({ simulated }) => simulated) ? 'simulated' : 'measured',
      href,
    })
  }
  if (meters.length > 0) result.last({ label: 'main meters', value: meters.length, unit: 'count', origin: 'measured', href })
  if (shown.length === 0) {
    return result.note(`No device has been seen here yet${meters.length > 0 ? ' beside the main meter' : ''}.`).build()
  }
  count(wanted ? `devices of cluster ${plainName(wanted.name)}` : 'devices', shown.length)
  count('devices with a meter of their own', shown.filter(({ source }) => source === 'measured').length)
  count('appliances estimated from the main meter', shown.filter(({ source }) => source === 'estimated').length)
  count('devices seen in the last 24 hours', shown.filter(({ is_active: isActive }) => isActive).length)
  if (named.length > 0) count('clusters', named.length)
  for (const device of shown.slice(0, MOST_DEVICES)) {
    const name = plainName(device.name)
    const origin = device.simulated ? 'simulated' : device.source === 'estimated' ? 'estimated' : 'measured'
    const at = Date.parse(device.last_seen) / 1000
    result.about(name)
    result.moment(`last seen: ${name}`, at, href)
    if (device.power !== null && at > nowSeconds - 300) result.state({ device: name, isOn: device.is_on, at, href })
    if (device.power !== null)
      result.figure({ label: `power of ${name} when last seen`, value: device.power, unit: 'W', origin, device: name, href })
    if (device.avg_power !== null) {
      result.figure({
        label: `mean power of ${name} over 24 hours`,
        value: device.avg_power,
        unit: 'W',
        origin,
        device: name,
        href,
      })
    }
  }
  for (const cluster of named.slice(0, MOST_DEVICES)) {
    const name = plainName(cluster.name)
    result.about(name)
    result.figure({
      label: `devices of cluster ${name}`,
      value: cluster.devices,
      unit: 'count',
      origin: 'measured',
      device: name,
      href,
    })
  }
  result.note(shown.length > MOST_DEVICES && 'Not all devices are listed; the page of devices shows them all.')
  return result
    .rows(
      [
        { name: 'Device', unit: null },
        { name: 'Kind', unit: null },
        { name: 'Mean power over 24 hours', unit: 'W' },
        { name: 'Last seen', unit: 'time' },
      ],
      shown
        .slice(0, MOST_DEVICES)
        .map((device) => [
          plainName(device.name),
          device.source === 'estimated' ? 'estimated' : 'own meter',
          device.avg_power,
          Date.parse(device.last_seen) / 1000,
        ]),
    )
    .build()
}
