import { APPLIANCES } from '@/lib/contracts/appliances'
import {
  addEnergy,
  emptyMeterEnergy,
  forEachMinute,
  MINUTE_SECONDS,
  minuteOfSecond,
  SECONDS_PER_HOUR,
  type MeterEnergy,
  type MeterSpan,
} from '@/lib/domain/energy'
import type { MeteredEstimate } from './pending-seconds'
import type { MinuteEstimate } from './session-types'

/** Sums over a minute's estimated seconds, per appliance in contract order. */
export interface EstimateSums {
  seconds: number
  energyWh: number[]
  onSeconds: number[]
  confidence: number[]
  onConfidence: number[]
}

export interface OpenMinute {
  minuteSeconds: number
  meter: MeterEnergy
  /** Every second as it was estimated at first. */
  provisional: EstimateSums
  /** The seconds whose estimates are final. */
  settled: EstimateSums
}

/**
 * Energy of the minutes in progress. The meter's share comes from the readings' spans. The appliances' comes from provisional
 * estimates until the whole minute has settled, then from final ones, never from a mixture: how much of a minute is final when a
 * row is taken depends on how the readings were cut into pushes, and a stream may end there. Seconds no reading covers add nothing.
 */
export class MinuteAccumulator {
  private minutes = new Map<number, OpenMinute>()
  private changed = new Set<number>()

  addSpan(span: MeterSpan): void {
    forEachMinute(span, (minuteSeconds, seconds) => {
      addEnergy(this.open(minuteSeconds).meter, span.powerWatts, seconds)
      this.changed.add(minuteSeconds)
    })
  }

  addProvisional(second: MeteredEstimate): void {
    if (second.coveredSeconds === 0) return
    const minute = this.open(minuteOfSecond(second.timestampSeconds))
    addSecond(minute.provisional, second)
    this.changed.add(minute.minuteSeconds)
  }

  addFinal(second: MeteredEstimate): void {
    if (second.coveredSeconds > 0) addSecond(this.open(minuteOfSecond(second.timestampSeconds)).settled, second)
  }

  /**
   * The rows that changed since the last call, oldest first, and every minute that has settled now; settled ones are forgotten.
   * @param settledUntilSeconds every second up to this time is final
   */
  take(settledUntilSeconds: number): MinuteEstimate[] {
    const rows: MinuteEstimate[] = []
    for (const minute of [...this.minutes.values()].sort((a, b) => a.minuteSeconds - b.minuteSeconds)) {
      const settled = minute.minuteSeconds + MINUTE_SECONDS <= settledUntilSeconds
      if (settled) this.minutes.delete(minute.minuteSeconds)
      if (settled || this.changed.has(minute.minuteSeconds)) rows.push(toRow(minute, settled ? minute.settled : minute.provisional))
    }
    this.changed.clear()
    return rows
  }

  save(): OpenMinute[] {
    return [...this.minutes.values()].map(copyMinute)
  }

  restore(minutes: readonly OpenMinute[]): void {
    this.minutes = new Map(minutes.map((minute) => [minute.minuteSeconds, copyMinute(minute)]))
    this.changed.clear()
  }

  private open(minuteSeconds: number): OpenMinute {
    let minute = this.minutes.get(minuteSeconds)
    if (!minute) {
      minute = { minuteSeconds, meter: emptyMeterEnergy(), provisional: emptySums(), settled: emptySums() }
      this.minutes.set(minuteSeconds, minute)
    }
    return minute
  }
}

function emptySums(): EstimateSums {
  const zeros = () => APPLIANCES.map(() => 0)
  return { seconds: 0, energyWh: zeros(), onSeconds: zeros(), confidence: zeros(), onConfidence: zeros() }
}

function copySums({ seconds, energyWh, onSeconds, confidence, onConfidence }: EstimateSums): EstimateSums {
  const arrays = { energyWh: [...energyWh], onSeconds: [...onSeconds], confidence: [...confidence] }
  return { seconds, ...arrays, onConfidence: [...onConfidence] }
}

function copyMinute({ minuteSeconds, meter, provisional, settled }: OpenMinute): OpenMinute {
  return { minuteSeconds, meter: { ...meter }, provisional: copySums(provisional), settled: copySums(settled) }
}

function addSecond(sums: EstimateSums, { coveredSeconds, appliances }: MeteredEstimate): void {
  sums.seconds += coveredSeconds
  for (const [i, estimate] of appliances.entries()) {
    sums.confidence[i]! += estimate.confidence * coveredSeconds
    if (!estimate.isOn) continue
    sums.energyWh[i]! += (estimate.powerWatts * coveredSeconds) / SECONDS_PER_HOUR
    sums.onSeconds[i]! += coveredSeconds
    sums.onConfidence[i]! += estimate.confidence * coveredSeconds
  }
}

function toRow({ minuteSeconds, meter }: OpenMinute, sums: EstimateSums): MinuteEstimate {
  const estimatedWh = sums.energyWh.reduce((sum, energyWh) => sum + energyWh, 0)
  const limitWh = Math.max(meter.energyWh, 0)
  // A minute of both import and export can hold less than its importing seconds; the last digit goes to the meter.
  const scale = estimatedWh > limitWh ? (limitWh / estimatedWh) * (1 - 1e-12) : 1
  return {
    minuteSeconds,
    meterEnergyWh: meter.energyWh,
    coveredSeconds: meter.coveredSeconds,
    minWatts: meter.minWatts,
    maxWatts: meter.maxWatts,
    appliances: APPLIANCES.map((_, i) => ({
      energyWh: sums.energyWh[i]! * scale,
      onSeconds: sums.onSeconds[i]!,
      confidence: confidenceOf(sums, i),
    })),
  }
}

/** Mean confidence while it was on; while it was off all minute, of its being off. */
function confidenceOf(sums: EstimateSums, i: number): number {
  if (sums.onSeconds[i]! > 0) return sums.onConfidence[i]! / sums.onSeconds[i]!
  return sums.seconds > 0 ? sums.confidence[i]! / sums.seconds : 0
}
