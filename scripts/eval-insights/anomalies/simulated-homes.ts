import { APPLIANCE_COUNT, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { ApplianceRun, BuildingHistory, HourReading, QualityBin } from '@/lib/insights/anomaly/site/incident'
import { createBlock } from '@/lib/simulation/block'
import { BLOCK_SECONDS, createHome } from '@/lib/simulation/home'

const BIN_MINUTES = 10
const HOUR_MINUTES = 60
export const TIME_ZONE = 'Europe/Berlin'

/** A home minute by minute, each array one value a minute from `startSeconds` on. */
export interface HomeMinutes {
  startSeconds: number
  minutes: number
  meterWatts: Float32Array
  /** Of the minute's seconds. */
  meterMinWatts: Float32Array
  meterMaxWatts: Float32Array
  /** By position in APPLIANCES. */
  applianceWatts: Float32Array[]
  voltage: Float32Array
  frequency: Float32Array
  /** Of the current, as the simulated meter reports it; a fault may replace it by that of the voltage. */
  thd: Float32Array
  /** 1 where the meter was read. */
  isRead: Uint8Array
  runs: ApplianceRun[]
}

/** Renders a home's seconds once. Runs are the true ones: it is the judgement of runs that is tested, not their estimation. */
export function renderHome(seed: number, startSeconds: number, days: number): HomeMinutes {
  const home = createHome({ seed, startTimestampSeconds: startSeconds, timeZone: TIME_ZONE })
  const minutes = days * 24 * HOUR_MINUTES
  const column = () => new Float32Array(minutes)
  const made: HomeMinutes = {
    startSeconds,
    minutes,
    meterWatts: column(),
    meterMinWatts: column(),
    meterMaxWatts: column(),
    applianceWatts: Array.from({ length: APPLIANCE_COUNT }, column),
    voltage: column(),
    frequency: column(),
    thd: column(),
    isRead: new Uint8Array(minutes).fill(1),
    runs: [],
  }
  const block = createBlock(BLOCK_SECONDS)
  for (let first = 0; first < minutes; first += HOUR_MINUTES) {
    home.fill(BLOCK_SECONDS, block)
    for (let minute = 0; minute < HOUR_MINUTES; minute++) {
      const at = first + minute
      const range = [minute * 60, minute * 60 + 60] as const
      const power = block.powerWatts.subarray(...range)
      made.meterWatts[at] = mean(power)
      made.meterMinWatts[at] = power.reduce((a, b) => Math.min(a, b), Infinity)
      made.meterMaxWatts[at] = power.reduce((a, b) => Math.max(a, b), -Infinity)
      made.voltage[at] = mean(block.voltageVolts.subarray(...range))
      made.frequency[at] = mean(block.frequencyHertz.subarray(...range))
      made.thd[at] = mean(block.thdPercent.subarray(...range))
      block.applianceWatts.forEach((watts, index) => (made.applianceWatts[index]![at] = mean(watts.subarray(...range))))
    }
  }
  made.runs = APPLIANCES.flatMap((appliance, index) => {
    const runs = home.appliances[index]!.runs(startSeconds, startSeconds + minutes * 60)
    return runs.map((run) => runOf(made, appliance, run.startSeconds, run.endSeconds))
  }).sort((a, b) => a.startedAt - b.startedAt)
  return made
}

export function runOf(home: HomeMinutes, appliance: Appliance, startedAt: number, endedAt: number): ApplianceRun {
  const watts = home.applianceWatts[APPLIANCES.indexOf(appliance)]!
  const inside = watts.subarray(minuteOf(home, startedAt), minuteOf(home, endedAt) + 1)
  return { appliance, startedAt, endedAt, energyWh: inside.reduce((sum, value) => sum + value / 60, 0), confidence: 0.9 }
}

export function minuteOf({ startSeconds, minutes }: HomeMinutes, seconds: number): number {
  return Math.min(Math.max(Math.floor((seconds - startSeconds) / 60), 0), minutes)
}

export function copyHome(home: HomeMinutes): HomeMinutes {
  return structuredClone(home)
}

/** Adds power of an appliance, or of the building where it is null, to minutes [from, to). */
export function addPower(home: HomeMinutes, appliance: Appliance | null, from: number, to: number, powerWatts: number): void {
  const columns = [home.meterWatts, home.meterMinWatts, home.meterMaxWatts]
  if (appliance) columns.push(home.applianceWatts[APPLIANCES.indexOf(appliance)]!)
  for (const column of columns) for (let minute = from; minute < Math.min(to, home.minutes); minute++) column[minute]! += powerWatts
}

/** What was known of the home at a time. */
export function historyUntil(home: HomeMinutes, nowSeconds: number): BuildingHistory {
  const end = minuteOf(home, nowSeconds)
  return {
    buildingId: 'simulated',
    timeZone: TIME_ZONE,
    nowSeconds,
    hours: hoursOf(home).filter(({ startSeconds }) => startSeconds + 3600 <= nowSeconds),
    runs: home.runs.flatMap((run) => {
      if (run.startedAt >= nowSeconds) return []
      return run.endedAt !== null && run.endedAt <= nowSeconds ? [run] : [{ ...run, endedAt: null }]
    }),
    quality: binsOf(home, end),
  }
}

const hoursByHome = new WeakMap<HomeMinutes, HourReading[]>()

function hoursOf(home: HomeMinutes): HourReading[] {
  const known = hoursByHome.get(home)
  if (known) return known
  const hours: HourReading[] = []
  for (let first = 0; first < home.minutes; first += HOUR_MINUTES) {
    const hour = { startSeconds: home.startSeconds + first * 60, energyWh: 0, coveredSeconds: 0, minWatts: Infinity, maxWatts: -Infinity }
    for (let minute = first; minute < first + HOUR_MINUTES; minute++) {
      if (!home.isRead[minute]) continue
      hour.energyWh += home.meterWatts[minute]! / 60
      hour.coveredSeconds += 60
      hour.minWatts = Math.min(hour.minWatts, home.meterMinWatts[minute]!)
      hour.maxWatts = Math.max(hour.maxWatts, home.meterMaxWatts[minute]!)
    }
    if (hour.coveredSeconds > 0) hours.push(hour)
  }
  hoursByHome.set(home, hours)
  return hours
}

function binsOf(home: HomeMinutes, end: number): QualityBin[] {
  const bins: QualityBin[] = []
  for (let first = Math.max(0, end - 7 * 24 * HOUR_MINUTES); first + BIN_MINUTES <= end; first += BIN_MINUTES) {
    const range = [first, first + BIN_MINUTES] as const
    if (!home.isRead[first]) continue
    bins.push({
      startSeconds: home.startSeconds + first * 60,
      voltage: mean(home.voltage.subarray(...range)),
      frequency: mean(home.frequency.subarray(...range)),
      thd: mean(home.thd.subarray(...range)),
    })
  }
  return bins
}

const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length
