import type { InputMessage, Sample } from '@/lib/contracts/sample'
import type { SimulatedReading } from '@/lib/simulation/home'

/** A simulated reading as the data path takes it, marked as simulated. */
export function sampleOf(buildingId: string, reading: SimulatedReading): Sample {
  return {
    buildingId,
    timestampSeconds: reading.timestampSeconds,
    powerWatts: reading.powerWatts,
    voltageVolts: reading.voltageVolts,
    currentAmps: reading.currentAmps,
    powerFactor: reading.powerFactor,
    reactivePowerVar: reading.reactivePowerVar,
    frequencyHertz: reading.frequencyHertz,
    thdPercent: reading.thdPercent,
    source: 'simulation',
  }
}

/**
 * The message a meter would publish on `nilm:{building_id}:input`; quantities it does not measure are left out. What is
 * simulated says so.
 */
export function inputMessageOf(sample: Sample): InputMessage {
  return {
    timestamp: sample.timestampSeconds,
    power_total: sample.powerWatts,
    voltage: sample.voltageVolts,
    current: sample.currentAmps,
    power_factor: sample.powerFactor,
    reactive_power: sample.reactivePowerVar,
    frequency: sample.frequencyHertz,
    thd: sample.thdPercent,
    ...(sample.source === 'simulation' && { simulated: true }),
  }
}
