import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

interface DishProgramme {
  name: string
  mainCelsius: number
  rinseCelsius: number
  preRinseSeconds: number
  /** Circulation after the main wash has reached its temperature. */
  mainSeconds: number
  coldRinses: number
  drySeconds: number
}

const PROGRAMMES: readonly DishProgramme[] = [
  { name: 'eco 50', mainCelsius: 50, rinseCelsius: 60, preRinseSeconds: 0, mainSeconds: 5400, coldRinses: 1, drySeconds: 3000 },
  {
    name: 'normal 65',
    mainCelsius: 65,
    rinseCelsius: 68,
    preRinseSeconds: 480,
    mainSeconds: 1500,
    coldRinses: 2,
    drySeconds: 1200,
  },
  { name: 'quick 45', mainCelsius: 45, rinseCelsius: 55, preRinseSeconds: 0, mainSeconds: 480, coldRinses: 1, drySeconds: 60 },
]

/** Circulation pump all along, a heater in the main wash and in the last rinse, drain pump between. */
export function createDishwasher(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'Dishwasher')
  const traits = new Random(seed)
  const heaterWatts = traits.between(1850, 2300)
  const pumpWatts = traits.between(62, 140)
  const drainWatts = traits.between(22, 38)
  const electronicsWatts = traits.between(3, 7)
  const litres = traits.between(3.4, 4.8)
  /** Racks, dishes and the tub warm up with the water. */
  const dishesJoulesPerKelvin = traits.between(17_000, 30_000)
  const alternatesArms = traits.chance(0.4)
  const habit = traits.pick(['eco 50', 'normal 65', 'normal 65'])

  const clean = (startSeconds: number, random: Random): Run => {
    const usual = PROGRAMMES.find((programme) => programme.name === habit)!
    const programme = random.chance(0.75) ? usual : random.pick(PROGRAMMES)
    const load = random.between(0.8, 1.1)
    const noise = random.seed()
    const circulate = (_: number, second: number) => {
      const arm = alternatesArms && hashUnit(noise, Math.floor(second / 47)) < 0.5 ? 0.9 : 1
      return electronicsWatts + pumpWatts * arm * (1 + 0.02 * hashNormal(noise ^ 1, second))
    }
    const heat = (t: number, second: number) =>
      circulate(t, second) + heaterWatts * (1 + 0.012 * Math.exp(-t / 25) + 0.0015 * hashNormal(noise ^ 2, second))
    const heatSeconds = (riseKelvin: number) =>
      ((litres * 4186 + dishesJoulesPerKelvin * load) * Math.max(5, riseKelvin)) / heaterWatts
    const builder = new ProgrammeBuilder(startSeconds)
    const water = home.weather.mainsWaterCelsius(startSeconds) + 2
    const fill = () => builder.add('fill', random.between(50, 95), electronicsWatts + 7)
    const drain = () => builder.add('drain', random.between(40, 75), electronicsWatts + drainWatts, { surgeJoules: 12 })
    const pumpStart = { surgeJoules: pumpWatts * 0.6 }

    drain()
    if (programme.preRinseSeconds > 0) {
      fill()
      builder.add('pre-rinse', programme.preRinseSeconds * random.between(0.8, 1.2), circulate, pumpStart)
      drain()
    }
    fill()
    builder.add('wet dishes', random.between(90, 240), circulate, pumpStart)
    builder.add('heat main wash', heatSeconds(programme.mainCelsius - water), heat, { heating: true })
    builder.add('main wash', programme.mainSeconds * random.between(0.9, 1.1), circulate)
    drain()
    for (let rinse = 0; rinse < programme.coldRinses; rinse += 1) {
      fill()
      builder.add('cold rinse', random.between(150, 330), circulate, pumpStart)
      drain()
    }
    fill()
    builder.add('wet dishes', random.between(60, 120), circulate, pumpStart)
    // Dishes are still warm from the main wash, the fresh water is not.
    builder.add('heat last rinse', heatSeconds(programme.rinseCelsius - (0.55 * water + 0.45 * programme.mainCelsius)), heat, {
      heating: true,
    })
    builder.add('last rinse', random.between(60, 180), circulate)
    drain()
    builder.add('dry', programme.drySeconds, electronicsWatts)
    return builder.build(programme.name)
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 2, reactiveRatio: 0.55, distortionRatio: 0.12, nonResistiveWatts: 160 },
    standbyWatts: traits.between(0.3, 1.2),
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      // As many dishes as people and meals at home.
      const chance = Math.min(0.97, (0.2 + 0.09 * home.profile.occupants) * day.meals.length)
      if (!random.chance(chance)) return []
      const dinner = day.meals.find((meal) => meal.kind === 'dinner')
      const lunch = day.meals.find((meal) => meal.kind === 'lunch')
      const afterMeal = (dinner ?? lunch ?? day.meals[0])?.atSeconds
      if (afterMeal === undefined) return []
      const bedtime = day.bedSeconds - random.between(300, 1500)
      const start = dinner && random.chance(0.25) ? bedtime : afterMeal + random.between(1500, 5400)
      const runs = [clean(start, random)]
      const busy = lunch && day.free && home.profile.occupants >= 3 && random.chance(0.35)
      if (busy) runs.push(clean(lunch.atSeconds + random.between(1500, 3600), random))
      return runs
    },
  })
}
