import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { Random, streamSeed } from '@/lib/simulation/random'

/** Who lives in the home and what it has. Everything left out is drawn from the seed. */
export interface HomeProfile {
  occupants: number
  /** 1 = Monday ... 7 = Sunday; the days somebody usually works at home. */
  homeOfficeWeekdays: readonly number[]
  /** Local hours of a working day. */
  wakeHour: number
  bedHour: number
  /** Which of the 11 stand in the home. */
  owned: Readonly<Record<Appliance, boolean>>
  /** Cooks on an electric hob, which is not among the 11. */
  electricHob: boolean
  coffeeMachine: boolean
}

/** All of the 11 but those that are named. */
export const withoutAppliances = (...missing: Appliance[]) =>
  Object.fromEntries(APPLIANCES.map((appliance) => [appliance, !missing.includes(appliance)])) as Record<Appliance, boolean>

/** The profile a seed gives, with the given parts fixed. By default a home owns all 11 appliances. */
export function createProfile(seed: number, given: Partial<HomeProfile> = {}): HomeProfile {
  const random = new Random(streamSeed(seed, 'profile'))
  const drawn: HomeProfile = {
    occupants: random.pick([1, 2, 2, 2, 3, 3, 4, 4]),
    homeOfficeWeekdays: [1, 2, 3, 4, 5].filter(() => random.chance(0.35)),
    wakeHour: random.between(6, 7.2),
    bedHour: random.between(22.2, 23.6),
    owned: withoutAppliances(),
    electricHob: random.chance(0.5),
    coffeeMachine: random.chance(0.5),
  }
  return { ...drawn, ...given }
}
