import type { ApplianceEstimate } from './session-types'
import type { ApplianceModel } from './model-manifest'
import { projectPowers } from './power-projection'
import { StateGate, type GateState } from './state-gate'
import { OUTPUT_KINDS, outputChannel } from './stream-network'

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
}

/**
 * Turns one horizon's raw outputs into estimates, second by second: p = sigmoid(logit), gate, p * on-power,
 * projection onto what the meter allows.
 */
export class EstimateHorizon {
  private readonly gates: (StateGate | null)[]

  /** @param appliances in contract order; null = no model for it, estimated as 0 W with probability and confidence 0 */
  constructor(
    private readonly horizon: number,
    private readonly appliances: readonly (ApplianceModel | null)[],
  ) {
    this.gates = appliances.map((appliance) => appliance && new StateGate(appliance))
  }

  /** @param completeness share of the sliding window that was measured, 0..1 */
  estimate(from: OutputColumn | null, totalWatts: number, completeness: number): EstimatedSecond {
    const margins: number[] = []
    const appliances = this.appliances.map((model, appliance): ApplianceEstimate => {
      const gate = this.gates[appliance]
      if (!from || !model || !gate) {
        margins.push(0)
        return { powerWatts: 0, probability: 0, isOn: false, confidence: 0 }
      }
      const probability = this.probability(from, appliance)
      const isOn = gate.next(probability)
      const margin = Math.abs(probability - model.threshold) / Math.max(model.threshold, 1 - model.threshold)
      margins.push(margin)
      const powerWatts = isOn ? probability * this.onPowerWatts(from, appliance) : 0
      return { powerWatts, probability, isOn, confidence: margin * completeness }
    })
    const powers = projectPowers(appliances.map((estimate) => estimate.powerWatts), margins, totalWatts)
    let sumWatts = 0
    for (const [i, estimate] of appliances.entries()) {
      estimate.powerWatts = powers[i]!
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

  private probability(from: OutputColumn, appliance: number): number {
    return 1 / (1 + Math.exp(-this.read(from, OUTPUT_KINDS.logit, appliance)))
  }

  private onPowerWatts(from: OutputColumn, appliance: number): number {
    return Math.max(0, this.read(from, OUTPUT_KINDS.onPowerWatts, appliance))
  }

  private read({ output, count, column }: OutputColumn, kind: number, appliance: number): number {
    const value = output[outputChannel(this.horizon, kind, appliance) * count + column]!
    if (!Number.isFinite(value)) throw new Error('The model answered with a number that is not finite.')
    return value
  }
}
