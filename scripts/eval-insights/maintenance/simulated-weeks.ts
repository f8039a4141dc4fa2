import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { Random } from '@/lib/simulation/random'

/**
 * Homes week by week, run by run, with what disaggregation does to them. Assumed, not measured: seasons of 4 to 11 % either way,
 * differing days and weeks, weeks away, programmes chosen by habit, 10 to 35 % of runs missed (more in some weeks than in others),
 * and now and then a device that stays plugged in.
 */
export interface SimulatedHome {
  refrigerator: ApplianceWeek[]
  washingMachine: ApplianceWeek[]
  alwaysOn: ApplianceWeek[]
}

export type Fault = 'none' | 'fridge duty' | 'heating time' | 'always-on'

export interface Plan {
  seed: number
  weeks: number
  /** Unix seconds of the first Monday. */
  startSeconds: number
  fault: Fault
  /** The week in which it begins, and how much it adds each week, as a share of what is usual. */
  onsetWeek: number
  growth: number
}

const WEEK_SECONDS = 7 * 86_400
/** Degrees of a programme by how long it heats, and how often it is chosen. */
const PROGRAMMES = [
  { heatingMinutes: 5, wh: 350, weight: 2 },
  { heatingMinutes: 11, wh: 650, weight: 5 },
  { heatingMinutes: 20, wh: 1050, weight: 3 },
]

export function simulateHome({ seed, weeks, startSeconds, fault, onsetWeek, growth }: Plan): SimulatedHome {
  const random = new Random(seed)
  const duty = 0.22 + 0.25 * random.unit()
  const cycleMinutes = 11 + 16 * random.unit()
  const fridgeWatts = 60 + 70 * random.unit()
  const season = 0.04 + 0.07 * random.unit()
  const missed = 0.1 + 0.25 * random.unit()
  const washesPerWeek = 2 + 4 * random.unit()
  const startWeekOfYear = 52 * random.unit()
  let baseWatts = 50 + 180 * random.unit()
  const home: SimulatedHome = { refrigerator: [], washingMachine: [], alwaysOn: [] }
  for (let week = 0; week < weeks; week++) {
    const faultOf = (kind: Fault) => (fault === kind ? 1 + growth * Math.max(0, week - onsetWeek) : 1)
    const summer = Math.sin((2 * Math.PI * (week + startWeekOfYear)) / 52)
    const isAway = random.chance(0.05)
    const missedNow = Math.min(0.6, Math.max(0, missed + random.around(0, 0.03)))
    const common = { startSeconds: startSeconds + week * WEEK_SECONDS, coveredSeconds: WEEK_SECONDS * (0.96 + 0.04 * random.unit()) }
    // The fault lengthens each cycle; season and use also how often it starts.
    const usage = (1 + season * summer) * (isAway ? 0.88 : 1) * (1 + random.around(0, 0.03))
    const trueDuty = Math.min(1, duty * usage * faultOf('fridge duty'))
    const minutes = cycleMinutes * faultOf('fridge duty') * (1 + (season / 2) * summer) * (1 + random.around(0, 0.03))
    const onSeconds = common.coveredSeconds * trueDuty * (1 - missedNow)
    const cycles = Math.round(onSeconds / 60 / minutes)
    const watts = fridgeWatts * (1 + random.around(0, 0.02))
    home.refrigerator.push({
      ...common, onSeconds, runs: cycles, runSeconds: minutes * 60, runsWh: [],
      energyWh: (watts * onSeconds) / 3600, confidence: 0.6 + random.around(0, 0.03), heatingMinutes: [], modelVersionId: 1,
    })
    home.washingMachine.push({ ...common, ...washes(random, { isAway, washesPerWeek, missedNow, season, summer, factor: faultOf('heating time') }) })
    if (random.chance(0.012)) baseWatts += 5 + 20 * random.unit()
    const alwaysOn = baseWatts * faultOf('always-on') * (1 + random.around(0, 0.02)) * (isAway ? 0.95 : 1)
    home.alwaysOn.push({
      ...common, energyWh: (alwaysOn * common.coveredSeconds) / 3600, onSeconds: common.coveredSeconds, confidence: null, runs: 0,
      runSeconds: null, runsWh: [], heatingMinutes: [], modelVersionId: null,
    })
  }
  return home
}

interface Washing {
  isAway: boolean
  washesPerWeek: number
  missedNow: number
  season: number
  summer: number
  factor: number
}

function washes(random: Random, { isAway, washesPerWeek, missedNow, season, summer, factor }: Washing) {
  const total = PROGRAMMES.reduce((sum, { weight }) => sum + weight, 0)
  const heating: number[] = []
  const wh: number[] = []
  const count = isAway ? 0 : Math.max(0, Math.round(washesPerWeek + random.around(0, 1.2)))
  for (let run = 0; run < count; run++) {
    if (random.chance(missedNow)) continue
    let left = random.unit() * total
    const programme = PROGRAMMES.find(({ weight }) => (left -= weight) < 0) ?? PROGRAMMES[0]!
    // Colder water in winter; the meter's minutes round what is seen of it.
    const minutes = programme.heatingMinutes * factor * (1 - season * summer) * (1 + random.around(0, 0.08))
    heating.push(Math.round(minutes))
    wh.push(programme.wh + (minutes - programme.heatingMinutes) * 33 + random.around(0, 40))
  }
  return {
    energyWh: wh.reduce((sum, value) => sum + value, 0),
    onSeconds: heating.length * 5400,
    confidence: heating.length > 0 ? 0.6 : null,
    runs: heating.length,
    runSeconds: heating.length > 0 ? 5400 : null,
    runsWh: wh,
    heatingMinutes: heating.filter((minutes) => minutes >= 3),
    modelVersionId: 1,
  }
}
