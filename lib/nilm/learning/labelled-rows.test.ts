import { describe, expect, it } from 'vitest'
import { NOON } from '../testing/recordings'
import { madeRows } from '../testing/made-rows'
import { sortRows, type RunLabel } from './labelled-rows'

const label: RunLabel = {
  id: 'label_1',
  appliance: 'Dryer',
  isRun: true,
  startedAtSeconds: NOON + 1000,
  endedAtSeconds: NOON + 2000,
}

/** What is known of rows at these seconds after NOON, of a meter of that interval. */
function sorted(offsets: readonly number[], intervalSeconds: number) {
  const rows = madeRows('Dryer', 1, offsets.map(() => ({})))
  rows.seconds.set(offsets.map((offset) => NOON + offset))
  rows.meterIntervalSeconds.fill(intervalSeconds)
  const { runs, rest } = sortRows(rows, [label], 'Dryer')
  return { run: (runs[0]?.rows ?? []).map((row) => offsets[row]), rest: rest.map((row) => offsets[row]) }
}

describe('rows around a labelled run', () => {
  it('within a minute are neither of the run nor of the rest', () => {
    const offsets = [939, 941, 1000, 1001, 2000, 2001, 2060, 2061]
    expect(sorted(offsets, 1)).toEqual({ run: [1001, 2000], rest: [939, 2061] })
  })

  it('within two readings of a slow meter are neither as well', () => {
    const offsets = [870, 890, 1500, 2110, 2130]
    expect(sorted(offsets, 60)).toEqual({ run: [1500], rest: [870, 2130] })
  })
})
