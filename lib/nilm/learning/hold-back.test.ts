import { afterEach, describe, expect, it, vi } from 'vitest'
import { NOON } from '../testing/recordings'
import { madeRows, ROW_SECONDS, type MadeRow } from '../testing/made-rows'
import { stepModel } from '../testing/step-network'
import type * as FitHead from './fit-head'
import { fitWeights } from './fit-head'
import { holdBack } from './hold-back'
import { applianceIndex, sortRows, type RunLabel } from './labelled-rows'
import { learnAppliance } from './learn-appliance'

vi.mock('./fit-head', async (importOriginal) => {
  const actual = await importOriginal<typeof FitHead>()
  return { ...actual, fitWeights: vi.fn(actual.fitWeights) }
})
afterEach(() => vi.clearAllMocks())

const QUIET_ROWS = 90
const RUN_ROWS = 18
const model = stepModel({ ElectricKettle: { fromWatts: 1000, onPowerWatts: 1900 } })
const index = applianceIndex('ElectricKettle')

/** After six quiet hours a run that the shared model misses, and so on. */
function missedRuns(count: number) {
  const runOf = (): MadeRow[] => Array.from({ length: RUN_ROWS }, () => ({ logit: -1, hidden: [1] }))
  const quiet = (): MadeRow[] => Array.from({ length: QUIET_ROWS }, () => ({ logit: -3, hidden: [0] }))
  const labels = Array.from({ length: count }, (_, run): RunLabel => {
    const endedAtSeconds = NOON + (run + 1) * (QUIET_ROWS + RUN_ROWS) * ROW_SECONDS
    const startedAtSeconds = endedAtSeconds - RUN_ROWS * ROW_SECONDS
    return { id: `${run}`, appliance: 'ElectricKettle', isRun: true, startedAtSeconds, endedAtSeconds }
  })
  return { rows: madeRows('ElectricKettle', 1, labels.flatMap(() => [...quiet(), ...runOf()])), labels }
}

describe('holding back', () => {
  it('has every run and every piece of the rest judged by a head that was fitted without it', async () => {
    const { rows, labels } = missedRuns(8)
    const labelled = sortRows(rows, labels, 'ElectricKettle')
    const judged = { runs: 0, restSeconds: 0 }
    for (let judge = 0; judge < 4; judge++) {
      let fittedOn = { runs: 0, rest: 0 }
      // Of all heads one sees the appliance everywhere: what is on was judged by that one.
      const heldBack = await holdBack(rows, labelled, { horizon: 'final', index, mostFolds: 4 }, async (seen, fold) => {
        if (fold === judge) fittedOn = { runs: seen.runs.length, rest: seen.rest.length }
        return { fast: [], slow: [], bias: fold === judge ? 100 : -100 }
      })
      const { after, rest } = heldBack
      expect(after.runsFound).toBe(2)
      expect(fittedOn.runs).toBe(6)
      expect(rest.turnedOnSeconds).toBeGreaterThan(0)
      expect(rest.turnedOnSeconds).toBe((labelled.rest.length - fittedOn.rest) * ROW_SECONDS)
      judged.runs += after.runsFound
      judged.restSeconds += rest.turnedOnSeconds
    }
    expect(judged).toEqual({ runs: 8, restSeconds: labelled.rest.length * ROW_SECONDS })
  })

  it('chooses the penalty of a fold by other runs than those that judge, and none by what it does on these', async () => {
    const { rows, labels } = missedRuns(10)
    const learned = await learnAppliance(model, rows, labels, 'ElectricKettle')
    expect(learned?.metrics.refusal).toBeNull()
    const fits = vi.mocked(fitWeights).mock.calls.map(([, { runs, rest }, , { horizon, penalty }]) => {
      return { horizon, penalty, runs: runs.map(({ label }) => label.id), rest: rest.length }
    })
    const all = sortRows(rows, labels, 'ElectricKettle')
    // Of ten runs two are judged at a time; fits on fewer than eight only choose a penalty.
    const judging = fits.filter(({ runs }) => runs.length === 8)
    for (const horizon of ['final', 'provisional']) {
      const heads = judging.filter((fit) => fit.horizon === horizon)
      expect(new Set(heads.map(({ runs }) => `${runs}`)).size).toBe(5)
      expect(heads).toHaveLength(5)
      for (const { rest } of heads) expect(rest).toBeLessThan(all.rest.length)
    }
    for (const [i, { runs }] of judging.slice(0, 5).entries()) {
      const from = i === 0 ? -1 : fits.indexOf(judging[i - 1]!)
      const choosing = fits.slice(from + 1, fits.indexOf(judging[i]!))
      expect(choosing).toHaveLength(9)
      for (const fit of choosing) expect(runs).toEqual(expect.arrayContaining(fit.runs))
    }
  })

  it('keeps the shared model’s first answer where a head of it does not pass, though the final one does', async () => {
    const { rows, labels } = missedRuns(6)
    const both = await learnAppliance(model, rows, labels, 'ElectricKettle')
    expect(both!.head.provisional).not.toBeNull()
    // Early on two runs alone look like anything: better, but not more than chance gives.
    for (const run of [2, 3, 4, 5]) {
      for (let row = 0; row < RUN_ROWS; row++) rows.provisional.hidden[run * (QUIET_ROWS + RUN_ROWS) + QUIET_ROWS + row] = 0
    }
    const learned = await learnAppliance(model, rows, labels, 'ElectricKettle')
    expect(learned!.metrics.refusal).toBeNull()
    expect(learned!.head.provisional).toBeNull()
  })
})
