import type { ApplianceModel, HomeContext } from '@/lib/simulation/load'
import { Random, streamSeed } from '@/lib/simulation/random'
import { coldAppliance } from '@/lib/simulation/appliances/cold-appliance'

/** A refrigerator at 3 to 7 °C; some are frost-free and melt their evaporator with a heater once or twice a day. */
export function createRefrigerator(home: HomeContext): ApplianceModel {
  const seed = streamSeed(home.seed, 'Refrigerator')
  const random = new Random(seed)
  const runningWatts = random.between(62, 108)
  const frostFree = random.chance(0.35)
  const lossWattsPerKelvin = random.between(1.7, 2.5)
  const setCelsius = random.between(4, 6)
  const bandKelvin = random.between(2.6, 4.2)
  return coldAppliance(home, seed, {
    cabinet: {
      onCelsius: setCelsius + bandKelvin / 2,
      offCelsius: setCelsius - bandKelvin / 2,
      lossWattsPerKelvin,
      capacityJoulesPerKelvin: random.between(17_000, 44_000),
      coolingWatts: runningWatts * random.between(1.25, 1.6),
      doorJoules: random.between(4500, 11_000),
      defrost: frostFree ? { everyRunSeconds: random.between(7, 11) * 3600, durationSeconds: random.between(700, 1300) } : null,
    },
    runningWatts,
    startExcess: random.between(0.08, 0.3),
    settleSeconds: random.between(60, 320),
    decline: random.between(0.02, 0.12),
    surgeWatts: random.between(500, 1100),
    standbyWatts: random.chance(0.5) ? random.between(0.5, 3) : 0,
    lampWatts: random.chance(0.5) ? random.between(2, 5) : random.between(10, 15),
    defrostWatts: random.between(140, 260),
    doorsPerMeal: 3 + home.profile.occupants,
    doorsPerHour: 0.25 * home.profile.occupants,
  })
}
