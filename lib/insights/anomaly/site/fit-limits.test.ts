import { beforeAll, describe, expect, it } from 'vitest'
import { fitLimits, type JudgedIncident, limitsRefusal, scoreLimits } from './fit-limits'
import { DAY_SECONDS, HOUR_SECONDS, type BuildingHistory } from './incident'
import { type AnomalyLimits, NO_LIMITS } from './limits'
import { replayLooks } from './replay-looks'

/** A Monday, 00:00 UTC. */
const START = 1_767_571_200
const DAYS = 92
const at = (day: number) => START + day * DAY_SECONDS
const HELD_BACK = at(DAYS - 8)
const LOOKS_FROM = at(58)

/** Numbers from 0 to 1 that repeat and do not depend on the order of asking. */
const chance = (n: number) => {
  const mixed = Math.imul(Math.floor(n) ^ 0x9e3779b9, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32
}

/** A building where something is left on for three nights now and then. @param extraWatts of a day, from its midnight */
function building(extraWatts: (day: number) => number): BuildingHistory {
  const hours = Array.from({ length: DAYS * 24 }, (_, hour) => {
    const startSeconds = START + hour * HOUR_SECONDS
    const extra = extraWatts(Math.floor(hour / 24))
    return {
      startSeconds,
      energyWh: 250 + (hour % 24 >= 17 ? 600 : 0) + 200 * chance(startSeconds) + extra,
      coveredSeconds: HOUR_SECONDS,
      minWatts: 120 + 6 * chance(startSeconds + 1) + extra,
      maxWatts: 1_500 + 800 * chance(startSeconds + 2),
    }
  })
  return { buildingId: 'house', timeZone: 'UTC', nowSeconds: at(DAYS), hours, runs: [], quality: [] }
}

/** Ever a little less of it. */
const often = building((day) => (day > 30 && day % 12 < 4 ? 70 - day / 4 : 0))
const replay = (history: BuildingHistory, limits = NO_LIMITS) =>
  replayLooks(history, { fromSeconds: HELD_BACK, toSeconds: at(DAYS), limits })
const fit = (history: BuildingHistory, judged: readonly JudgedIncident[] = []) =>
  fitLimits(history, { fittedUntilSeconds: HELD_BACK, looksFromSeconds: LOOKS_FROM, judged })
const standby = (day: number, strength: number, verdict: JudgedIncident['verdict']): JudgedIncident => {
  return { type: 'standby_rose', appliance: null, startSeconds: at(day), endSeconds: at(day + 3), strength, verdict }
}

describe('limits that are fitted to a building', () => {
  it('are those of all buildings where nothing alarmed', async () => {
    const { strengths, days } = await fit(building(() => 0))
    expect(strengths).toEqual({})
    expect(days.length).toBeGreaterThan(70)
    expect(days.at(-1)!.startSeconds).toBeLessThan(HELD_BACK)
  })

  let oftenLimits: AnomalyLimits
  beforeAll(async () => {
    oftenLimits = await fit(often)
  })

  it('are raised for what alarms oftener than once a month, so that it is quiet in the days held back', async () => {
    const limits = oftenLimits
    expect(limits.strengths['standby_rose|']).toBeGreaterThan(1)
    const typesOf = async (given = NO_LIMITS) => (await replay(often, given)).map(({ type }) => type)
    expect(await typesOf()).toContain('standby_rose')
    expect(await typesOf(limits)).not.toContain('standby_rose')
    const louder = building((day) => (day > DAYS - 6 ? 900 : day > 30 && day % 12 < 4 ? 70 - day / 4 : 0))
    expect((await replay(louder, limits)).map(({ type }) => type)).toContain('standby_rose')
  })

  it('lie above what was dismissed, and never above what was called real', async () => {
    const quiet = building(() => 0)
    expect((await fit(quiet, [standby(62, 3, 'false alarm')])).strengths['standby_rose|']).toBeCloseTo(3.3, 9)
    const real = await fit(quiet, [standby(62, 3, 'false alarm'), standby(70, 2, 'real')])
    expect(real.strengths['standby_rose|']).toBe(2)
  })

  it('know nothing of what was said of the days held back', async () => {
    const said = standby(DAYS - 5, 9, 'false alarm')
    expect(await fit(often, [said])).toEqual(oftenLimits)
  })

  it('leave days out that somebody called a real anomaly', async () => {
    const unusual: JudgedIncident = {
      type: 'unusual_day', appliance: null, startSeconds: at(50), endSeconds: at(51), strength: 2, verdict: 'real',
    }
    const { days } = await fit(building(() => 0), [unusual])
    expect(days.some(({ startSeconds }) => startSeconds === at(50))).toBe(false)
    expect(days.some(({ startSeconds }) => startSeconds === at(49))).toBe(true)
  })

  it('are scored by what people said of what they find', async () => {
    const found = (await replay(often)).find(({ type }) => type === 'standby_rose')!
    const judged = (verdict: JudgedIncident['verdict']): JudgedIncident[] => [{ ...found, verdict }]
    const range = { fromSeconds: HELD_BACK, toSeconds: at(DAYS), limits: NO_LIMITS }
    expect(await scoreLimits(often, judged('false alarm'), range)).toMatchObject({ falseAlarms: 1, confirmed: 0 })
    expect(await scoreLimits(often, judged('real'), range)).toMatchObject({ falseAlarms: 0, confirmed: 1 })
    expect(await scoreLimits(often, judged('false alarm'), { ...range, limits: oftenLimits })).toMatchObject({ falseAlarms: 0 })
  })
})

describe('new limits are better', () => {
  const score = (alarms: number, falseAlarms: number, confirmed: number) => ({ alarms, falseAlarms, confirmed })
  it('with fewer false alarms, or fewer of too many alarms, and never where they miss what is real', () => {
    expect(limitsRefusal(score(3, 2, 1), score(1, 0, 1), 14)).toBeNull()
    expect(limitsRefusal(score(3, 2, 1), score(0, 0, 0), 14)).toBe('missesReal')
    expect(limitsRefusal(score(1, 0, 0), score(2, 1, 0), 14)).toBe('moreFalse')
    expect(limitsRefusal(score(4, 0, 0), score(1, 0, 0), 14)).toBeNull()
    expect(limitsRefusal(score(1, 0, 0), score(0, 0, 0), 14)).toBe('noGain')
    expect(limitsRefusal(score(2, 1, 1), score(2, 1, 1), 14)).toBe('noGain')
  })
})
