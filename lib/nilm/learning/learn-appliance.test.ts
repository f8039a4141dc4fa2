import { describe, expect, it } from 'vitest'
import { constant, NOON, randomSequence, readingsOf } from '../testing/recordings'
import { madeRows, ROW_SECONDS } from '../testing/made-rows'
import { stepModel } from '../testing/step-network'
import { refusalOf, scoreLabels, type LabelScore } from './held-back-score'
import { learnAppliance } from './learn-appliance'
import { sortRows, type RunLabel } from './labelled-rows'
import { recordRows } from './record-rows'

const model = stepModel({ ElectricKettle: { fromWatts: 1000, onPowerWatts: 1900 } })
const PERIOD_SECONDS = 1800
const RUN_SECONDS = 180

/** Every half hour something draws for three minutes: a kettle of 2 kW, and in between a toaster of 1.2 kW. */
const loads = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 2000 : 1200))
const powers = loads.flatMap((watts) => [...constant(100, PERIOD_SECONDS - RUN_SECONDS), ...constant(100 + watts, RUN_SECONDS)])
const label = (i: number, isRun: boolean): RunLabel => {
  const startedAtSeconds = NOON + (i + 1) * PERIOD_SECONDS - RUN_SECONDS
  return { id: `${i}`, appliance: 'ElectricKettle', isRun, startedAtSeconds, endedAtSeconds: startedAtSeconds + RUN_SECONDS }
}
const recorded = recordRows(model, [readingsOf(powers)], () => 5)

describe('learning one appliance', { timeout: 60_000 }, () => {
  it('tells apart what the home uses, judged on runs it has not seen', async () => {
    const labels = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => label(i, i % 2 === 0))
    const learned = await learnAppliance(model, await recorded, labels, 'ElectricKettle')
    expect(learned?.metrics).toMatchObject({
      runs: 4,
      notRuns: 4,
      before: { runsFound: 4, falseAlarms: 4 },
      after: { runsFound: 4, falseAlarms: 0 },
    })
    expect(learned!.metrics.after.f1!).toBeGreaterThan(learned!.metrics.before.f1! + 0.2)
    expect(learned!.head.final!.fast.some((weight) => weight !== 0)).toBe(true)
  })

  it.each([1, 2, 3, 4])('refuses what labels teach that have nothing to do with what ran (seed %i)', async (seed) => {
    const rows = await recorded
    const random = randomSequence(seed)
    // Half of the kettles and half of the toasters are called a kettle, whichever chance picks.
    const labels = [0, 1].flatMap((kind) => {
      const own = Array.from({ length: 6 }, (_, i) => ({ run: 2 * i + kind, order: random() }))
      return own.sort((a, b) => a.order - b.order).map(({ run }, i) => label(run, i < 3))
    })
    expect((await learnAppliance(model, rows, labels, 'ElectricKettle'))?.metrics.refusal).not.toBeNull()
  })

  it('finds no run by what it remembers of that run alone', async () => {
    const runs = 6
    const [quietRows, runRows] = [90, 18]
    // Each run has a channel of its own, which says nothing of any other; without it a run looks like all other time.
    const rows = madeRows('ElectricKettle', runs, Array.from({ length: runs }, (_, run) => [
      ...Array.from({ length: quietRows }, () => ({ logit: -1 })),
      ...Array.from({ length: runRows }, () => ({ logit: -1, hidden: Array.from({ length: runs }, (_, i) => Number(i === run)) })),
    ]).flat())
    const labels = Array.from({ length: runs }, (_, run): RunLabel => {
      const endedAtSeconds = NOON + (run + 1) * (quietRows + runRows) * ROW_SECONDS
      const startedAtSeconds = endedAtSeconds - runRows * ROW_SECONDS
      return { id: `${run}`, appliance: 'ElectricKettle', isRun: true, startedAtSeconds, endedAtSeconds }
    })
    const learned = await learnAppliance(model, rows, labels, 'ElectricKettle')
    expect(learned?.metrics).toMatchObject({ before: { runsFound: 0 }, after: { runsFound: 0 } })
    expect(learned?.metrics.refusal).not.toBeNull()
  })

  it('has nothing to say of runs that were not recorded', async () => {
    expect(await learnAppliance(model, await recorded, [label(5000, true)], 'ElectricKettle')).toBeNull()
  })
})

describe('the score on labels', () => {
  it('counts new time on where nobody spoke of the appliance as wrong, in lengths of a mean run', () => {
    const rows = madeRows('ElectricKettle', 0, Array.from({ length: 60 }, () => ({})))
    const startedAtSeconds = NOON + 20 * ROW_SECONDS
    const endedAtSeconds = startedAtSeconds + 10 * ROW_SECONDS
    const run: RunLabel = { id: '1', appliance: 'ElectricKettle', isRun: true, startedAtSeconds, endedAtSeconds }
    const labelled = sortRows(rows, [run], 'ElectricKettle')
    const seen = new Float64Array(60).fill(1)
    expect(scoreLabels(rows, labelled, seen)).toMatchObject({ f1: 1, runsFound: 1, falseAlarms: 0 })
    expect(scoreLabels(rows, labelled, seen, 20 * ROW_SECONDS).f1).toBe(0.5)
  })
})

describe('the held-back check', () => {
  const score = (changes: Partial<LabelScore>): LabelScore => {
    return { f1: 0.5, runsFound: 2, falseAlarms: 2, rightShares: [0.2, 0.2, 0.2, 0.9, 0.9], ...changes }
  }
  const better = score({ f1: 0.9, runsFound: 3, falseAlarms: 0, rightShares: [0.9, 0.9, 0.9, 0.9, 0.9] })
  const same = { turnedOn: 0, turnedOnSeconds: 0, turnedOff: 0, onBefore: 0.02 }
  const labels = { runs: 3, notRuns: 2, runShareOfTime: 0.01 }

  it('accepts what is better on enough unseen runs', () => {
    expect(refusalOf(score({}), better, same, labels)).toBeNull()
  })

  it.each([
    ['is no better', score({}), same],
    ['makes a mistake more', { ...better, runsFound: 1, falseAlarms: 4 }, same],
    ['is better on two runs alone', score({ f1: 0.8, rightShares: [0.9, 0.9, 0.2, 0.9, 0.9] }), same],
    ['sees the appliance where nobody spoke of it', better, { ...same, turnedOn: 0.1 }],
    ['loses most of what was seen before', better, { ...same, onBefore: 0.2, turnedOff: 0.19 }],
  ])('refuses a head that %s', (_, after, rest) => {
    expect(refusalOf(score({}), after, rest, labels)).not.toBeNull()
  })
})
