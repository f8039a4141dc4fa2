/** Half-width of the band around the threshold in which a state is kept. */
const HYSTERESIS = 0.05
/**
 * Longest time a state is held against the probability. The manifest's minima describe whole runs (20 minutes of a dishwasher);
 * holding a false second that long would invent a run, so the gate only stops flicker and the run tracker applies them in full.
 */
const LONGEST_HOLD_SECONDS = 10

/** Over about so long the share of time on is looked at. */
const DUTY_SECONDS = 1800
/** Below this share of the limit what was doubted is believed again. */
const TRUSTED_AGAIN = 2 / 3

export interface GateState {
  /** Before doubt. */
  isOn: boolean
  /** Seconds since the last change. */
  heldSeconds: number
  /** Share of the last half hour or so that it was on, 0..1: older time counts less and less. */
  duty: number
  isDoubted: boolean
}

export interface GateLimits {
  minOnSeconds: number
  minOffSeconds: number
  /** What is on for more than this share of half an hour is something else, such as a heater that cycles; by default there is no limit. */
  mostDuty?: number
}

/** Turns the on-probability of successive seconds, or readings of several, into a state that does not flicker. */
export class StateGate {
  private isOn = false
  private heldSeconds = Number.MAX_SAFE_INTEGER
  private duty = 0
  private isDoubted = false

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
    const isDoubted = this.doubt(seconds)
    return this.isOn && !isDoubted
  }

  /** Whether what seemed on lately was on for longer than the appliance ever is. */
  private doubt(seconds: number): boolean {
    const { mostDuty } = this.limits
    if (mostDuty === undefined) return false
    this.duty += (Number(this.isOn) - this.duty) * -Math.expm1(-seconds / DUTY_SECONDS)
    this.isDoubted = this.duty > mostDuty * (this.isDoubted ? TRUSTED_AGAIN : 1)
    return this.isDoubted
  }

  /** Off, and free to change at once. */
  reset(): void {
    this.isOn = false
    this.heldSeconds = Number.MAX_SAFE_INTEGER
    this.duty = 0
    this.isDoubted = false
  }

  save(): GateState {
    return { isOn: this.isOn, heldSeconds: this.heldSeconds, duty: this.duty, isDoubted: this.isDoubted }
  }

  restore(state: GateState): void {
    this.isOn = state.isOn
    this.heldSeconds = state.heldSeconds
    this.duty = state.duty
    this.isDoubted = state.isDoubted
  }
}
