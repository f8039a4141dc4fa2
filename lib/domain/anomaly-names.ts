import type { AnomalySeverity, AnomalyType } from '@/lib/contracts/anomalies'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'

export const SEVERITY_WORDS: Record<AnomalySeverity, string> = {
  critical: 'urgent',
  warning: 'to look at',
  info: 'for information',
}

/** What looks wrong, as a sentence names it. */
export function anomalyName(type: AnomalyType, appliance: Appliance | null): string {
  const of = appliance ? ` of the ${APPLIANCE_LABELS[appliance].toLowerCase()}` : ''
  return {
    unusual_consumption: 'unusual consumption',
    unusual_day: 'an unusual day',
    appliance_long_run: `an unusually long run${of}`,
    appliance_odd_hour: `a run${of} at an odd hour`,
    appliance_not_running: `an unusually long pause${of}`,
    appliance_cycle_changed: `a changed cycle${of}`,
    standby_rose: 'a standby load above the usual',
    voltage_low: 'voltage below the limit',
    voltage_high: 'voltage above the limit',
    frequency_deviation: 'a frequency out of its limits',
    harmonic_distortion: 'voltage distorted beyond the limit',
    meter_gap: 'missing readings',
    meter_stuck: 'a meter that stands still',
    meter_impossible: 'an impossible reading',
  }[type]
}
