import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

const STEP_SECONDS = 2

/** Preheats at full power, then a thermostat holds the cavity; lamp and fan all along, cooling fan afterwards. */
export function createElectricOven(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'ElectricOven')
  const traits = new Random(seed)
  const elementWatts = traits.between(2000, 2950)
  const fanAndLampWatts = traits.between(42, 70)
  const coolingFanWatts = traits.between(14, 26)
  const standbyWatts = traits.between(0.8, 3)
  const capacityJoulesPerKelvin = traits.between(6200, 8600)
  const lossWattsPerKelvin = traits.between(3.2, 4.6)
  const bandKelvin = traits.between(4, 9)

  const bake = (startSeconds: number, bakeSeconds: number, random: Random): Run => {
    const targetCelsius = random.pick([160, 180, 180, 180, 200, 200, 220])
    const noise = random.seed()
    const heat = (t: number, second: number) =>
      fanAndLampWatts + elementWatts * (1 + 0.015 * Math.exp(-t / 20) + 0.0008 * hashNormal(noise, second))
    const coast = (_: number, second: number) => fanAndLampWatts + 0.6 * hashNormal(noise, second)
    const builder = new ProgrammeBuilder(startSeconds)
    const ambient = home.weather.kitchenCelsius(startSeconds)
    let celsius = ambient + (random.chance(0.1) ? 40 : 0)
    let heating = true
    let phaseSeconds = 0
    let preheated = false
    let foodJoules = 0
    for (let t = 0; t < bakeSeconds; t += STEP_SECONDS) {
      const power = heating ? elementWatts : 0
      const loss = lossWattsPerKelvin * (celsius - ambient)
      // Cold food goes in after preheating and takes up heat while it warms.
      const food = preheated ? Math.min(foodJoules, 260 * STEP_SECONDS) : 0
      foodJoules -= food
      celsius += ((power - loss) * STEP_SECONDS - food) / capacityJoulesPerKelvin
      phaseSeconds += STEP_SECONDS
      const turns = heating ? celsius > targetCelsius + bandKelvin / 2 : celsius < targetCelsius - bandKelvin / 2
      if (!turns) continue
      builder.add(!heating ? 'coast' : preheated ? 'hold' : 'preheat', phaseSeconds, heating ? heat : coast, { heating })
      if (heating && !preheated) {
        preheated = true
        celsius -= random.between(10, 30)
        foodJoules = random.between(150e3, 500e3)
      }
      heating = !heating
      phaseSeconds = 0
    }
    builder.add(!heating ? 'coast' : preheated ? 'hold' : 'preheat', phaseSeconds, heating ? heat : coast, { heating })
    builder.add('cooling fan', random.between(300, 900), coolingFanWatts)
    return builder.build(`${targetCelsius} °C`)
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 2, reactiveRatio: 0.15, distortionRatio: 0.05, nonResistiveWatts: 60 },
    standbyWatts,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const runs: Run[] = []
      for (const meal of day.meals) {
        const dinnerChance = (day.free ? 0.4 : 0.24) + 0.03 * home.profile.occupants
        const chance = meal.kind === 'dinner' && meal.hot ? dinnerChance : meal.kind === 'breakfast' && day.free ? 0.25 : 0
        if (!random.chance(chance)) continue
        const minutes = meal.kind === 'breakfast' ? random.between(16, 24) : random.between(28, 65)
        runs.push(bake(meal.atSeconds - minutes * 60, minutes * 60, random))
      }
      const afternoon = day.day.at(random.between(14, 16) * 3600)
      if (day.free && random.chance(0.15) && home.household.isPresent(afternoon)) {
        runs.push(bake(afternoon, random.between(55, 85) * 60, random))
      }
      return runs
    },
  })
}
