import { ensureBuilding } from '@/lib/data/building-keys'
import { insertDeviceReadings } from '@/lib/data/sample-electrical'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import { createHome } from '@/lib/simulation/home'
import { readSubMeters } from '@/lib/simulation/sub-meters'

const DAYS = 7
const MINUTES_A_BATCH = 720

/**
 * Six plugs of the demo's simulated home that measure by themselves, a reading a minute for the last week, with clusters. Run again
 * it only adds what is missing. @returns readings added
 */
export async function seedSampleDevices(): Promise<number> {
  const { key } = await ensureBuilding(DEMO_HOME.building.id)
  const endMinute = Math.floor(Date.now() / 60_000)
  const startMinute = endMinute - DAYS * 1440
  const { seed, site } = DEMO_HOME
  const home = createHome({ seed, startTimestampSeconds: startMinute * 60 + 1, timeZone: site.timeZone })
  let added = 0
  for (let minute = startMinute; minute < endMinute; minute += MINUTES_A_BATCH) {
    const count = Math.min(MINUTES_A_BATCH, endMinute - minute)
    const readings = Array.from({ length: count }, () => readSubMeters(home, seed)).flat()
    added += await insertDeviceReadings(
      key,
      readings.map(({ meter, ...reading }) => ({ ...reading, deviceState: meter.deviceState, cluster: meter.cluster })),
    )
  }
  return added
}
