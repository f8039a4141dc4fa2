import type { ElectricalColumns, MainsColumns, MinuteColumns } from '@/lib/data/import-write'
import { forEachMinute, SECONDS_PER_HOUR } from '@/lib/domain/energy'
import type { CleanRow } from '@/lib/ingest/import/clean-rows'

const GAP_INTERVALS = 2.5
/** A power that was not reported again within this time is not known any more. */
const LONGEST_HOLD_SECONDS = 3600
/** Where a power holds for longer than a reading may cover, it is read again this often. */
const HELD_EVERY_SECONDS = 60

export interface BatchRules {
  isMains: boolean
  /** Whether the power becomes readings; else minutes of energy. */
  asReadings: boolean
  hold: 'previous' | 'next'
  /** Whether rows are also kept as electrical readings. */
  isElectrical: boolean
  medianSpacingSeconds: number
  devices: readonly string[]
  /** The device's name where no column has it. */
  deviceName: string
}

/** What a batch of rows stores; each entry knows which of the batch's rows it came from. */
export interface ImportBatch {
  rows: number
  repairedRows: Set<number>
  mains: MainsColumns & { row: number[] }
  electrical: ElectricalColumns & { row: number[] }
  minutes: MinuteColumns & { row: number[] }
}

interface OpenMinute {
  energyWh: number
  coveredSeconds: number
  minWatts: number
  maxWatts: number
}

/** Turns clean rows into batches for the tables they go to. Memory does not grow with the rows. */
export class BatchBuilder {
  private batch = emptyBatch()
  /** Where a power holds until the next row. */
  private held: CleanRow | null = null
  private previousSeconds = Number.NaN
  private readonly openMinutes = new Map<number, OpenMinute>()

  constructor(private readonly rules: BatchRules) {}

  get rows(): number {
    return this.batch.rows
  }

  /** @param isElectrical whether it is kept as an electrical reading as well */
  add(row: CleanRow, isElectrical = this.rules.isElectrical): void {
    const place = this.batch.rows++
    if (row.isRepaired) this.batch.repairedRows.add(place)
    if (isElectrical) this.addElectrical(row, place)
    if (!this.rules.isMains || Number.isNaN(row.watts)) return
    if (this.rules.hold === 'next') {
      if (this.held) this.release(this.held, row.timestampSeconds, place)
      this.held = row
      return
    }
    if (this.rules.asReadings) this.addReading(row, row.timestampSeconds, place)
    else this.spread(row, this.startOf(row), row.timestampSeconds, place)
    this.previousSeconds = row.timestampSeconds
  }

  /** What has gathered. @param isLast whether no row follows */
  take(isLast: boolean): ImportBatch {
    if (isLast && this.held) {
      this.release(this.held, this.held.timestampSeconds + this.rules.medianSpacingSeconds, this.batch.rows - 1)
      this.held = null
    }
    if (isLast) this.closeMinutes(Number.POSITIVE_INFINITY, this.batch.rows - 1)
    const taken = this.batch
    this.batch = emptyBatch()
    return taken
  }

  private startOf({ timestampSeconds, spanSeconds }: CleanRow): number {
    if (spanSeconds !== null) return timestampSeconds - spanSeconds
    const spacing = timestampSeconds - this.previousSeconds
    const usual = this.rules.medianSpacingSeconds
    return spacing <= GAP_INTERVALS * usual ? this.previousSeconds : timestampSeconds - usual
  }

  /** The power of a row that holds until another time; its place is that of the row which ended it. */
  private release(row: CleanRow, untilSeconds: number, place: number): void {
    const usual = this.rules.medianSpacingSeconds
    const end = Math.min(untilSeconds, row.timestampSeconds + Math.max(LONGEST_HOLD_SECONDS, GAP_INTERVALS * usual))
    if (!this.rules.asReadings) {
      this.spread(row, row.timestampSeconds, end, place)
      return
    }
    const step = Math.min(HELD_EVERY_SECONDS, Math.max(1, usual))
    for (let at = row.timestampSeconds + step; at < end; at += step) this.addReading(row, at, place)
    this.addReading(row, end, place)
  }

  private addReading({ watts, values }: CleanRow, timestampSeconds: number, place: number): void {
    const { mains } = this.batch
    mains.row.push(place)
    mains.timestampSeconds.push(timestampSeconds)
    mains.powerWatts.push(watts)
    mains.voltageVolts.push(values.voltage ?? Number.NaN)
    mains.currentAmps.push(values.current ?? Number.NaN)
    mains.powerFactor.push(values.powerFactor ?? Number.NaN)
    mains.reactivePowerVar.push(values.reactivePower ?? Number.NaN)
    mains.frequencyHertz.push(values.frequency ?? Number.NaN)
    mains.thdPercent.push(values.thd ?? Number.NaN)
  }

  private addElectrical(row: CleanRow, place: number): void {
    const { electrical } = this.batch
    const { values } = row
    const device = this.rules.devices[row.device] ?? this.rules.deviceName
    electrical.row.push(place)
    // Of the main meter there is one row a second.
    electrical.timestampSeconds.push(device === '' ? Math.floor(row.timestampSeconds) : row.timestampSeconds)
    electrical.deviceState.push(device)
    electrical.cluster.push(Number.isInteger(values.cluster) ? values.cluster! : Number.NaN)
    electrical.voltageVolts.push(values.voltage ?? Number.NaN)
    electrical.currentAmperes.push(values.current ?? Number.NaN)
    electrical.realPowerWatts.push(row.watts)
    electrical.reactivePowerVar.push(values.reactivePower ?? Number.NaN)
    electrical.apparentPowerVa.push(values.apparentPower ?? Number.NaN)
    electrical.powerFactor.push(values.powerFactor ?? Number.NaN)
    electrical.frequencyHertz.push(values.frequency ?? Number.NaN)
    electrical.thdPercent.push(values.thd ?? Number.NaN)
  }

  private spread({ watts }: CleanRow, startSeconds: number, endSeconds: number, place: number): void {
    this.closeMinutes(Math.floor(startSeconds / 60) * 60, place)
    forEachMinute({ startSeconds, endSeconds, powerWatts: watts }, (minuteSeconds, seconds) => {
      const open = this.openMinutes.get(minuteSeconds)
      if (!open) {
        const energyWh = (watts * seconds) / SECONDS_PER_HOUR
        this.openMinutes.set(minuteSeconds, { energyWh, coveredSeconds: seconds, minWatts: watts, maxWatts: watts })
        return
      }
      open.energyWh += (watts * seconds) / SECONDS_PER_HOUR
      open.coveredSeconds += seconds
      open.minWatts = Math.min(open.minWatts, watts)
      open.maxWatts = Math.max(open.maxWatts, watts)
    })
    // All but the last one are whole.
    this.closeMinutes(Math.floor(endSeconds / 60) * 60, place)
  }

  private closeMinutes(beforeSeconds: number, place: number): void {
    const { minutes } = this.batch
    for (const [minuteSeconds, { energyWh, coveredSeconds, minWatts, maxWatts }] of this.openMinutes) {
      if (minuteSeconds >= beforeSeconds) continue
      minutes.row.push(place)
      minutes.minuteSeconds.push(minuteSeconds)
      minutes.energyWh.push(energyWh)
      minutes.coveredSeconds.push(coveredSeconds)
      minutes.minWatts.push(minWatts)
      minutes.maxWatts.push(maxWatts)
      this.openMinutes.delete(minuteSeconds)
    }
  }
}

function emptyBatch(): ImportBatch {
  return {
    rows: 0,
    repairedRows: new Set(),
    mains: {
      row: [],
      timestampSeconds: [],
      powerWatts: [],
      voltageVolts: [],
      currentAmps: [],
      powerFactor: [],
      reactivePowerVar: [],
      frequencyHertz: [],
      thdPercent: [],
    },
    electrical: {
      row: [],
      timestampSeconds: [],
      deviceState: [],
      cluster: [],
      voltageVolts: [],
      currentAmperes: [],
      realPowerWatts: [],
      reactivePowerVar: [],
      apparentPowerVa: [],
      powerFactor: [],
      frequencyHertz: [],
      thdPercent: [],
    },
    minutes: { row: [], minuteSeconds: [], energyWh: [], coveredSeconds: [], minWatts: [], maxWatts: [] },
  }
}
