import type { Appliance } from '@/lib/contracts/appliances'
import type { HeadPeriod, HomeHead } from './home-head'

/** A reading in strictly increasing time order, as the session takes it. */
export interface OrderedReading {
  timestampSeconds: number
  powerWatts: number
}

export interface ApplianceEstimate {
  /** Watts after gating and projection: the 11 never exceed the total. */
  powerWatts: number
  /** Calibrated on-probability, 0..1. */
  probability: number
  isOn: boolean
  /** |p - threshold| / (threshold where p is below it, else 1 - threshold), lowered when the window is not full or has gaps. */
  confidence: number
}

/** One second of the 1 Hz grid with its estimates, in contract order. */
export interface SecondEstimate {
  /** Unix seconds, whole. */
  timestampSeconds: number
  totalWatts: number
  appliances: ApplianceEstimate[]
  otherWatts: number
}

/**
 * Meter and estimates of one minute so far; a later result for the same minute replaces it. The estimates are provisional ones
 * until every second of the minute has its final one.
 */
export interface MinuteEstimate {
  /** Unix seconds of the minute's start. */
  minuteSeconds: number
  meterEnergyWh: number
  coveredSeconds: number
  minWatts: number
  maxWatts: number
  /** In contract order; the energies add up to at most meterEnergyWh (or to 0 while exporting). */
  appliances: { energyWh: number; onSeconds: number; confidence: number }[]
}

/** A run of one appliance; identified by appliance and start. A later result for the same run replaces it. */
export interface ActivationEstimate {
  appliance: Appliance
  startedAtSeconds: number
  /** null while running. */
  endedAtSeconds: number | null
  energyWh: number
  peakWatts: number
  confidence: number
}

export interface PushResult {
  /**
   * Provisional estimates of every grid second this push completed, oldest first (look-ahead 0). A second that no reading covers
   * (a gap) has no estimate, here or in `final`.
   */
  provisional: SecondEstimate[]
  /** Final estimates that this push settled: `lookaheadSeconds` older. An outage makes all that is provisional final. */
  final: SecondEstimate[]
  /** Every minute whose meter energy changed, and once more every minute that has settled for good; oldest first. */
  minutes: MinuteEstimate[]
  /** Every run that started, grew or ended. A run appears once it is as long as the model's shortest run of that appliance. */
  activations: ActivationEstimate[]
  /** Seconds of the sliding window that hold measurements, 0..windowSeconds. */
  bufferSeconds: number
  meterIntervalSeconds: number
  inferenceMilliseconds: number
}

/**
 * Plain JSON that, with the raw readings of the `replaySeconds` before `positionSeconds`, restores a session to the state it
 * had there. Small on purpose: network states are recomputed from the readings, not stored.
 */
export interface SessionCheckpoint {
  format: 3
  modelVersion: string
  /** Time of the last reading the state includes. */
  positionSeconds: number
  state: unknown
}

/** Which seconds of a push are wanted: copying thousands of them between threads costs more than inference. */
export interface WantedSeconds {
  /** The newest provisional seconds, this many at most. */
  provisional: number
  final: boolean
}

export interface OpenOptions {
  checkpoint?: SessionCheckpoint
  history?: readonly OrderedReading[]
  /** The home's own heads with the times for which they hold. */
  heads?: readonly HeadPeriod[]
}

/** Many buildings' sessions behind one interface; runs in process or in worker threads. */
export interface DisaggregationEngine {
  readonly model: ModelDescription
  /** Readings a restore needs before the checkpoint's position. */
  readonly replaySeconds: number
  /**
   * Opens a building. `history` are the readings up to the checkpoint's position (or, without a checkpoint, the recent past that
   * only warms the window), without those that came late; they produce no output.
   * @throws Error where the building is open already or the checkpoint is of a format this version cannot read
   */
  open(buildingId: string, options?: OpenOptions): Promise<void>
  /**
   * Feeds readings newer than all before. Calls for one building run in order.
   * @throws Error where a reading is not newer or not finite (nothing has changed then), or where inference fails: close the
   * building and open it again from its last checkpoint
   * @param wanted by default every second; minutes and activations are always whole
   */
  push(buildingId: string, readings: readonly OrderedReading[], wanted?: WantedSeconds): Promise<PushResult>
  checkpoint(buildingId: string): Promise<SessionCheckpoint>
  /**
   * Makes these the home's own heads from the second after its newest reading on, in place of those before.
   * @returns the first second (Unix) they hold for: who stores it can replay
   */
  setHeads(buildingId: string, heads: readonly HomeHead[]): Promise<number>
  closeBuilding(buildingId: string): Promise<void>
  close(): Promise<void>
}

export interface ModelDescription {
  name: string
  version: string
  windowSeconds: number
  lookaheadSeconds: number
  /** What the networks run on; absent without a model. */
  device?: string
  /** Why that is not what `auto` would have preferred; absent where it is. */
  deviceNote?: string
  /** Whether a home can have heads of its own: the graphs answer what those are fitted on. */
  learnable: boolean
  /** Why no appliance is available, where the model folder is missing; absent otherwise. */
  unavailableReason?: string
  appliances: { appliance: Appliance; available: boolean; experimental: boolean }[]
}
