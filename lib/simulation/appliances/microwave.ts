import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/** Magnetron on a transformer: full power, or full power switched on and off for a part of it; lamp, fan and turntable beside. */
export function createMicrowave(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'Microwave')
  const traits = new Random(seed)
  const fullWatts = traits.between(1180, 1620)
  const fanWatts = traits.between(32, 62)
  const filamentWatts = traits.between(160, 260)
  const periodSeconds = traits.integer(20, 30)
  const warmDrop = traits.between(0.03, 0.12)
  const standbyWatts = traits.between(1.4, 3.2)
  const lampWatts = traits.chance(0.6) ? traits.between(15, 28) : 0

  const cook = (startSeconds: number, random: Random): Run => {
    const part = random.pick([1, 1, 1, 1, 0.7, 0.5, 0.5, 0.3])
    const durationSeconds = part === 1 ? random.pick([30, 45, 60, 60, 90, 90, 120, 150, 180, 240]) : random.integer(2, 8) * 60
    const noise = random.seed()
    const fullAt = (t: number, second: number) =>
      fullWatts * (1 - warmDrop * (1 - Math.exp(-t / 260)) + 0.003 * hashNormal(noise, second))
    const magnetron = (t: number, second: number) => {
      const inPeriod = t % periodSeconds
      if (part < 1 && inPeriod >= part * periodSeconds) return fanWatts
      // The filament warms before the tube draws its current.
      if (inPeriod < 1.6 && (part < 1 || t < periodSeconds)) return filamentWatts
      return fullAt(t, second)
    }
    const builder = new ProgrammeBuilder(startSeconds)
    builder.add('door', random.between(3, 9), lampWatts)
    builder.add(part === 1 ? 'full power' : 'part power', durationSeconds, magnetron, { heating: true })
    // Whoever stirs halfway opens the door and starts it again.
    if (random.chance(0.18)) {
      builder.add('stir', random.between(12, 40), lampWatts)
      builder.add('full power', random.integer(1, 4) * 20, (t, second) => (t < 1.6 ? filamentWatts : fullAt(t, second)), {
        heating: true,
      })
    }
    builder.add('door', random.between(4, 20), lampWatts)
    return builder.build(part === 1 ? 'full power' : `${part * 100} % power`)
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 1, reactiveRatio: 0.28, distortionRatio: 0.32, nonResistiveWatts: Number.POSITIVE_INFINITY },
    standbyWatts,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const starts: number[] = []
      for (const meal of day.meals) {
        const chance = meal.kind === 'breakfast' ? 0.4 : meal.hot ? 0.55 : 0.2
        if (!random.chance(chance)) continue
        const portions = meal.kind === 'breakfast' ? 1 : random.integer(1, Math.min(3, home.profile.occupants))
        for (let i = 0, at = meal.atSeconds - random.between(60, 900); i < portions; i += 1, at += random.between(280, 620))
          starts.push(at)
      }
      for (const stay of day.presence) {
        if (random.chance(0.25)) starts.push(random.between(stay.startSeconds, stay.endSeconds))
      }
      return starts.map((start) => cook(start, random))
    },
  })
}
