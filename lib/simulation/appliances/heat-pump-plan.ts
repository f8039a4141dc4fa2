import type { HouseholdDay } from '@/lib/simulation/household'
import type { HomeContext, Phase, Run } from '@/lib/simulation/load'
import { ProgrammeBuilder } from '@/lib/simulation/programme'
import { hashNormal, hashUnit, Random, smoothNoise } from '@/lib/simulation/random'
import { capacityShare, coefficientOfPerformance, flowCelsius, type Plant } from '@/lib/simulation/appliances/heat-pump-plant'

const RAMP_SECONDS = 75
const CONTINUOUS_SECONDS = 3600
const FROST_BELOW_CELSIUS = 4.5
/** Kept free before the tank is charged, for the start and the pump overrun of the run before. */
const LAST_MINUTES_SECONDS = 240
const LONGEST_DEFROST_SECONDS = 900

/**
 * The runs of one day, from its morning charge of the hot-water tank to the next day's. That charge interrupts heating, so
 * every day starts from the same state and needs no memory of the one before.
 */
export class HeatPumpDay {
  private readonly random: Random
  private readonly runs: Run[] = []
  private sinceDefrostSeconds = 0

  constructor(
    private readonly home: HomeContext,
    private readonly plant: Plant,
    private readonly seed: number,
    day: HouseholdDay,
    private readonly startSeconds: number,
    private readonly endSeconds: number,
  ) {
    this.random = new Random(seed, day.day.dayNumber)
  }

  plan(day: HouseholdDay): Run[] {
    const { random } = this
    let now = this.chargeTank(this.startSeconds, 0.55 + 0.1 * this.home.profile.occupants)
    let secondCharge = random.chance(0.45 + 0.1 * this.home.profile.occupants)
      ? day.day.at(random.between(13, 16) * 3600)
      : Infinity
    while (now < this.endSeconds - 900) {
      if (now >= secondCharge - 300) {
        now = this.chargeTank(now, 0.4 + 0.08 * this.home.profile.occupants)
        secondCharge = Infinity
        continue
      }
      const untilSeconds = Math.min(this.endSeconds, secondCharge)
      now = this.heatHouse(now, untilSeconds - LAST_MINUTES_SECONDS)
    }
    return this.runs
  }

  /** Charges the tank; the condenser gets hotter and the power rises with it. Returns when heating may go on. */
  private chargeTank(startSeconds: number, share: number): number {
    const { plant, random } = this
    const outdoor = this.home.weather.outdoorCelsius(startSeconds)
    const heat = Math.min(plant.mostWatts * 0.85, plant.mostWatts * 0.7 * capacityShare(outdoor))
    const joules = plant.tankLitres * 4186 * 24 * Math.min(1.1, share) * random.between(0.8, 1.15)
    const duration = joules / heat
    const cold = heat / coefficientOfPerformance(outdoor, 40)
    const hot = heat / coefficientOfPerformance(outdoor, 54)
    const builder = new ProgrammeBuilder(startSeconds)
    this.compressor(builder, 'hot water', duration, (t) => cold + (hot - cold) * Math.min(1, t / duration))
    const run = builder.build('hot water')
    this.runs.push(run)
    this.sinceDefrostSeconds += duration
    return run.endSeconds + random.between(400, 900)
  }

  /** One cycle of space heating, or an hour of it when the inverter can follow the demand. Returns when to look again. */
  private heatHouse(startSeconds: number, latestEndSeconds: number): number {
    const { plant, random } = this
    const outdoor = this.home.weather.outdoorCelsius(startSeconds)
    // Walls smooth the day: half of what is lost follows the daily mean.
    const felt = 0.5 * outdoor + 0.5 * this.home.weather.dailyMeanCelsius(startSeconds)
    const demand = Math.max(0, plant.heatingLimitCelsius - felt) * plant.houseLossWattsPerKelvin
    const least = plant.leastWatts * capacityShare(outdoor)
    if (demand < 0.1 * least) return startSeconds + 3600 * random.between(0.6, 1.2)
    const load = Math.min(plant.mostWatts * capacityShare(outdoor), Math.max(least, demand))
    const electric = load / coefficientOfPerformance(outdoor, flowCelsius(outdoor))
    const share = Math.min(1, demand / least)
    const wanted = share >= 0.93 ? CONTINUOUS_SECONDS : random.between(780, 1500) * (1 + share)
    const duration = Math.min(wanted, latestEndSeconds - startSeconds)
    if (duration < 420) return Math.max(startSeconds + 200, latestEndSeconds + LAST_MINUTES_SECONDS)

    const builder = new ProgrammeBuilder(startSeconds)
    const goesOn = share >= 0.93 && this.runs.at(-1)?.endSeconds === startSeconds
    this.compressor(builder, 'heating', duration, () => electric, goesOn)
    this.sinceDefrostSeconds += duration
    const icing = 2700 + 900 * Math.max(0, Math.abs(outdoor - 0.5))
    const timeLeft = latestEndSeconds - builder.nowSeconds > LONGEST_DEFROST_SECONDS
    if (outdoor < FROST_BELOW_CELSIUS && this.sinceDefrostSeconds > icing && timeLeft) this.defrost(builder, electric)
    if (share < 0.93) builder.add('pump overrun', 180, plant.pumpElectricWatts)
    const run = builder.build('heating')
    this.runs.push(run)
    if (share >= 0.93) return run.endSeconds
    return run.endSeconds + Math.min(10_800, duration * (1 / share - 1) * random.between(0.85, 1.15))
  }

  /** Fan first, then the compressor ramps up, overshoots and settles on its level. */
  private compressor(
    builder: ProgrammeBuilder,
    name: string,
    seconds: number,
    level: (t: number) => number,
    goesOn = false,
  ): void {
    const { plant } = this
    const noise = this.random.seed()
    const aside = plant.pumpElectricWatts + plant.fanElectricWatts
    const overshoot = 0.18 + 0.25 * hashUnit(noise, 1)
    const watts: Phase['watts'] = (t, second) => {
      const ripple = 1 + 0.02 * smoothNoise(noise, second, 70) + 0.004 * hashNormal(noise ^ 1, second)
      const settled = level(t) * ripple
      if (goesOn) return aside + settled
      if (t < RAMP_SECONDS) return aside + settled * (1 + overshoot) * (t / RAMP_SECONDS)
      return aside + settled * (1 + overshoot * Math.exp(-(t - RAMP_SECONDS) / 240))
    }
    if (!goesOn) builder.add('start', 25, aside)
    builder.add(name, seconds, watts)
  }

  /** The cycle is reversed: the fan stands still, the compressor pushes heat into the icy coil, then works it off. */
  private defrost(builder: ProgrammeBuilder, electricWatts: number): void {
    const { plant, random } = this
    this.sinceDefrostSeconds = 0
    const noise = random.seed()
    const around = (share: number) => (_: number, second: number) =>
      plant.pumpElectricWatts + electricWatts * share * (1 + 0.015 * hashNormal(noise, second))
    builder.add('defrost', random.between(15, 30), plant.pumpElectricWatts)
    builder.add('defrost', random.between(150, 330), around(random.between(0.55, 0.8)))
    builder.add('defrost', random.between(20, 40), plant.pumpElectricWatts)
    builder.add('recover', random.between(240, 480), around(1.3))
  }
}
