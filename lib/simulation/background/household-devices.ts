import { ELECTRONIC, RESISTIVE, type HomeContext, type Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/** Vacuum cleaner, once or twice a week: moved between rooms, switched off in between. */
export function createVacuumCleaner(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'vacuum')
  const watts = new Random(seed).between(550, 880)
  return scheduledLoad(home, {
    electrical: { voltageExponent: 1, reactiveRatio: 0.2, distortionRatio: 0.25, nonResistiveWatts: 1000 },
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      if (!random.chance(day.free ? 0.4 : 0.08)) return []
      const at = day.day.at(random.between(day.free ? 10 : 17.5, day.free ? 16 : 19) * 3600)
      if (!home.household.isPresent(at)) return []
      const noise = random.seed()
      const suck = (t: number, second: number) => watts * (1 + 0.05 * smoothNoise(noise, t, 6) + 0.01 * hashNormal(noise, second))
      const builder = new ProgrammeBuilder(at)
      for (let room = random.integer(2, 5); room > 0; room -= 1) {
        builder.add('vacuum', random.between(90, 420), suck, { surgeJoules: 350 }).add('move', random.between(10, 90), 0)
      }
      return [builder.build('vacuum')]
    },
  })
}

/** Hair dryer on some mornings, in two stages. */
export function createHairDryer(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'hair-dryer')
  const watts = new Random(seed).between(1150, 1900)
  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      if (!random.chance(0.12 + 0.1 * home.profile.occupants) || day.presence.length === 0) return []
      const stage = random.chance(0.5) ? 1 : 0.55
      return [
        new ProgrammeBuilder(day.wakeSeconds + random.between(600, 2100))
          .add('dry', random.between(120, 330), (_, second) => watts * stage * (1 + 0.004 * hashNormal(seed, second)), {
            heating: true,
          })
          .add('cool', random.between(0, 60), watts * 0.06)
          .build('dry'),
      ]
    },
  })
}

/** Iron, now and then: its thermostat switches more often the wetter the laundry. */
export function createIron(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'iron')
  const watts = new Random(seed).between(1900, 2400)
  return scheduledLoad(home, {
    electrical: RESISTIVE,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const at = day.day.at(random.between(15, 20) * 3600)
      if (!random.chance(0.09) || !home.household.isPresent(at)) return []
      const builder = new ProgrammeBuilder(at).add('heat', random.between(60, 110), watts, { heating: true })
      for (let left = random.between(900, 2700); left > 0;) {
        const pause = random.between(25, 80)
        const heat = random.between(6, 20)
        builder.add('iron', pause, 0).add('heat', heat, watts, { heating: true })
        left -= pause + heat
      }
      return [builder.build('iron')]
    },
  })
}

/** Telephones charge overnight and taper off; other batteries in the evening. */
export function createChargers(home: HomeContext): ScheduledAppliance[] {
  return Array.from({ length: home.profile.occupants }, (_, owner) => {
    const seed = streamSeed(home.seed, `charger-${owner}`)
    const watts = new Random(seed).between(6, 19)
    return scheduledLoad(home, {
      electrical: ELECTRONIC,
      plan(day) {
        const random = new Random(seed, day.day.dayNumber)
        if (day.presence.length === 0 || !random.chance(0.85)) return []
        const full = random.between(1800, 6500)
        const charge = (t: number) => (t < full ? watts : watts * Math.exp(-(t - full) / 1100))
        return [
          new ProgrammeBuilder(day.bedSeconds - random.between(-600, 7200)).add('charge', full + 5400, charge).build('charge'),
        ]
      },
    })
  })
}

/** What nobody would name: a fan, a game console, a sewing machine, a pump, a printer. */
export function createUnknownLoads(home: HomeContext): ScheduledAppliance[] {
  return Array.from({ length: 4 }, (_, which) => {
    const seed = streamSeed(home.seed, `unknown-${which}`)
    const traits = new Random(seed)
    const watts = traits.between(15, which >= 2 ? 190 : 70)
    const perDay = traits.between(0.5, 2)
    return scheduledLoad(home, {
      electrical: { ...ELECTRONIC, reactiveRatio: traits.between(-0.4, 0.6), distortionRatio: traits.between(0.1, 0.5) },
      plan(day) {
        const random = new Random(seed, day.day.dayNumber)
        const runs: Run[] = []
        for (const stay of day.presence) {
          const hours = (stay.endSeconds - stay.startSeconds) / 3600
          for (let n = Math.floor((perDay * hours) / 9 + random.unit()); n > 0; n -= 1) {
            const start = random.between(stay.startSeconds, stay.endSeconds)
            const noise = random.seed()
            const vary = (t: number, second: number) =>
              watts * (1 + 0.12 * smoothNoise(noise, t, 120) + 0.02 * (hashUnit(noise, second) - 0.5))
            runs.push(
              new ProgrammeBuilder(start).add('on', random.between(240, 8400), vary, { surgeJoules: watts * 0.4 }).build('on'),
            )
          }
        }
        return runs
      },
    })
  })
}
