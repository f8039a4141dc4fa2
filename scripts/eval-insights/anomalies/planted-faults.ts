import type { AnomalyType } from '@/lib/contracts/anomalies'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { addPower, minuteOf, runOf, type HomeMinutes } from './simulated-homes'

const DAY_MINUTES = 24 * 60

export interface PlantedFault {
  name: string
  /** Types that name the fault. */
  found: readonly AnomalyType[]
  appliance: Appliance | null
  /** Changes the home from a local midnight, given as its minute, on. */
  plant(home: HomeMinutes, midnight: number): void
}

export const PLANTED_FAULTS: readonly PlantedFault[] = [
  {
    name: 'refrigerator seal fails: runs twice as long',
    found: ['appliance_cycle_changed', 'appliance_long_run'],
    appliance: 'Refrigerator',
    plant: (home, midnight) => stretchRuns(home, 'Refrigerator', midnight, 2),
  },
  { name: 'freezer off', found: ['appliance_not_running'], appliance: 'Freezer', plant: (home, from) => removeRuns(home, 'Freezer', from) },
  {
    name: 'kettle stuck on for an hour',
    found: ['appliance_long_run'],
    appliance: 'ElectricKettle',
    plant: (home, midnight) => addRun(home, 'ElectricKettle', midnight + 8 * 60, 60, 2_000),
  },
  {
    name: 'oven left on for nine hours',
    found: ['appliance_long_run'],
    appliance: 'ElectricOven',
    plant: (home, midnight) => addRun(home, 'ElectricOven', midnight + 18 * 60, 540, 900),
  },
  {
    name: 'dryer started at 3 at night',
    found: ['appliance_odd_hour'],
    appliance: 'Dryer',
    plant: (home, midnight) => addRun(home, 'Dryer', midnight + 3 * 60, 70, 2_000),
  },
  {
    name: 'television left on for 30 hours',
    found: ['appliance_long_run'],
    appliance: 'Television',
    plant: (home, midnight) => addRun(home, 'Television', midnight + 20 * 60, 1_800, 110),
  },
  {
    name: 'heat pump cycles every few minutes',
    found: ['appliance_cycle_changed'],
    appliance: 'HeatPump',
    plant: shortCycle,
  },
  {
    name: 'always-on power rises by 60 W',
    found: ['standby_rose'],
    appliance: null,
    plant: (home, midnight) => addPower(home, null, midnight, home.minutes, 60),
  },
  {
    name: 'unknown 3 kW heater left on for a day',
    found: ['unusual_consumption'],
    appliance: null,
    plant: (home, midnight) => addPower(home, null, midnight, midnight + DAY_MINUTES, 3_000),
  },
  {
    name: 'voltage sags to 185 V for 40 minutes',
    found: ['voltage_low'],
    appliance: null,
    plant: (home, midnight) => home.voltage.fill(185, midnight + 600, midnight + 640),
  },
  {
    name: 'voltage rises to 262 V for 3 hours',
    found: ['voltage_high'],
    appliance: null,
    plant: (home, midnight) => home.voltage.fill(262, midnight + 720, midnight + 900),
  },
  {
    name: 'frequency at 49.2 Hz for 2 hours',
    found: ['frequency_deviation'],
    appliance: null,
    plant: (home, midnight) => home.frequency.fill(49.2, midnight + 720, midnight + 840),
  },
  {
    name: 'distortion of the voltage at 11 % for 12 hours',
    found: ['harmonic_distortion'],
    appliance: null,
    plant(home, midnight) {
      // The simulated meter reports the current's distortion, which has no limit: this home has one that reports the voltage's.
      home.thd.forEach((_, minute) => (home.thd[minute] = 2 + 0.5 * Math.sin(minute / 300)))
      home.thd.fill(11, midnight + 480, midnight + 1_200)
    },
  },
  {
    name: 'meter sends nothing for 8 hours',
    found: ['meter_gap'],
    appliance: null,
    plant: (home, midnight) => home.isRead.fill(0, midnight + 480, midnight + 960),
  },
  {
    name: 'meter stuck at one value for 6 hours',
    found: ['meter_stuck'],
    appliance: null,
    plant(home, midnight) {
      for (const column of [home.meterWatts, home.meterMinWatts, home.meterMaxWatts]) column.fill(412, midnight + 540, midnight + 900)
    },
  },
  {
    name: 'meter reports 3 MW for a minute',
    found: ['meter_impossible'],
    appliance: null,
    plant: (home, midnight) => addPower(home, null, midnight + 600, midnight + 601, 3_000_000),
  },
]

function addRun(home: HomeMinutes, appliance: Appliance, minute: number, minutes: number, powerWatts: number): void {
  addPower(home, appliance, minute, minute + minutes, powerWatts)
  const start = home.startSeconds + minute * 60
  const end = start + minutes * 60
  home.runs = home.runs.filter((run) => run.appliance !== appliance || run.startedAt >= end || (run.endedAt ?? end) <= start)
  home.runs.push(runOf(home, appliance, start, end))
  home.runs.sort((a, b) => a.startedAt - b.startedAt)
}

function removeRuns(home: HomeMinutes, appliance: Appliance, midnight: number): void {
  const watts = home.applianceWatts[APPLIANCES.indexOf(appliance)]!
  for (let minute = midnight; minute < home.minutes; minute++) addPower(home, appliance, minute, minute + 1, -watts[minute]!)
  home.runs = home.runs.filter((run) => run.appliance !== appliance || run.startedAt < home.startSeconds + midnight * 60)
}

/** Lets each run go on with the power it had, up to the next one. */
function stretchRuns(home: HomeMinutes, appliance: Appliance, midnight: number, factor: number): void {
  const own = home.runs.filter((run) => run.appliance === appliance && run.startedAt >= home.startSeconds + midnight * 60)
  own.forEach((run, index) => {
    const next = own[index + 1]?.startedAt ?? Infinity
    const end = Math.min(run.startedAt + factor * ((run.endedAt ?? run.startedAt) - run.startedAt), next - 60)
    const powerWatts = run.energyWh / (((run.endedAt ?? run.startedAt + 60) - run.startedAt) / 3600)
    addPower(home, appliance, minuteOf(home, run.endedAt ?? run.startedAt), minuteOf(home, end), powerWatts)
    run.energyWh *= (end - run.startedAt) / ((run.endedAt ?? end) - run.startedAt)
    run.endedAt = end
  })
}

/** Cuts the runs into four minutes on, four off. */
function shortCycle(home: HomeMinutes, midnight: number): void {
  const from = home.startSeconds + midnight * 60
  home.runs = home.runs.flatMap((run) => {
    if (run.appliance !== 'HeatPump' || run.startedAt < from || run.endedAt === null) return [run]
    const count = Math.max(1, Math.floor((run.endedAt - run.startedAt) / 480))
    return Array.from({ length: count }, (_, index) => runOf(home, 'HeatPump', run.startedAt + index * 480, run.startedAt + index * 480 + 240))
  })
}
