import type { HouseholdDay, Interval } from '@/lib/simulation/household'
import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

interface Machine {
  idleWatts: number
  loadWatts: number
  monitorWatts: number
  sleepWatts: number
  /** What a laptop's charger draws on top until the battery is full. */
  chargeWatts: number
}

/** A desktop with a monitor, or a laptop at its charger: idles, works in bursts, sleeps. */
export function createComputer(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'Computer')
  const traits = new Random(seed)
  const machine: Machine = traits.chance(0.65)
    ? {
        idleWatts: traits.between(45, 85),
        loadWatts: traits.between(40, 130),
        monitorWatts: traits.between(18, 32),
        sleepWatts: traits.between(1, 3),
        chargeWatts: 0,
      }
    : {
        idleWatts: traits.between(13, 22),
        loadWatts: traits.between(12, 30),
        monitorWatts: traits.between(14, 26),
        sleepWatts: traits.between(0.4, 1.2),
        chargeWatts: traits.between(18, 38),
      }
  const evenings = traits.between(0.35, 0.75)

  const work = ({ startSeconds, endSeconds }: Interval, random: Random): Run => {
    const noise = random.seed()
    const depth = random.between(0.2, 0.9)
    const fullAfterSeconds = random.between(1800, 6000)
    const busy = (t: number) => {
      // Some minutes of real work, most of the time reading and typing.
      const intensity = smoothNoise(noise, t, 420) + 0.5 * smoothNoise(noise ^ 1, t, 90)
      return intensity > 0.7 ? 0.25 + 0.5 * intensity : intensity > 0.1 ? 0.12 : 0.03
    }
    const watts = (t: number, second: number) => {
      const instant = Math.floor(second / 2)
      const spike = hashUnit(noise ^ 2, instant) < 0.08 ? 0.75 * hashUnit(noise ^ 3, instant) ** 3 : 0
      const effort = Math.min(1, busy(t) + spike) * (1 - 0.12 * hashUnit(noise ^ 5, second))
      const charging = machine.chargeWatts * (t < fullAfterSeconds ? depth : depth * Math.exp(-(t - fullAfterSeconds) / 900))
      return (
        machine.idleWatts +
        machine.monitorWatts +
        charging +
        machine.loadWatts * effort +
        0.015 * machine.idleWatts * hashNormal(noise ^ 4, second)
      )
    }
    const builder = new ProgrammeBuilder(startSeconds)
    builder.add('start', random.between(15, 45), machine.idleWatts + machine.monitorWatts + 0.6 * machine.loadWatts, {
      surgeJoules: 30,
    })
    builder.add('work', endSeconds - builder.nowSeconds, watts)
    // The monitor goes dark first, then the machine sleeps.
    builder.add('idle', random.between(600, 1200), (_, second) => machine.idleWatts + 0.4 * hashNormal(noise, second))
    return builder.build('session')
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 0, reactiveRatio: -0.2, distortionRatio: 0.28, nonResistiveWatts: Number.POSITIVE_INFINITY },
    standbyWatts: machine.sleepWatts,
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      return sessions(day, random, evenings)
        .filter((session) => session.endSeconds - session.startSeconds > 600)
        .map((session) => work(session, random))
    },
  })
}

function sessions(day: HouseholdDay, random: Random, evenings: number): Interval[] {
  const at = (hours: number) => day.day.at(hours * 3600)
  const wanted: Interval[] = []
  if (day.homeOffice) {
    const lunch = random.around(12.5, 0.25)
    wanted.push({ startSeconds: at(random.around(8.7, 0.3)), endSeconds: at(lunch) })
    wanted.push({ startSeconds: at(lunch + random.between(0.6, 1)), endSeconds: at(random.around(17.2, 0.4)) })
  } else if (day.free && random.chance(0.65)) {
    const start = random.between(9.5, 16)
    wanted.push({ startSeconds: at(start), endSeconds: at(start + random.between(0.7, 3)) })
  }
  if (random.chance(evenings)) {
    const start = random.around(19.8, 0.7)
    wanted.push({ startSeconds: at(start), endSeconds: Math.min(day.bedSeconds - 1200, at(start + random.between(0.7, 2.8))) })
  }
  return wanted.filter((session) =>
    day.presence.some((stay) => session.startSeconds >= stay.startSeconds && session.startSeconds < stay.endSeconds),
  )
}
