/** Half-width of the band around the threshold in which a state is kept. */
const HYSTERESIS = 0.05
/**
 * Longest time a state is held against the probability. The manifest's minima describe whole runs (20 minutes of a dishwasher);
 * holding a false second that long would invent a run, so the gate only stops flicker and the run tracker applies them in full.
 */
const LONGEST_HOLD_SECONDS = 10

export interface GateState {
  isOn: boolean
  /** Seconds since the last change. */
  heldSeconds: number
}

export interface GateLimits {
  minOnSeconds: number
  minOffSeconds: number
}

/** Turns the on-probability of successive seconds, or readings of several, into a state that does not flicker. */
export class StateGate {
  private isOn = false
  private heldSeconds = Number.MAX_SAFE_INTEGER

  constructor(private readonly limits: GateLimits) {}

  /**
   * Takes the probability of the next `seconds` and the threshold that goes with it, both 0..1.
   * @returns the state in them
   */
  next(probability: number, threshold: number, seconds = 1): boolean {
    // Narrower near 0 and 1, so that both levels can be reached.
    const band = Math.min(HYSTERESIS, threshold / 4, (1 - threshold) / 4)
    const wanted = probability >= (this.isOn ? threshold - band : threshold + band)
    // In whole readings: one that is held through is no flicker.
    const longestHoldSeconds = LONGEST_HOLD_SECONDS - (LONGEST_HOLD_SECONDS % seconds)
    const minimum = Math.min(this.isOn ? this.limits.minOnSeconds : this.limits.minOffSeconds, longestHoldSeconds)
    if (wanted !== this.isOn && this.heldSeconds >= minimum) {
      this.isOn = wanted
      this.heldSeconds = 0
    }
    this.heldSeconds = Math.min(this.heldSeconds + seconds, Number.MAX_SAFE_INTEGER)
    return this.isOn
  }

  /** Off, and free to change at once. */
  reset(): void {
    this.isOn = false
    this.heldSeconds = Number.MAX_SAFE_INTEGER
  }

  save(): GateState {
    return { isOn: this.isOn, heldSeconds: this.heldSeconds }
  }

  restore(state: GateState): void {
    this.isOn = state.isOn
    this.heldSeconds = state.heldSeconds
  }
}
