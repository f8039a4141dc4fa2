import type { Appliance } from '@/lib/contracts/appliances'
import type { SignatureKind, SignatureReport } from '@/lib/contracts/maintenance'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'

export interface Signature {
  kind: SignatureKind
  unit: SignatureReport['unit']
  /** When the trend reaches this many times the appliance's own baseline, it is time: a limit of ours, not a manufacturer's. */
  limitRatio: number
  /** Nothing can be more. */
  highest?: number
  /**
   * What seasons do to it. mild: a swing of some 10 % either way, which moves by at most 1.2 % a week; strong: nothing is said before
   * there is a year to compare with.
   */
  season: 'none' | 'mild' | 'strong'
  /** Null: the week says too little of it. */
  ofWeek?(week: ApplianceWeek): number | null
  /** For what differs from run to run by the programme that somebody chose: each run of the week. */
  ofRuns?(week: ApplianceWeek): readonly number[]
}

const LEAST_ON_SECONDS = 10 * 3600
const LEAST_CYCLES = 20

const coolingDuty: Signature = {
  kind: 'cooling_duty',
  unit: '%',
  limitRatio: 1.5,
  highest: 97,
  season: 'mild',
  ofWeek: ({ onSeconds, coveredSeconds, runs }) => (runs >= LEAST_CYCLES ? (100 * onSeconds) / coveredSeconds : null),
}

const coolingCycle: Signature = {
  kind: 'cooling_cycle',
  unit: 'min',
  limitRatio: 2,
  season: 'mild',
  ofWeek: ({ runSeconds, runs }) => (runs >= LEAST_CYCLES && runSeconds !== null ? runSeconds / 60 : null),
}

const runningPower: Signature = {
  kind: 'running_power',
  unit: 'W',
  limitRatio: 1.35,
  season: 'mild',
  ofWeek: ({ energyWh, onSeconds }) => (onSeconds >= LEAST_ON_SECONDS ? (energyWh * 3600) / onSeconds : null),
}

const shortCycling: Signature = {
  kind: 'short_cycling',
  unit: '1/h',
  limitRatio: 1.8,
  season: 'strong',
  ofWeek: ({ runs, onSeconds }) => (onSeconds >= LEAST_ON_SECONDS ? (runs * 3600) / onSeconds : null),
}

const heatingTime: Signature = {
  kind: 'heating_time',
  unit: 'min',
  limitRatio: 1.4,
  // The water comes in colder in winter.
  season: 'mild',
  ofRuns: ({ heatingMinutes }) => heatingMinutes,
}

const energyPerRun: Signature = {
  kind: 'energy_per_run',
  unit: 'Wh',
  limitRatio: 1.4,
  season: 'mild',
  ofRuns: ({ runsWh }) => runsWh,
}

/** A building's own: `energyWh` of an ApplianceWeek is then its always-on load over the covered time. */
export const ALWAYS_ON: Signature = {
  kind: 'always_on',
  unit: 'W',
  limitRatio: 1.5,
  season: 'none',
  ofWeek: ({ energyWh, coveredSeconds }) => (energyWh > 0 ? (energyWh * 3600) / coveredSeconds : null),
}

/** Of a device with a meter of its own. */
export const DEVICE_SIGNATURES: readonly Signature[] = [{ ...runningPower, season: 'none' }]

/** What is watched of each appliance; the others are on for as long as somebody wants, which says nothing of their health. */
export const SIGNATURES_OF: Partial<Record<Appliance, readonly Signature[]>> = {
  Refrigerator: [coolingDuty, coolingCycle, runningPower],
  Freezer: [coolingDuty, coolingCycle, runningPower],
  HeatPump: [shortCycling, { ...runningPower, season: 'strong' }],
  WashingMachine: [heatingTime, energyPerRun],
  Dishwasher: [heatingTime, energyPerRun],
  Dryer: [energyPerRun],
}
