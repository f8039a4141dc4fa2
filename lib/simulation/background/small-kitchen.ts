import { RESISTIVE, type HomeContext, type Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/** Toaster at some breakfasts. */
export function createToaster(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'toaster')
  const watts = new Random(seed).between(780, 1150)
  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const breakfast = day.meals.find((meal) => meal.kind === 'breakfast')
      if (!breakfast || !random.chance(0.45)) return []
      return Array.from({ length: random.integer(1, 2) }, (_, slice) =>
        new ProgrammeBuilder(breakfast.atSeconds + slice * 260 - random.between(0, 120))
          .add('toast', random.between(110, 200), (t) => watts * (1 + 0.03 * Math.exp(-t / 6)), { heating: true })
          .build('toast'),
      )
    },
  })
}

/** Coffee machine: heats up, pumps, keeps its boiler warm with short pulses. */
export function createCoffeeMachine(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'coffee')
  const watts = new Random(seed).between(1150, 1450)
  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      if (!home.profile.coffeeMachine) return []
      const random = new Random(seed, day.day.dayNumber)
      const times = day.meals.filter((meal) => random.chance(meal.kind === 'breakfast' ? 0.9 : 0.3)).map((meal) => meal.atSeconds)
      return times.map((at) => {
        const builder = new ProgrammeBuilder(at - random.between(100, 500)).add('heat', random.between(35, 60), watts, {
          heating: true,
        })
        for (let cup = random.integer(1, 3); cup > 0; cup -= 1) {
          builder
            .add('wait', random.between(25, 90), 4)
            .add('pump', random.between(18, 28), 55)
            .add('heat', random.between(9, 18), watts, { heating: true })
        }
        for (let pulse = random.integer(2, 7); pulse > 0; pulse -= 1) {
          builder.add('wait', random.between(70, 160), 4).add('heat', random.between(2, 5), watts, { heating: true })
        }
        return builder.build('coffee')
      })
    },
  })
}

/** Cooker hood while something hot is made. */
export function createCookerHood(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'hood')
  const watts = new Random(seed).between(45, 150)
  return scheduledLoad(home, {
    electrical: { voltageExponent: 1, reactiveRatio: 0.6, distortionRatio: 0.08, nonResistiveWatts: 300 },
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      return day.meals
        .filter((meal) => meal.hot && meal.kind !== 'breakfast' && random.chance(0.7))
        .map((meal) =>
          new ProgrammeBuilder(meal.atSeconds - random.between(900, 1800))
            .add('extract', random.between(900, 2100), watts, { surgeJoules: 40 })
            .build('extract'),
        )
    },
  })
}

/** An electric hob, in homes that have one: plates at several settings, pulsed by their regulators. */
export function createHob(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'hob')
  const traits = new Random(seed)
  const plateWatts = [traits.between(1150, 1450), traits.between(1700, 2100)]
  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      if (!home.profile.electricHob) return []
      const random = new Random(seed, day.day.dayNumber)
      const runs: Run[] = []
      for (const meal of day.meals) {
        if (!meal.hot || !random.chance(meal.kind === 'breakfast' ? 0.2 : 0.8)) continue
        const watts = random.pick(plateWatts)
        const setting = random.between(0.15, 0.55)
        const noise = random.seed()
        const period = random.between(35, 50)
        const regulate = (t: number, second: number) =>
          (t % period) / period < setting * (0.9 + 0.2 * hashUnit(noise, Math.floor(t / period)))
            ? watts * (1 + 0.002 * hashNormal(noise, second))
            : 0
        runs.push(
          new ProgrammeBuilder(meal.atSeconds - random.between(1200, 2100))
            .add('bring to heat', random.between(200, 420), watts, { heating: true })
            .add('simmer', random.between(400, 1500), regulate, { heating: true })
            .build('cook'),
        )
      }
      return runs
    },
  })
}
