import { washesOfDay } from '@/lib/simulation/laundry'
import type { HomeContext, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, Random, streamSeed } from '@/lib/simulation/random'
import { scheduledLoad, type ScheduledAppliance } from '@/lib/simulation/scheduled-load'
import { spinning, tumbling } from '@/lib/simulation/appliances/drum-motor'

interface WashProgramme {
  name: string
  celsius: number
  /** Tumbling before, during and after heating together lasts at least this long. */
  washSeconds: number
  rinses: number
  spinSeconds: number
  litres: number
}

const PROGRAMMES: readonly WashProgramme[] = [
  { name: 'cotton 60', celsius: 60, washSeconds: 3000, rinses: 3, spinSeconds: 420, litres: 13 },
  { name: 'cotton 40', celsius: 40, washSeconds: 2700, rinses: 3, spinSeconds: 420, litres: 13 },
  { name: 'eco 40-60', celsius: 42, washSeconds: 6600, rinses: 2, spinSeconds: 540, litres: 10 },
  { name: 'easy care 40', celsius: 40, washSeconds: 1800, rinses: 3, spinSeconds: 200, litres: 15 },
  { name: 'quick 30', celsius: 30, washSeconds: 720, rinses: 2, spinSeconds: 240, litres: 11 },
]

/** Fill, heat while tumbling, wash, rinse and spin in between, final spin. Water, load and temperature decide the heating. */
export function createWashingMachine(home: HomeContext): ScheduledAppliance {
  const seed = streamSeed(home.seed, 'WashingMachine')
  const traits = new Random(seed)
  const heaterWatts = traits.between(1780, 2180)
  const motorWatts = traits.between(95, 215)
  const spinWatts = traits.between(320, 620)
  const turnSeconds = traits.between(9, 15)
  const restSeconds = traits.between(4, 9)
  const electronicsWatts = traits.between(4, 9)
  const pumpWatts = traits.between(22, 36)
  const heatsInBursts = traits.chance(0.4)
  const habits = [2, 3, 1.5, 1.5, 1].map((weight) => weight * traits.between(0.3, 1))

  const chooseProgramme = (random: Random): WashProgramme => {
    let left = random.unit() * habits.reduce((sum, weight) => sum + weight, 0)
    return PROGRAMMES[habits.findIndex((weight) => (left -= weight) < 0)] ?? PROGRAMMES[1]!
  }

  const wash = (startSeconds: number, random: Random): Run => {
    const programme = chooseProgramme(random)
    const laundryKilograms = programme.name === 'quick 30' ? random.between(1, 2.5) : random.between(2.5, 6)
    const water = programme.litres * (0.7 + 0.06 * laundryKilograms)
    const joulesPerKelvin = water * 4186 + laundryKilograms * 1400 + 6500
    const rise = Math.max(6, programme.celsius - home.weather.mainsWaterCelsius(startSeconds))
    let heatSeconds = (joulesPerKelvin * rise) / heaterWatts
    const noise = random.seed()
    const drum = (strength: number, rest = restSeconds) =>
      tumbling({ seed: random.seed(), watts: motorWatts * strength, turnSeconds, restSeconds: rest, restWatts: electronicsWatts })
    const builder = new ProgrammeBuilder(startSeconds)
    const drain = () => builder.add('drain', random.between(45, 80), electronicsWatts + pumpWatts, { surgeJoules: 15 })

    builder.add('lock and weigh', random.between(20, 70), drum(0.6, 12))
    builder.add('fill', random.between(90, 180), drum(0.75))
    let heatedSeconds = 0
    while (heatSeconds > 1) {
      const burst = heatsInBursts && heatSeconds > 240 ? Math.min(heatSeconds, random.between(200, 480)) : heatSeconds
      const turning = drum(0.95)
      const heat = (t: number, second: number) =>
        heaterWatts * (1 + 0.01 * Math.exp(-t / 20) + 0.001 * hashNormal(noise, second)) + turning(t, second)
      builder.add('heat', burst, heat, { heating: true })
      heatSeconds -= burst
      heatedSeconds += burst
      if (heatSeconds > 1) builder.add('soak', random.between(60, 200), drum(1))
    }
    builder.add('wash', Math.max(420, programme.washSeconds - heatedSeconds), drum(1))
    for (let rinse = 0; rinse < programme.rinses; rinse += 1) {
      drain()
      builder.add('distribute', random.between(40, 80), drum(0.7, 3))
      builder.add('spin', random.between(70, 120), spinning(random.seed(), spinWatts * random.between(0.45, 0.7), 90))
      builder.add('fill', random.between(60, 110), electronicsWatts + 6)
      builder.add('rinse', random.between(180, 320), drum(0.85))
    }
    drain()
    builder.add('distribute', random.between(60, 110), drum(0.7, 3))
    builder.add('final spin', programme.spinSeconds, spinning(random.seed(), spinWatts, programme.spinSeconds))
    builder.add('loosen', random.between(60, 200), drum(0.5, 10))
    return builder.build(programme.name)
  }

  return scheduledLoad(home, {
    electrical: { voltageExponent: 2, reactiveRatio: 0.75, distortionRatio: 0.25, nonResistiveWatts: 350 },
    standbyWatts: traits.between(0.4, 1.4),
    plan(day) {
      const random = new Random(seed, day.day.dayNumber)
      const runs: Run[] = []
      const latestStart = day.day.at(20.5 * 3600)
      const evening = day.day.at(random.around(18, 0.6) * 3600)
      let at = day.free || day.homeOffice ? day.wakeSeconds + random.between(1800, 9000) : evening
      for (let load = washesOfDay(home, day); load > 0; load -= 1) {
        // Somebody has to fill it: the next moment at home.
        const stay = day.presence.find((interval) => interval.endSeconds > at + 300)
        if (!stay) break
        at = Math.max(at, stay.startSeconds + random.between(300, 1200))
        if (at > latestStart) break
        const run = wash(at, random)
        runs.push(run)
        at = run.endSeconds + random.between(600, 2700)
      }
      return runs
    },
  })
}
