import { RESISTIVE, type HomeContext, type Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

const WATER_JOULES_PER_LITRE_KELVIN = 4186

/** Boils what was filled in and switches itself off; the fill decides how long that takes. */
export function createKettle(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'ElectricKettle')
  const traits = new Random(seed)
  const ratedWatts = traits.between(2050, 2950)
  const efficiency = traits.between(0.84, 0.92)
  const steamSeconds = traits.between(3, 9)

  const boil = (startSeconds: number, random: Random): Run => {
    const litres = Math.max(0.25, Math.min(1.6, random.around(0.35 + 0.1 * home.profile.occupants, 0.32)))
    const lukewarm = random.chance(0.15) ? random.between(20, 45) : 0
    const fromCelsius = Math.max(home.weather.mainsWaterCelsius(startSeconds) + 2, lukewarm)
    const joules = litres * WATER_JOULES_PER_LITRE_KELVIN * (100 - fromCelsius)
    const durationSeconds = joules / (ratedWatts * efficiency) + steamSeconds
    const noise = random.seed()
    return (
      new ProgrammeBuilder(startSeconds)
        // The element's resistance rises a little as it heats.
        .add(
          'boil',
          durationSeconds,
          (t, second) => ratedWatts * (1 + 0.012 * Math.exp(-t / 12) + 0.0008 * hashNormal(noise, second)),
          {
            heating: true,
          },
        )
        .build('boil')
    )
  }

  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const starts: number[] = []
      const morningChance = home.profile.coffeeMachine ? 0.65 : 0.95
      for (const meal of day.meals) {
        if (meal.kind === 'breakfast' && random.chance(morningChance)) {
          starts.push(meal.atSeconds - random.between(60, 600))
          if (random.chance(0.45)) starts.push(meal.atSeconds + random.between(400, 1800))
        }
        if (meal.kind === 'lunch' && random.chance(0.5)) starts.push(meal.atSeconds + random.between(-600, 2400))
        if (meal.kind === 'dinner' && random.chance(0.55)) starts.push(meal.atSeconds + random.between(-2400, 3000))
      }
      const teasPerHour = 0.3 * Math.sqrt(home.profile.occupants / 2)
      for (const stay of day.presence) {
        const from = Math.max(stay.startSeconds, day.wakeSeconds + 5400)
        for (let t = from - Math.log(1 - random.unit()) * (3600 / teasPerHour); t < stay.endSeconds - 1800;) {
          starts.push(t)
          t -= Math.log(1 - random.unit()) * (3600 / teasPerHour)
        }
      }
      return starts.map((start) => boil(start, random))
    },
  })
}
