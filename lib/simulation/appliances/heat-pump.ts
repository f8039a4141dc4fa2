import type { HomeContext } from '@/lib/simulation/load'
import { hashUnit, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'
import { HeatPumpDay } from '@/lib/simulation/appliances/heat-pump-plan'
import { drawPlant } from '@/lib/simulation/appliances/heat-pump-plant'

/** Heats the house by the weather and the hot-water tank by the clock: cycles when it is mild, modulates when it is cold. */
export function createHeatPump(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'HeatPump')
  const plant = drawPlant(new Random(seed))
  const morningCharge = (dayNumber: number) =>
    home.calendar.day(dayNumber).at((4.2 + 1.1 * hashUnit(seed ^ 0x3d, dayNumber)) * 3600)

  return scheduledLoad(home, {
    electrical: { voltageExponent: 0, reactiveRatio: 0.18, distortionRatio: 0.16, nonResistiveWatts: 2500 },
    standbyWatts: plant.standbyElectricWatts,
    plan: (day) => {
      const { dayNumber } = day.day
      return new HeatPumpDay(home, plant, seed, day, morningCharge(dayNumber), morningCharge(dayNumber + 1)).plan(day)
    },
  })
}
