import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'

/** Corrections of minutes older than this do not reach a counter any more. */
const FREEZE_AFTER_SECONDS = 3 * 3600
const MINUTE_SECONDS = 60

/** Energy in Wh: drawn from the grid, fed into it, and of each appliance in contract order. */
export interface CountedEnergy {
  drawnWh: number
  fedInWh: number
  applianceWh: number[]
}

/** What was told of a building; none of it ever falls. */
export interface ShownEnergy extends CountedEnergy {
  /** What no appliance explains of what was drawn. */
  otherWh: number
}

/** Counts from when a building was first told of. */
export interface EnergyCounter {
  /** Unix seconds, a full minute. */
  frozenUntilSeconds: number
  /** Energy up to then, however the minutes are corrected later. */
  frozen: CountedEnergy
  shown: ShownEnergy
}

export const noEnergy = (): CountedEnergy => ({ drawnWh: 0, fedInWh: 0, applianceWh: new Array<number>(APPLIANCE_COUNT).fill(0) })

export function newCounter(nowSeconds: number): EnergyCounter {
  return { frozenUntilSeconds: minuteOf(nowSeconds), frozen: noEnergy(), shown: { ...noEnergy(), otherWh: 0 } }
}

/** Up to where minutes are frozen next. */
export const freezeAtSeconds = ({ frozenUntilSeconds }: EnergyCounter, nowSeconds: number): number =>
  Math.max(frozenUntilSeconds, minuteOf(nowSeconds - FREEZE_AFTER_SECONDS))

/**
 * The counter with what is stored now. Where a correction lowered a sum, what was shown stays until the sum has caught up.
 * @param freezing minutes from `frozenUntilSeconds` to `freezeSeconds`
 * @param open minutes from `freezeSeconds` on
 */
export function advanceCounter(
  { frozen, shown }: EnergyCounter,
  freezeSeconds: number,
  freezing: CountedEnergy,
  open: CountedEnergy,
): EnergyCounter {
  const frozenNow = add(frozen, freezing)
  const total = add(frozenNow, open)
  const explainedWh = total.applianceWh.reduce((sum, wh) => sum + wh, 0)
  return {
    frozenUntilSeconds: freezeSeconds,
    frozen: frozenNow,
    shown: {
      drawnWh: Math.max(shown.drawnWh, total.drawnWh),
      fedInWh: Math.max(shown.fedInWh, total.fedInWh),
      applianceWh: total.applianceWh.map((wh, index) => Math.max(shown.applianceWh[index] ?? 0, wh)),
      otherWh: Math.max(shown.otherWh, total.drawnWh - explainedWh),
    },
  }
}

const add = (a: CountedEnergy, b: CountedEnergy): CountedEnergy => ({
  drawnWh: a.drawnWh + b.drawnWh,
  fedInWh: a.fedInWh + b.fedInWh,
  applianceWh: a.applianceWh.map((wh, index) => wh + (b.applianceWh[index] ?? 0)),
})

const minuteOf = (seconds: number) => Math.floor(seconds / MINUTE_SECONDS) * MINUTE_SECONDS
