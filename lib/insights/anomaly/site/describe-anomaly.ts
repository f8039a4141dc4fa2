import type { AnomalyType } from '@/lib/contracts/anomalies'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'

type Details = Readonly<Record<string, string | number>>

/** One sentence in English with the evidence. */
export function describeAnomaly(type: AnomalyType, appliance: Appliance | null, details: Details): string {
  const n = (name: string, digits = 0) => Number(details[name] ?? 0).toFixed(digits)
  const it = appliance ? APPLIANCE_LABELS[appliance] : 'The building'
  switch (type) {
    case 'unusual_consumption':
      return `Within ${n('hours')} hours ${n('valueKwh', 1)} kWh were drawn where ${n('expectedKwh', 1)} kWh are usual, ` +
        `${details.direction === 'more' ? 'more' : 'less'} beyond the usual than at any time in the ${n('days')} days before.`
    case 'unusual_day':
      return `The day was unlike each of the ${n('days')} days before: ${n('valueKwh', 1)} kWh in all ` +
        `(${n('expectedKwh', 1)} kWh are usual), spread over the day in a way not seen before.`
    case 'appliance_long_run':
      return `${it} ${details.state === 'running' ? 'has been running' : 'ran'} for ${n('minutes')} minutes; ` +
        `the longest of ${n('runs')} runs before took ${n('longestMinutes')}, the usual one ${n('usualMinutes')}.`
    case 'appliance_odd_hour':
      return `${it} was switched on ${n('hours', 1)} hours away from any time of day at which its ${n('runs')} runs before began.`
    case 'appliance_not_running':
      return `${it} has not run for ${n('hours', 1)} hours; the longest pause between its ${n('runs')} runs before ` +
        `took ${n('longestHours', 1)} hours.`
    case 'appliance_cycle_changed':
      return `${it}: ${CYCLE_MEASURES[String(details.measure)] ?? 'the cycle'} has been ${n('value')} for two days, ` +
        `where it was ${n('usual')} over the ${n('days')} days before.`
    case 'standby_rose':
      return `What is always on rose from ${n('usualWatts')} W to ${n('watts')} W for three nights, ` +
        `${n('extraKwhPerYear')} kWh a year if it stays.`
    case 'voltage_low':
    case 'voltage_high':
      return quality('The voltage', 'V', n('value', 1), n('limit', 1), details, n)
    case 'frequency_deviation':
      return quality('The frequency', 'Hz', n('value', 2), n('limit', 2), details, n)
    case 'harmonic_distortion':
      return quality('The distortion of the voltage', '%', n('value', 1), n('limit', 1), details, n)
    case 'meter_gap':
      return `The meter's readings are missing for ${n('hours', 1)} hours.`
    case 'meter_stuck':
      return `The meter has reported exactly ${n('watts')} W for ${n('hours')} hours; ` +
        `within an hour it usually varies by ${n('usualWatts')} W.`
    case 'meter_impossible':
      return `The meter reported ${n('watts')} W, more than a building can draw; ${n('highestWatts')} W was the most before.`
  }
}

const CYCLE_MEASURES: Record<string, string> = {
  duty: 'the share of the time it runs (%)',
  cycle: 'the length of a run (minutes)',
  energy: 'the energy of a run (Wh)',
}

function quality(name: string, unit: string, value: string, limit: string, details: Details, n: (name: string, digits?: number) => string) {
  return `${name} was ${details.direction === 'below' ? 'below' : 'above'} the ${limit} ${unit} of EN 50160 for ${n('minutes')} minutes ` +
    `of the last day (${n('sharePercent', 1)} % of a week), ${value} ${unit} at the worst.`
}
