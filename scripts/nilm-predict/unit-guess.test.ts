import { describe, expect, it } from 'vitest'
import { powerAt, START_SECONDS } from './testing/table-rows'
import { surveyTable } from './table-survey'
import { smallUnitWarning } from './unit-guess'

const SEED = 5
const DAY_SECONDS = 86_400

interface Meter {
  everySeconds?: number
  forSeconds?: number
  write: (watts: number) => number
}

function warningFor({ everySeconds = 60, forSeconds = 2 * DAY_SECONDS, write }: Meter): string | null {
  const rows = Array.from({ length: Math.floor(forSeconds / everySeconds) }, (_, index) => ({
    index,
    timestampSeconds: START_SECONDS + index * everySeconds,
    powerWatts: write(powerAt(index * everySeconds, SEED)),
  }))
  return smallUnitWarning(surveyTable(rows, 90), { unit: null, hold: null })
}

const thousandths = (value: number) => Math.round(1000 * value) / 1000

describe('numbers that are too small for watts', () => {
  it('may be the energy of each row', () => {
    expect(warningFor({ write: (watts) => thousandths(watts / 60) })).toMatch(/looks like the energy of .* in Wh\..* 60 times/)
    expect(warningFor({ write: (watts) => Math.round(watts / 60) })).toMatch(/looks like the energy of each row in Wh\./)
    expect(warningFor({ everySeconds: 30, write: (watts) => watts / 120 })).toMatch(/looks like .* in Wh\..* 120 times/)
    expect(warningFor({ write: (watts) => watts / 60_000 })).toMatch(/looks like .* in kWh\..* 60,000 times/)
  })

  it('may be kilowatts, with decimals or whole', () => {
    expect(warningFor({ write: (watts) => thousandths(watts / 1000) })).toMatch(/looks like kW\..*pass --unit kW/)
    expect(warningFor({ write: (watts) => Math.round(watts / 1000) })).toMatch(/looks like kW[.,].*pass --unit kW/)
    const short = { everySeconds: 1, forSeconds: 700 }
    expect(warningFor({ ...short, write: (watts) => Math.round(watts / 1000) })).toMatch(/looks like kW\./)
  })

  it('are named both where they could be either', () => {
    const warning = warningFor({ everySeconds: 10, write: (watts) => watts / 360 })
    expect(warning).toMatch(/looks like kW, or like the energy of each row in Wh\..*--unit kW, or .* 360 times/)
  })

  it('are watts where it was said, or where a home can have so few', () => {
    expect(warningFor({ write: Math.round })).toBeNull()
    // An hour of a refrigerator alone, and two days of it.
    const refrigerator = (watts: number) => (watts > 180 ? 95 : 12)
    expect(warningFor({ forSeconds: 3600, write: refrigerator })).toBeNull()
    expect(warningFor({ everySeconds: 6, write: refrigerator })).toBeNull()
    // A battery that keeps the mains at zero, in whole watts.
    let i = 0
    expect(warningFor({ everySeconds: 10, forSeconds: 3600, write: () => (++i % 9) - 4 })).toBeNull()
  })
})
