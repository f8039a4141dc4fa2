import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, smoothNoise, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'

/** Follows the washing machine: a heater that a thermostat switches, or a heat pump, until the water is gone; then cools down. */
export function createDryer(home: HomeContext, washing: ScheduledAppliance): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'Dryer')
  const traits = new Random(seed)
  const withHeatPump = traits.chance(0.4)
  const heaterWatts = traits.between(1900, 2450)
  const drumWatts = traits.between(150, 230)
  const compressorWatts = traits.between(430, 640)
  const onSeconds = traits.between(150, 230)
  const offSeconds = traits.between(28, 60)
  const loosensAfterwards = traits.chance(0.6)

  const drum = (noise: number) => (t: number, second: number) => {
    // Every few minutes the drum stops and turns the other way.
    const inTurn = t % 190
    return inTurn < 4 ? 12 : (inTurn < 6 ? 1.4 : 1) * drumWatts * (1 + 0.02 * hashNormal(noise, second))
  }

  const tail = (builder: ProgrammeBuilder, noise: number, random: Random) => {
    builder.add('cool down', random.between(420, 660), drum(noise))
    if (loosensAfterwards) {
      const blip = (t: number, second: number) =>
        t % 62 < 5 ? drumWatts * (1.1 + 0.5 * hashUnit(noise, Math.floor(second / 62))) : 5
      builder.add('loosen', random.between(600, 1800), blip)
    }
  }

  const heaterRun = (startSeconds: number, waterKilograms: number, random: Random): Run => {
    const noise = random.seed()
    const turning = drum(noise)
    const heat = (t: number, second: number) =>
      turning(t, second) +
      heaterWatts *
        (1 + 0.035 * Math.exp(-t / 14) + 0.004 * smoothNoise(noise, second, 40) + 0.001 * hashNormal(noise ^ 1, second))
    const builder = new ProgrammeBuilder(startSeconds).add('start', random.between(20, 60), turning, { surgeJoules: 180 })
    // Water to evaporate, with what the drum and the room take.
    let heatSeconds = (waterKilograms * 3.55e6) / heaterWatts
    for (let first = true; heatSeconds > 30; first = false) {
      const on = Math.min(heatSeconds, onSeconds * (first ? 1.5 : random.between(0.9, 1.1)))
      builder.add('heat', on, heat, { heating: true })
      builder.add('thermostat off', offSeconds * random.between(0.85, 1.2), turning)
      heatSeconds -= on
    }
    tail(builder, noise, random)
    return builder.build('heater, cupboard dry')
  }

  const heatPumpRun = (startSeconds: number, waterKilograms: number, random: Random): Run => {
    const noise = random.seed()
    const turning = drum(noise)
    // Pressure and with it the power rise until drum and circuit are warm.
    const compressor = (t: number, second: number) => {
      const warm = 0.62 + 0.38 * (1 - Math.exp(-t / 1300))
      return (
        turning(t, second) +
        compressorWatts * warm * (1 + 0.006 * smoothNoise(noise, second, 25) + 0.004 * hashNormal(noise ^ 1, second))
      )
    }
    const builder = new ProgrammeBuilder(startSeconds).add('start', random.between(40, 80), turning, { surgeJoules: 180 })
    builder.add('heat', (waterKilograms * 1.55e6) / compressorWatts, compressor, { surgeJoules: 450, heating: true })
    tail(builder, noise, random)
    return builder.build('heat pump, cupboard dry')
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 2, reactiveRatio: 0.6, distortionRatio: 0.12, nonResistiveWatts: withHeatPump ? 900 : 230 },
    standbyWatts: traits.between(0.3, 1),
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const runs: Run[] = []
      const chance = home.weather.isWashingLineDay(day.day.dayNumber, day.day.at(43_200)) ? 0.12 : 0.7
      const latestStart = day.day.at(22 * 3600)
      let free = 0
      for (const wash of washing.runsOfDay(day.day.dayNumber)) {
        if (!random.chance(chance)) continue
        const start = Math.max(free, wash.endSeconds + random.between(240, 1500))
        if (start > latestStart || !home.household.isPresent(start)) continue
        const waterKilograms = wash.programme === 'quick 30' ? random.between(0.7, 1.3) : random.between(1.3, 2.6)
        const run = withHeatPump ? heatPumpRun(start, waterKilograms, random) : heaterRun(start, waterKilograms, random)
        runs.push(run)
        free = run.endSeconds + random.between(300, 900)
      }
      return runs
    },
  })
}
