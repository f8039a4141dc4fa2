import type { ApplianceModel, HomeContext } from '@/lib/simulation/load'
import { Random, streamSeed } from '@/lib/simulation/random'
import { coldAppliance } from '@/lib/simulation/appliances/cold-appliance'

/** A freezer around -19 °C: longer cycles than the refrigerator, seldom opened, without a lamp or with a small one. */
export function createFreezer(home: HomeContext): ApplianceModel {
  const seed = streamSeed(home.seed, 'Freezer')
  const random = new Random(seed)
  const runningWatts = random.between(70, 125)
  const noFrost = random.chance(0.2)
  const setCelsius = random.between(-20, -18)
  const bandKelvin = random.between(1.6, 3)
  return coldAppliance(home, seed, {
    cabinet: {
      onCelsius: setCelsius + bandKelvin / 2,
      offCelsius: setCelsius - bandKelvin / 2,
      lossWattsPerKelvin: random.between(0.62, 0.95),
      capacityJoulesPerKelvin: random.between(26_000, 52_000),
      coolingWatts: runningWatts * random.between(0.85, 1.05),
      doorJoules: random.between(6000, 16_000),
      defrost: noFrost ? { everyRunSeconds: random.between(8, 12) * 3600, durationSeconds: random.between(900, 1500) } : null,
    },
    runningWatts,
    startExcess: random.between(0.1, 0.35),
    settleSeconds: random.between(80, 400),
    decline: random.between(0.02, 0.1),
    surgeWatts: random.between(700, 1400),
    standbyWatts: random.chance(0.5) ? random.between(0.5, 2) : 0,
    lampWatts: random.chance(0.4) ? random.between(2, 10) : 0,
    defrostWatts: random.between(180, 300),
    doorsPerMeal: 0.7,
    doorsPerHour: 0.05,
  })
}
