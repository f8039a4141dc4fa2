import type { HomeContext } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/**
 * Where no heat pump heats: a boiler's fan and pump in the heating season. Where one does: the small pump that keeps hot
 * water at the taps, in the morning and in the evening.
 */
export function createHeatingCircuit(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'heating-circuit')
  const traits = new Random(seed)
  const boiler = !home.profile.owned.HeatPump
  const pumpWatts = boiler ? traits.between(28, 60) : traits.between(6, 16)
  const burnerWatts = traits.between(25, 55)

  return scheduledLoad(home, {
    electrical: { voltageExponent: 1, reactiveRatio: 0.5, distortionRatio: 0.15, nonResistiveWatts: 200 },
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const noise = random.seed()
      const builders: ProgrammeBuilder[] = []
      if (!boiler) {
        for (const [from, minutes] of [
          [day.wakeSeconds - 600, 90],
          [day.day.at(17 * 3600), 200],
        ] as const) {
          builders.push(new ProgrammeBuilder(from).add('circulate', minutes * 60 * random.between(0.8, 1.1), pumpWatts))
        }
        return builders.map((builder) => builder.build('hot water circulation'))
      }
      const cold = 15 - home.weather.dailyMeanCelsius(day.day.at(43_200))
      if (cold <= 0) return []
      const duty = Math.min(0.85, 0.08 + 0.045 * cold)
      const end = day.bedSeconds
      for (let t = day.wakeSeconds - 1800; t < end;) {
        const on = random.between(420, 1300)
        builders.push(
          new ProgrammeBuilder(t)
            .add('burn', on, (_, second) => pumpWatts + burnerWatts + 0.8 * hashNormal(noise, second), { surgeJoules: 25 })
            .add('pump overrun', 240, pumpWatts),
        )
        t += on + 240 + on * (1 / duty - 1) * random.between(0.8, 1.2)
      }
      return builders.map((builder) => builder.build('boiler'))
    },
  })
}
