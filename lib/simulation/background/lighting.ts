import type { Interval } from '@/lib/simulation/household'
import { ELECTRONIC, type HomeContext, type Load } from '@/lib/simulation/load'
import { hashUnit, Random, streamSeed } from '@/lib/simulation/random'

interface Lamp {
  seed: number
  watts: number
  /** Somebody needs it about so long at a time. */
  slotSeconds: number
  /** Chance that it is wanted in a slot when it is dark and somebody is there. */
  demand: number
  /** From which darkness on, 0..1. */
  darkness: number
}

const ROOMS: readonly {
  watts: readonly [number, number]
  slotMinutes: readonly [number, number]
  demand: number
  darkness: number
}[] = [
  { watts: [25, 70], slotMinutes: [18, 40], demand: 0.65, darkness: 0.3 }, // kitchen
  { watts: [20, 75], slotMinutes: [45, 110], demand: 0.85, darkness: 0.55 }, // living room
  { watts: [6, 40], slotMinutes: [60, 120], demand: 0.55, darkness: 0.6 }, // reading lamp
  { watts: [8, 40], slotMinutes: [4, 9], demand: 0.22, darkness: 0.2 }, // hall
  { watts: [12, 60], slotMinutes: [5, 14], demand: 0.2, darkness: 0 }, // bathroom without a window
  { watts: [6, 18], slotMinutes: [12, 35], demand: 0.3, darkness: 0.5 }, // bedroom
  { watts: [6, 18], slotMinutes: [20, 60], demand: 0.35, darkness: 0.5 }, // another room
]

/** Lamps follow the people and the dark; each room has its own rhythm. */
export function createLighting(home: HomeContext): Load {
  const seed = streamSeed(home.seed, 'lighting')
  const traits = new Random(seed)
  const lamps: Lamp[] = ROOMS.map((room) => ({
    seed: traits.seed(),
    watts: traits.between(...room.watts),
    slotSeconds: Math.round(60 * traits.between(...room.slotMinutes)),
    demand: room.demand,
    darkness: room.darkness,
  }))

  const isWanted = (lamp: Lamp, slotStartSeconds: number, slot: number) =>
    home.weather.darkness(slotStartSeconds) >= lamp.darkness && hashUnit(lamp.seed, slot) < lamp.demand

  return {
    electrical: ELECTRONIC,
    render(fromSeconds, watts) {
      const toSeconds = fromSeconds + watts.length
      const stays = home.household.daysAround(fromSeconds, toSeconds).flatMap((day) => day.presence)
      let touched = false
      for (const lamp of lamps) {
        for (let slot = Math.floor(fromSeconds / lamp.slotSeconds); slot * lamp.slotSeconds < toSeconds; slot += 1) {
          const start = slot * lamp.slotSeconds + Math.floor(0.3 * lamp.slotSeconds * hashUnit(lamp.seed ^ 9, slot))
          if (!isWanted(lamp, start, slot)) continue
          for (const on of whilePresent({ startSeconds: start, endSeconds: (slot + 1) * lamp.slotSeconds }, stays)) {
            const last = Math.min(toSeconds, Math.round(on.endSeconds))
            for (let t = Math.max(fromSeconds, Math.round(on.startSeconds)); t < last; t += 1) {
              watts[t - fromSeconds] = watts[t - fromSeconds]! + lamp.watts
              touched = true
            }
          }
        }
      }
      return touched
    },
  }
}

function whilePresent(wanted: Interval, stays: readonly Interval[]): Interval[] {
  return stays
    .map((stay) => ({
      startSeconds: Math.max(wanted.startSeconds, stay.startSeconds),
      endSeconds: Math.min(wanted.endSeconds, stay.endSeconds),
    }))
    .filter((part) => part.endSeconds > part.startSeconds)
}
