import type { SimulatedBlock } from '@/lib/simulation/block'
import { Connection, gridFrequencyHertz } from '@/lib/simulation/grid'
import { createAppliances, createBackground } from '@/lib/simulation/home-loads'
import type { ApplianceModel, ElectricalCharacter, HomeContext, Load } from '@/lib/simulation/load'
import { quantise } from '@/lib/simulation/meter'
import { hashNormal, streamSeed } from '@/lib/simulation/random'

const NOMINAL_VOLTS = 230
/** Harmonics of different devices partly cancel. */
const HARMONIC_DIVERSITY = 0.8

/**
 * Computes blocks of a home: loads at nominal voltage, then the voltage they cause, then what they draw at it and what a meter
 * reads.
 */
export class BlockRenderer {
  readonly appliances: ApplianceModel[]
  private readonly background: Load[]
  private readonly connection: Connection
  private readonly meterSeed: number
  private readonly backgroundColumns: Float32Array[]
  /** Sums over all loads, per second. */
  private readonly byVoltage: [Float32Array, Float32Array, Float32Array]
  private readonly reactive: Float32Array
  private readonly harmonic: Float32Array
  private readonly voltageShare: Float32Array

  constructor(
    private readonly home: HomeContext,
    private readonly seconds: number,
  ) {
    const column = () => new Float32Array(seconds)
    this.appliances = createAppliances(home)
    this.background = createBackground(home)
    this.connection = new Connection(home.seed)
    this.meterSeed = streamSeed(home.seed, 'meter')
    this.backgroundColumns = this.background.map(column)
    this.byVoltage = [column(), column(), column()]
    this.reactive = column()
    this.harmonic = column()
    this.voltageShare = column()
  }

  /** Fills a block of this renderer's length. A reading covers the second before its timestamp. */
  render(startTimestampSeconds: number, block: SimulatedBlock): void {
    const fromSeconds = startTimestampSeconds - 1
    block.startTimestampSeconds = startTimestampSeconds
    block.seconds = this.seconds
    for (const column of [...this.byVoltage, this.reactive, this.harmonic, block.backgroundWatts]) column.fill(0)

    const drawing = this.appliances.map((appliance, index) => {
      const watts = block.applianceWatts[index]!
      watts.fill(0)
      const draws = appliance.render(fromSeconds, watts)
      if (draws) this.add(watts, appliance.electrical)
      return draws
    })
    const drawingBehind = this.background.map((load, index) => {
      const watts = this.backgroundColumns[index]!
      watts.fill(0)
      const draws = load.render(fromSeconds, watts)
      if (draws) this.add(watts, load.electrical)
      return draws
    })

    this.readMeter(fromSeconds, block)
    this.appliances.forEach((appliance, index) => {
      if (drawing[index]) this.atVoltage(block.applianceWatts[index]!, appliance.electrical.voltageExponent)
    })
    for (const [index, load] of this.background.entries()) {
      if (!drawingBehind[index]) continue
      const watts = this.backgroundColumns[index]!
      this.atVoltage(watts, load.electrical.voltageExponent)
      for (let i = 0; i < this.seconds; i += 1) block.backgroundWatts[i] = block.backgroundWatts[i]! + watts[i]!
    }
  }

  private add(watts: Float32Array, electrical: ElectricalCharacter): void {
    const sum = this.byVoltage[electrical.voltageExponent]
    const { reactiveRatio, distortionRatio, nonResistiveWatts } = electrical
    const { reactive, harmonic } = this
    for (let i = 0; i < watts.length; i += 1) {
      const power = watts[i]!
      const limited = power < nonResistiveWatts ? power : nonResistiveWatts
      sum[i] = sum[i]! + power
      reactive[i] = reactive[i]! + reactiveRatio * limited
      harmonic[i] = harmonic[i]! + distortionRatio * limited
    }
  }

  private atVoltage(watts: Float32Array, exponent: 0 | 1 | 2): void {
    if (exponent === 0) return
    const share = this.voltageShare
    for (let i = 0; i < watts.length; i += 1) watts[i] = watts[i]! * (exponent === 1 ? share[i]! : share[i]! * share[i]!)
  }

  private readMeter(fromSeconds: number, block: SimulatedBlock): void {
    const [regulated, motors, resistive] = this.byVoltage
    const { connection, meterSeed } = this
    for (let i = 0; i < this.seconds; i += 1) {
      const second = fromSeconds + i
      const openVolts = connection.openVolts(second, this.localHour(second))
      const nominal = regulated[i]! + motors[i]! + resistive[i]!
      // One step towards the fixed point of voltage and load is exact to some millivolts.
      const volts = openVolts - (connection.sourceOhms * nominal) / openVolts
      const share = volts / NOMINAL_VOLTS
      this.voltageShare[i] = share
      const real = regulated[i]! + motors[i]! * share + resistive[i]! * share * share
      const reactive = this.reactive[i]!
      const harmonic = HARMONIC_DIVERSITY * this.harmonic[i]!
      const fundamental = Math.sqrt(real * real + reactive * reactive)
      const apparent = Math.sqrt(fundamental * fundamental + harmonic * harmonic)
      const measured = real * (1 + 0.0004 * hashNormal(meterSeed, second)) + 0.35 * hashNormal(meterSeed ^ 1, second)
      const factor = real / apparent
      block.powerWatts[i] = quantise(measured, 1)
      block.voltageVolts[i] = quantise(volts, 10)
      block.currentAmps[i] = quantise(measured / (volts * factor), 100)
      block.powerFactor[i] = quantise(factor, 1000)
      block.reactivePowerVar[i] = quantise(reactive, 1)
      block.frequencyHertz[i] = quantise(gridFrequencyHertz(second), 100)
      block.thdPercent[i] = quantise((100 * harmonic) / fundamental, 10)
    }
  }

  private hourBase = { fromSeconds: 1, toSeconds: 0, offsetSeconds: 0 }

  private localHour(second: number): number {
    if (second < this.hourBase.fromSeconds || second >= this.hourBase.toSeconds) {
      const day = this.home.calendar.dayAt(second)
      this.hourBase = { fromSeconds: day.startSeconds, toSeconds: day.endSeconds, offsetSeconds: day.utcOffsetSeconds }
    }
    return ((((second + this.hourBase.offsetSeconds) % 86_400) + 86_400) % 86_400) / 3600
  }
}
