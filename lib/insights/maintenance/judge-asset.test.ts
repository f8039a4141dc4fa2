import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { judgeAsset } from './judge-asset'
import { SIGNATURES_OF } from './signatures'

const WEEK = 7 * 86_400
/** A Monday, 0:00 UTC. */
const START = Date.UTC(2026, 0, 5) / 1000

/** Noise that is the same in every run, within one part in fifty either way. */
const wobble = (week: number) => 1 + 0.02 * Math.sin(week * 2.4)

function fridgeWeeks(count: number, dutyOf: (week: number) => number, changes: Partial<ApplianceWeek> = {}): ApplianceWeek[] {
  return Array.from({ length: count }, (_, week) => ({
    startSeconds: START + week * WEEK,
    coveredSeconds: WEEK,
    energyWh: (90 * WEEK * dutyOf(week) * wobble(week)) / 3600,
    onSeconds: WEEK * dutyOf(week) * wobble(week),
    confidence: 0.6,
    runs: 240,
    runSeconds: 900,
    runsWh: [],
    heatingMinutes: [],
    modelVersionId: 1,
    ...changes,
  }))
}

function judge(weeks: readonly ApplianceWeek[], accuracy: number | null = 0.71) {
  const asset = { assetId: 'a', assetName: 'Refrigerator', signatures: SIGNATURES_OF.Refrigerator ?? [], weeks, accuracy }
  return judgeAsset(asset, { nowSeconds: START + weeks.length * WEEK, timeZone: 'UTC' })
}

const rising = (growth: number, from = 8) => (week: number) => 0.3 * (1 + growth * Math.max(0, week - from))

describe('the maintenance of an appliance', () => {
  it('names the day its trend reaches the limit, within an interval that holds it', () => {
    const { entry, signatures } = judge(fridgeWeeks(20, rising(0.03)))
    const truth = START + (8 + 0.5 / 0.03) * WEEK
    const duty = signatures.find(({ kind }) => kind === 'cooling_duty')
    expect(duty?.state).toBe('rising')
    expect(Math.abs((duty?.projection?.at ?? 0) - truth)).toBeLessThan(2.5 * WEEK)
    expect(duty?.projection?.from).toBeLessThanOrEqual(truth)
    expect(duty?.projection?.to).toBeGreaterThanOrEqual(truth)
    expect(entry).toMatchObject({ assetId: 'a', type: 'cooling_duty' })
    expect(entry?.recommendation).toContain('door seal')
    expect(entry?.confidence).toBeGreaterThan(0)
    expect(entry?.confidence).toBeLessThanOrEqual(0.71 * 0.6 + 0.005)
  })

  it('comes sooner where it rises faster', () => {
    const days = (growth: number) => judge(fridgeWeeks(20, rising(growth))).entry?.daysUntilMaintenance ?? NaN
    expect(days(0.035)).toBeLessThan(days(0.025))
  })

  it.each([
    ['stays as it is', () => 0.3],
    ['falls', (week: number) => 0.5 - 0.01 * week],
    ['stepped up once and stays there', (week: number) => (week < 13 ? 0.3 : 0.4)],
    ['rises by no more than a season', (week: number) => 0.3 * (1 + 0.1 * Math.sin((2 * Math.PI * (week - 13)) / 52))],
  ])('says nothing where it %s', (_, dutyOf) => {
    const { entry, signatures } = judge(fridgeWeeks(26, dutyOf))
    expect(entry).toBeNull()
    expect(signatures.map(({ state }) => state)).toEqual(['normal', 'normal', 'normal'])
  })

  it.each([
    ['too few weeks', fridgeWeeks(6, rising(0.1, 0)), 0.71],
    ['estimates too unsure', fridgeWeeks(20, rising(0.03)), 0.33],
    ['estimates too unsure', fridgeWeeks(20, rising(0.03), { confidence: 0.1 }), 0.71],
    ['no published accuracy', fridgeWeeks(20, rising(0.03)), null],
    ['no measurements', fridgeWeeks(20, rising(0.03), { coveredSeconds: WEEK / 4 }), 0.71],
    ['too little use', fridgeWeeks(20, rising(0.03), { runs: 3, onSeconds: 3600 }), 0.71],
    ['too little use', fridgeWeeks(20, rising(0.03), { runs: 3, onSeconds: 3600 }), 0.33],
  ] as const)('says nothing but why: %s', (state, weeks, accuracy) => {
    const { entry, signatures } = judge(weeks, accuracy)
    expect(entry).toBeNull()
    expect(signatures.map((signature) => signature.state)).toContain(state)
  })

  it('does not take another model for another refrigerator', () => {
    const before = fridgeWeeks(12, () => 0.3)
    const after = fridgeWeeks(24, (week) => 0.45 + 0.004 * week, { modelVersionId: 2 }).slice(12)
    expect(judge([...before, ...after]).entry).toBeNull()
  })

  it('compares with the year before where there is one: a strong season is no fault, and a fault within it is', () => {
    const season = (week: number) => 0.3 * (1 + 0.25 * Math.sin((2 * Math.PI * week) / 52))
    expect(judge(fridgeWeeks(80, season)).entry).toBeNull()
    const faulty = (week: number) => season(week) * (1 + 0.025 * Math.max(0, week - 66))
    expect(judge(fridgeWeeks(80, faulty)).entry?.type).toBe('cooling_duty')
  })

  it('of a heat pump waits for a year: weather moves it more than wear', () => {
    const asset = { assetId: 'a', assetName: 'Heat pump', signatures: SIGNATURES_OF.HeatPump ?? [], accuracy: 0.8 }
    const { signatures } = judgeAsset({ ...asset, weeks: fridgeWeeks(30, rising(0.03)) }, { nowSeconds: START + 30 * WEEK, timeZone: 'UTC' })
    expect(signatures.map(({ state }) => state)).toEqual(['needs a year', 'needs a year'])
  })

  it('warns of nothing that was last measured more than four weeks ago', () => {
    const weeks = fridgeWeeks(20, rising(0.03))
    const asset = { assetId: 'a', assetName: 'Refrigerator', signatures: SIGNATURES_OF.Refrigerator ?? [], weeks, accuracy: 0.71 }
    const after = (count: number) => judgeAsset(asset, { nowSeconds: START + (20 + count) * WEEK, timeZone: 'UTC' })
    expect(after(4).entry).not.toBeNull()
    expect(after(5)).toMatchObject({ entry: null, signatures: [{ state: 'not measured lately' }, {}, {}] })
  })

  it.each(['Pacific/Auckland', 'Pacific/Chatham', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'Europe/Berlin'])(
    'judges weeks of %s alike in summer and winter',
    (timeZone) => {
      // Over a change of the clocks both ways.
      const first = DateTime.fromISO('2026-01-26', { zone: timeZone })
      const weeks = fridgeWeeks(45, rising(0.03, 30)).map((week, index) => ({ ...week, startSeconds: first.plus({ weeks: index }).toSeconds() }))
      const judged = [20, 28, 39, 45].map((count) => {
        const asset = { assetId: 'a', assetName: 'Refrigerator', signatures: SIGNATURES_OF.Refrigerator ?? [], accuracy: 0.71 }
        const nowSeconds = first.plus({ weeks: count }).toSeconds()
        const { signatures } = judgeAsset({ ...asset, weeks: weeks.slice(0, count) }, { nowSeconds, timeZone })
        return signatures.map(({ state, projection }) => [state, projection && Math.round(projection.slopePerWeek * 1e6)])
      })
      const plain = [20, 28, 39, 45].map((count) =>
        judge(fridgeWeeks(45, rising(0.03, 30)).slice(0, count)).signatures.map(({ state, projection }) => [state, projection && Math.round(projection.slopePerWeek * 1e6)]))
      expect(judged).toEqual(plain)
    },
  )
})
