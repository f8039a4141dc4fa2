import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { SimulatedHome } from '@/lib/simulation/home'
import { hashNormal, streamSeed } from '@/lib/simulation/random'

/** A plug that measures one appliance of a simulated home. */
export interface SubMeter {
  appliance: Appliance
  deviceState: string
  /** Appliances whose current has the same character. */
  cluster: number
  /** While it is on; of common household appliances of the kind. */
  powerFactor: number
  /** Distortion of its current, %. */
  thdPercent: number
}

/** 0 compressors, 1 heaters with motors, 2 switched power supplies. */
export const SUB_METERS: readonly SubMeter[] = [
  { appliance: 'Refrigerator', deviceState: 'Plug: refrigerator', cluster: 0, powerFactor: 0.72, thdPercent: 11 },
  { appliance: 'Freezer', deviceState: 'Plug: freezer', cluster: 0, powerFactor: 0.7, thdPercent: 12 },
  { appliance: 'WashingMachine', deviceState: 'Plug: washing machine', cluster: 1, powerFactor: 0.95, thdPercent: 7 },
  { appliance: 'Dishwasher', deviceState: 'Plug: dishwasher', cluster: 1, powerFactor: 0.98, thdPercent: 5 },
  { appliance: 'Computer', deviceState: 'Plug: computer', cluster: 2, powerFactor: 0.62, thdPercent: 95 },
  { appliance: 'Television', deviceState: 'Plug: television', cluster: 2, powerFactor: 0.6, thdPercent: 110 },
]

export interface SubMeterReading {
  meter: SubMeter
  timestampSeconds: number
  /** Mean over the minute before. */
  powerWatts: number
  voltageVolts: number
  frequencyHertz: number
  /** null while it draws next to nothing. */
  powerFactor: number | null
  thdPercent: number | null
}

const NEXT_TO_NOTHING_WATTS = 2

/** The next minute of the home as its sub-meters measure it. */
export function readSubMeters(home: SimulatedHome, seed: number): SubMeterReading[] {
  const seconds = Array.from({ length: 60 }, () => home.next())
  const last = seconds.at(-1)!
  return SUB_METERS.map((meter) => {
    const index = APPLIANCES.indexOf(meter.appliance)
    const powerWatts = seconds.reduce((sum, second) => sum + second.applianceWatts[index]!, 0) / seconds.length
    const isOn = powerWatts > NEXT_TO_NOTHING_WATTS
    const noise = (name: string) => hashNormal(streamSeed(seed, `${meter.appliance} ${name}`), last.timestampSeconds)
    return {
      meter,
      timestampSeconds: last.timestampSeconds,
      powerWatts: Math.round(10 * powerWatts) / 10,
      voltageVolts: last.voltageVolts,
      frequencyHertz: last.frequencyHertz,
      powerFactor: isOn ? Math.min(1, Math.round(1000 * (meter.powerFactor + 0.01 * noise('factor'))) / 1000) : null,
      thdPercent: isOn ? Math.round(10 * meter.thdPercent * (1 + 0.05 * noise('distortion'))) / 10 : null,
    }
  })
}
