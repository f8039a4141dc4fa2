import type { Interval } from '@/lib/simulation/household'
import type { ApplianceModel, HomeContext, Phase, Run } from '@/lib/simulation/load'
import { paintPhase } from '@/lib/simulation/painting'
import { hash32, hashNormal, hashUnit } from '@/lib/simulation/random'
import { ColdChain, doorOpenings, type Cabinet, type DoorOpening } from '@/lib/simulation/appliances/cold-chain'

export interface ColdAppliance {
  cabinet: Cabinet
  /** Compressor watts once pressures have settled, in a 20 °C kitchen. */
  runningWatts: number
  /** Share by which the start lies above, and how fast that goes. */
  startExcess: number
  settleSeconds: number
  /** Share lost towards the end of a cycle, as the evaporator gets colder. */
  decline: number
  /** Peak of the inrush; it lasts a fraction of a second, so a reading shows a part of it. */
  surgeWatts: number
  standbyWatts: number
  lampWatts: number
  defrostWatts: number
  doorsPerMeal: number
  doorsPerHour: number
}

/** A refrigerator or freezer: cycles of its thermostat, lamp while the door is open, defrost heater where there is one. */
export function coldAppliance(home: HomeContext, seed: number, traits: ColdAppliance): ApplianceModel {
  const doorDays = new Map<number, DoorOpening[]>()
  const doorsOfDay = (dayNumber: number) => {
    const known = doorDays.get(dayNumber)
    if (known) return known
    const made = doorOpenings(home, seed, dayNumber, traits.doorsPerMeal, traits.doorsPerHour)
    if (doorDays.size > 32) doorDays.clear()
    doorDays.set(dayNumber, made)
    return made
  }
  const chain = new ColdChain(home, seed, traits.cabinet, doorsOfDay)

  const runs = (fromSeconds: number, toSeconds: number): Run[] =>
    chain.cycles(fromSeconds, toSeconds).map(({ startSeconds, endSeconds, kitchenCelsius, defrost }) => {
      const duration = endSeconds - startSeconds
      const noise = hash32(seed, Math.floor(startSeconds))
      // A warmer kitchen means a higher condensing pressure.
      const settled = traits.runningWatts * (1 + 0.007 * (kitchenCelsius - 20)) * (0.985 + 0.03 * hashUnit(noise, 1))
      const compressor: Phase = {
        name: 'compressor',
        heating: false,
        startSeconds,
        endSeconds,
        surgeJoules: traits.surgeWatts * (0.06 + 0.7 * hashUnit(noise, 2) ** 1.5),
        watts: (t, second) =>
          settled * (1 + traits.startExcess * Math.exp(-t / traits.settleSeconds) - traits.decline * (t / duration)) +
          0.5 * hashNormal(noise, second),
      }
      if (!defrost) return { programme: 'cooling', startSeconds, endSeconds, phases: [compressor] }
      const heater: Phase = { ...defrost, name: 'defrost', heating: true, surgeJoules: 0, watts: () => traits.defrostWatts }
      return { programme: 'cooling and defrost', startSeconds, endSeconds: defrost.endSeconds, phases: [compressor, heater] }
    })

  const lamp = (door: Interval): Phase => ({
    ...door,
    name: 'lamp',
    heating: false,
    surgeJoules: 0,
    watts: () => traits.lampWatts,
  })

  return {
    electrical: { voltageExponent: 1, reactiveRatio: 0.95, distortionRatio: 0.08, nonResistiveWatts: traits.runningWatts * 1.5 },
    runs,
    render(fromSeconds, watts) {
      const toSeconds = fromSeconds + watts.length
      for (let i = 0; i < watts.length; i += 1) watts[i] = watts[i]! + traits.standbyWatts
      for (const run of runs(fromSeconds - 1, toSeconds)) {
        for (const phase of run.phases) paintPhase(phase, fromSeconds, watts)
      }
      for (const { day } of home.household.daysAround(fromSeconds, toSeconds)) {
        for (const door of doorsOfDay(day.dayNumber)) {
          if (door.startSeconds < toSeconds && door.endSeconds > fromSeconds) paintPhase(lamp(door), fromSeconds, watts)
        }
      }
      return true
    },
  }
}
