/**
 * The message on `nilm:{building_id}:input`. Only `timestamp` and `power_total` are required.
 * Unknown fields are ignored, so a newer meter can talk to an older worker. This is what clients are asked to write; what is
 * read of messages that differ, lib/ingest/parse-input.ts says.
 */
export interface InputMessage {
  /** Unix seconds. */
  timestamp: number
  /** Watts; negative while the building exports. */
  power_total: number
  voltage?: number | null
  current?: number | null
  power_factor?: number | null
  reactive_power?: number | null
  frequency?: number | null
  thd?: number | null
  /** True for a reading that nobody measured: everything made of it says that it is simulated. */
  simulated?: boolean | null
}

/** A power beyond this is a fault or another unit: 10 MW is more than any building's main meter carries. */
export const MAX_POWER_WATTS = 10_000_000

/** Where a sample entered; stored beside the measurement. */
export const SAMPLE_SOURCES = ['pubsub', 'http', 'mqtt', 'replay', 'simulation', 'import'] as const
export type SampleSource = (typeof SAMPLE_SOURCES)[number]

/** One reading of a building's main meter: the single shape every way in is normalised to. */
export interface Sample {
  buildingId: string
  /** Unix seconds, fractions allowed. The reading covers the time since the previous one. */
  timestampSeconds: number
  /** Active power; negative while the building exports. */
  powerWatts: number
  voltageVolts?: number
  currentAmps?: number
  powerFactor?: number
  reactivePowerVar?: number
  frequencyHertz?: number
  thdPercent?: number
  source: SampleSource
}
