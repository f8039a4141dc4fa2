import type { ApplianceEstimate } from './session-types'
import type { ApplianceModel } from './model-manifest'
import { projectPowers } from './power-projection'
import { StateGate, type GateState } from './state-gate'
import type { MeterKind } from './output-blend'
import { HORIZONS, OUTPUT_KINDS, outputChannel, type HorizonName } from './stream-network'

/** Estimates of one second that add up with `otherWatts` to the total. */
export interface EstimatedSecond {
  appliances: ApplianceEstimate[]
  otherWatts: number
}

/** Column `column` of a calibrated output [44, count]. */
export interface OutputColumn {
  output: Float32Array
  count: number
  column: number
  meter: MeterKind
}

/**
 * Turns one horizon's calibrated outputs into estimates, second by second: p = sigmoid(logit), gate, share of the on-power,
 * projection onto what the meter allows; what is left without power is off.
 */
export class EstimateHorizon {
  private readonly gates: (StateGate | null)[]

  /** @param appliances in contract order; null = no model for it, estimated as 0 W with probability and confidence 0 */
  constructor(
    private readonly horizon: HorizonName,
    private readonly appliances: readonly (ApplianceModel | null)[],
  ) {
    this.gates = appliances.map((appliance) => appliance && new StateGate(appliance))
  }

  /**
   * @param completeness share of the sliding window that was measured, 0..1
   * @param seconds how many the answer stands for
   */
  estimate(from: OutputColumn | null, totalWatts: number, completeness: number, seconds = 1): EstimatedSecond {
    const margins: number[] = []
    const appliances = this.appliances.map((model, appliance): ApplianceEstimate => {
      const gate = this.gates[appliance]
      if (!from || !model || !gate) {
        margins.push(0)
        return { powerWatts: 0, probability: 0, isOn: false, confidence: 0 }
      }
      const { threshold, sharpness } = model.blend[from.meter][this.horizon]
      const logit = this.read(from, OUTPUT_KINDS.logit, appliance)
      const probability = sigmoid(logit)
      const isOn = gate.next(probability, threshold, seconds)
      const margin = Math.abs(probability - threshold) / (probability < threshold ? threshold : 1 - threshold)
      margins.push(margin)
      // An appliance draws its power or none: p itself would take 40 % off where it is 0.6.
      const share = sigmoid(sharpness * (logit - Math.log(threshold / (1 - threshold))))
      const powerWatts = isOn ? share * this.onPowerWatts(from, appliance) : 0
      return { powerWatts, probability, isOn, confidence: margin * completeness }
    })
    const powers = projectPowers(appliances.map((estimate) => estimate.powerWatts), margins, totalWatts)
    let sumWatts = 0
    for (const [i, estimate] of appliances.entries()) {
      estimate.powerWatts = powers[i]!
      // What runs draws something. Only where more is made than drawn does the meter say nothing about that.
      estimate.isOn &&= powers[i]! > 0 || totalWatts < 0
      sumWatts += powers[i]!
    }
    return { appliances, otherWatts: totalWatts - sumWatts }
  }

  reset(): void {
    for (const gate of this.gates) gate?.reset()
  }

  save(): (GateState | null)[] {
    return this.gates.map((gate) => gate?.save() ?? null)
  }

  restore(states: readonly (GateState | null)[]): void {
    for (const [i, gate] of this.gates.entries()) {
      const state = states[i]
      if (gate && state) gate.restore(state)
    }
  }

  private onPowerWatts(from: OutputColumn, appliance: number): number {
    return Math.max(0, this.read(from, OUTPUT_KINDS.onPowerWatts, appliance))
  }

  private read({ output, count, column }: OutputColumn, kind: number, appliance: number): number {
    const value = output[outputChannel(HORIZONS[this.horizon], kind, appliance) * count + column]!
    if (!Number.isFinite(value)) throw new Error('The model answered with a number that is not finite.')
    return value
  }
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}
