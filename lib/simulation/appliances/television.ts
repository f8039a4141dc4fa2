import type { HouseholdDay, Interval } from '@/lib/simulation/household'
import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hash32, hashNormal, hashUnit, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/** A flat screen whose backlight follows the picture: cuts every few seconds, darker and brighter programmes, white adverts. */
export function createTelevision(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'Television')
  const traits = new Random(seed)
  const fullWatts = traits.between(75, 165)
  /** Share of the power that follows the picture; older backlights hardly do. */
  const dimming = traits.pick([0.06, 0.2, 0.35, 0.5])
  const watchesMornings = traits.chance(0.25)
  const standbyWatts = traits.between(0.3, 1.1)

  const watch = ({ startSeconds, endSeconds }: Interval, random: Random): Run => {
    const noise = random.seed()
    const builder = new ProgrammeBuilder(startSeconds).add('boot', random.between(4, 9), fullWatts * 0.35, { surgeJoules: 40 })
    const sceneSeconds = random.between(3, 9)
    const picture = (t: number, second: number) => {
      const programme = Math.floor(t / 1700)
      const minute = t - programme * 1700
      const advert = minute > 1400 && hashUnit(noise ^ 7, programme) < 0.5
      const scene = Math.floor(t / (advert ? 2 : sceneSeconds))
      const mood = 0.5 + 0.3 * (2 * hashUnit(noise, programme) - 1) + 0.2 * smoothNoise(noise, t, 180)
      const cut = 0.35 * (2 * hashUnit(hash32(noise, programme), scene) - 1)
      const brightness = advert ? 0.85 + 0.4 * cut : mood + cut
      const warm = 1 - 0.03 * (1 - Math.exp(-t / 1500))
      return fullWatts * warm * (1 - dimming * (1 - Math.max(0, Math.min(1, brightness)))) + 0.7 * hashNormal(noise ^ 1, second)
    }
    return builder.add('picture', endSeconds - builder.nowSeconds, picture).build('watching')
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 0, reactiveRatio: -0.22, distortionRatio: 0.3, nonResistiveWatts: Number.POSITIVE_INFINITY },
    standbyWatts,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      return sessions(day, random, watchesMornings)
        .filter((session) => session.endSeconds - session.startSeconds > 900)
        .map((session) => watch(session, random))
    },
  })
}

function sessions(day: HouseholdDay, random: Random, watchesMornings: boolean): Interval[] {
  const wanted: Interval[] = []
  if (watchesMornings && random.chance(0.6)) {
    const start = day.wakeSeconds + random.between(300, 1500)
    wanted.push({ startSeconds: start, endSeconds: start + random.between(1500, 3600) })
  }
  if (day.free && random.chance(0.4)) {
    const start = day.day.at(random.between(13.5, 17) * 3600)
    wanted.push({ startSeconds: start, endSeconds: start + random.between(3600, 9000) })
  }
  if (random.chance(0.88)) {
    const start = day.day.at(random.around(19.6, 0.7) * 3600)
    wanted.push({ startSeconds: start, endSeconds: day.bedSeconds - random.between(0, 4500) })
  }
  // Only while somebody is there to watch.
  return wanted.flatMap((session) =>
    day.presence
      .map((stay) => ({
        startSeconds: Math.max(session.startSeconds, stay.startSeconds + 120),
        endSeconds: Math.min(session.endSeconds, stay.endSeconds),
      }))
      .filter((part) => part.endSeconds > part.startSeconds),
  )
}
