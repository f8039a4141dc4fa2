import { describe, expect, it } from 'vitest'
import type { Appliance } from '@/lib/contracts/appliances'
import { detectIncidents, incidentKind, isSameIncident } from './detect-incidents'
import { describeAnomaly } from './describe-anomaly'
import { DAY_SECONDS, HOUR_SECONDS, type ApplianceRun, type BuildingHistory, type HourReading } from './incident'

const NOW = Date.UTC(2026, 1, 20, 12) / 1000
const DAYS = 35

/** Numbers from 0 to 1 that repeat and do not depend on the order of asking. */
const chance = (at: number) => {
  const mixed = Math.imul(Math.floor(at) ^ 0x9e3779b9, 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32
}

function usual(): BuildingHistory & { hours: HourReading[]; runs: ApplianceRun[] } {
  const from = NOW - DAYS * DAY_SECONDS
  const hours = Array.from({ length: DAYS * 24 }, (_, index): HourReading => {
    const startSeconds = from + index * HOUR_SECONDS
    const evening = new Date(startSeconds * 1000).getUTCHours() >= 17 ? 600 : 0
    return {
      startSeconds,
      energyWh: 250 + evening + 200 * chance(startSeconds),
      coveredSeconds: 3600,
      minWatts: 120 + 6 * chance(startSeconds + 1),
      maxWatts: 1_500 + 800 * chance(startSeconds + 2),
    }
  })
  const runs: ApplianceRun[] = []
  for (let at = from; at < NOW - 1_200; at += 3_600) runs.push(run('Refrigerator', at + 300 * chance(at), 1_100 + 200 * chance(at + 1), 25))
  for (let day = 0; day < DAYS; day++) {
    const midnight = Math.floor(from / DAY_SECONDS + day) * DAY_SECONDS
    if (midnight > from) runs.push(run('ElectricKettle', midnight + 7 * HOUR_SECONDS + 1_800 * chance(day), 150 + 60 * chance(day + 9), 90))
    if (midnight > from) runs.push(run('Dishwasher', midnight + 19 * HOUR_SECONDS + 3_600 * chance(day), 5_400 + 600 * chance(day), 900))
  }
  const known = runs.filter(({ startedAt }) => startedAt < NOW).sort((a, b) => a.startedAt - b.startedAt)
  const quality = Array.from({ length: 7 * 144 }, (_, index) => {
    const startSeconds = NOW - 7 * DAY_SECONDS + index * 600
    return { startSeconds, voltage: 231 + 4 * chance(index), frequency: 50 + 0.02 * chance(index), thd: 2 + chance(index) }
  })
  return { buildingId: 'house', timeZone: 'UTC', nowSeconds: NOW, hours, runs: known, quality }
}

function run(appliance: Appliance, startedAt: number, seconds: number, energyWh: number): ApplianceRun {
  return { appliance, startedAt, endedAt: startedAt + seconds, energyWh, confidence: 0.9 }
}

const typesOf = (history: BuildingHistory) => detectIncidents(history).map(({ type, appliance }) => [type, appliance].filter(Boolean).join(' '))

describe('what looks wrong in a building', () => {
  it('is nothing where nothing is', () => {
    expect(typesOf(usual())).toEqual([])
  })

  it('is a long run and, at another time, an unusual consumption, of which only one at the same time follows from the other', () => {
    const burst = (history: BuildingHistory & { hours: HourReading[] }, from: number) => {
      for (const hour of history.hours) if (hour.startSeconds >= from && hour.startSeconds < from + 4 * HOUR_SECONDS) hour.energyWh += 6_000
    }
    const longRun = run('ElectricKettle', NOW - 3 * HOUR_SECONDS, 3_000, 1_600)
    const apart = usual()
    apart.runs.push(longRun)
    burst(apart, NOW - 16 * HOUR_SECONDS)
    expect(typesOf(apart)).toEqual(['appliance_long_run ElectricKettle', 'unusual_consumption'])
    const together = usual()
    together.runs.push(longRun)
    burst(together, NOW - 4 * HOUR_SECONDS)
    expect(typesOf(together)).toEqual(['appliance_long_run ElectricKettle'])
    const dismissed = new Map([[incidentKind({ buildingId: 'house', type: 'appliance_long_run', appliance: 'ElectricKettle' }), 6]])
    expect(detectIncidents(together, dismissed).map(({ type }) => type)).toContain('unusual_consumption')
  })

  it('is nothing that can be told where little is known', () => {
    const history = usual()
    const since = NOW - 4 * DAY_SECONDS
    const hours = history.hours.filter(({ startSeconds }) => startSeconds >= since)
    hours.forEach((hour, index) => (hour.energyWh += index > 90 ? 3_000 : 0))
    expect(typesOf({ ...history, hours, runs: [], quality: [] })).toEqual([])
  })

  const recent = (history: { hours: HourReading[] }, hoursAgo: number, until = 0) =>
    history.hours.filter(({ startSeconds }) => startSeconds >= NOW - hoursAgo * HOUR_SECONDS && startSeconds < NOW - until * HOUR_SECONDS)

  it.each<[string, (history: ReturnType<typeof usual>) => void]>([
    ['unusual_consumption', (history) => recent(history, 10, 4).forEach((hour) => (hour.energyWh += 2_500))],
    [
      'unusual_day',
      (history) => {
        // As much as always, but at other times: no four hours are unusual enough by themselves.
        for (const hour of recent(history, 36, 12)) {
          hour.energyWh += new Date(hour.startSeconds * 1000).getUTCHours() < 12 ? 280 : -280
          hour.maxWatts = 6_000
        }
      },
    ],
    ['standby_rose', (history) => recent(history, 80).forEach((hour) => (hour.minWatts += 70))],
    ['meter_gap', (history) => (history.hours = history.hours.filter((hour) => !recent(history, 9, 3).includes(hour)))],
    ['meter_stuck', (history) => recent(history, 9, 3).forEach((hour) => Object.assign(hour, { minWatts: 400, maxWatts: 400 }))],
    ['meter_impossible', (history) => recent(history, 9, 8).forEach((hour) => (hour.maxWatts = 900_000))],
    ['appliance_long_run ElectricKettle', (history) => history.runs.push(run('ElectricKettle', NOW - 2 * HOUR_SECONDS, 3_000, 1_600))],
    ['appliance_odd_hour Dishwasher', (history) => history.runs.push(run('Dishwasher', NOW - 9 * HOUR_SECONDS, 5_500, 900))],
    [
      'appliance_not_running Refrigerator',
      (history) => {
        history.runs = history.runs.filter(({ appliance, startedAt }) => appliance !== 'Refrigerator' || startedAt < NOW - 8 * HOUR_SECONDS)
      },
    ],
    [
      'appliance_cycle_changed Refrigerator',
      (history) => {
        for (const each of history.runs) {
          if (each.appliance === 'Refrigerator' && each.startedAt >= NOW - 2 * DAY_SECONDS) each.endedAt = each.startedAt + 2_000
        }
      },
    ],
    ['voltage_low', (history) => Object.assign(history.quality[1_000]!, { voltage: 188 })],
    ['voltage_high', (history) => Object.assign(history.quality[1_000]!, { voltage: 257 })],
    ['frequency_deviation', (history) => history.quality.slice(-12).forEach((bin) => Object.assign(bin, { frequency: 49.3 }))],
    ['harmonic_distortion', (history) => history.quality.slice(-70).forEach((bin) => Object.assign(bin, { thd: 10 }))],
  ])('%s, and says so in a sentence with its numbers', (expected, change) => {
    const history = usual()
    change(history)
    expect(typesOf(history)).toEqual([expected])
    const incident = detectIncidents(history)[0]!
    expect(incident.strength).toBeGreaterThanOrEqual(1)
    expect(incident.confidence).toBeGreaterThan(0.4)
    expect(incident.confidence).toBeLessThan(1)
    expect(incident.curve.length).toBeGreaterThan(5)
    const sentence = describeAnomaly(incident.type, incident.appliance, incident.details)
    expect(sentence).toMatch(/\d.*\.$/)
    expect(sentence).not.toMatch(/undefined|NaN/)
  })

  it.each<[string, (history: ReturnType<typeof usual>, size: number) => void]>([
    ['meter_gap', (history, size) => (history.hours = history.hours.filter((hour) => !recent(history, 3 + 3 * size, 3).includes(hour)))],
    ['meter_stuck', (history, size) => recent(history, 4 + 3 * size, 4).forEach((hour) => Object.assign(hour, { minWatts: 400, maxWatts: 400 }))],
    ['meter_impossible', (history, size) => recent(history, 9, 8).forEach((hour) => (hour.maxWatts = 60_000 * size))],
    ['voltage_low', (history, size) => history.quality.slice(-size).forEach((bin) => Object.assign(bin, { voltage: 188 }))],
    ['frequency_deviation', (history, size) => history.quality.slice(-size).forEach((bin) => Object.assign(bin, { frequency: 46 }))],
  ])('is the surer of %s the more there is of it', (type, change) => {
    const sureness = [1, 2, 3].map((size) => {
      const history = usual()
      change(history, size)
      return detectIncidents(history).find((incident) => incident.type === type)?.confidence ?? Number.NaN
    })
    expect(sureness).toEqual(sureness.toSorted((a, b) => a - b))
    expect(new Set(sureness).size).toBe(3)
  })

  it('needs to be the stronger the more often it was a false alarm', () => {
    const history = usual()
    recent(history, 80).forEach((hour) => (hour.minWatts += 70))
    const [incident] = detectIncidents(history)
    const dismissals = new Map([[incidentKind(incident!), 6]])
    expect(detectIncidents(history, dismissals)).toEqual([])
    recent(history, 80).forEach((hour) => (hour.minWatts += 300))
    expect(detectIncidents(history, dismissals)).toHaveLength(1)
  })

  it('stays the same incident from one look to the next', () => {
    const history = usual()
    recent(history, 10, 4).forEach((hour) => (hour.energyWh += 2_500))
    const [first] = detectIncidents({ ...history, nowSeconds: NOW - 3 * HOUR_SECONDS })
    const [second] = detectIncidents(history)
    expect(isSameIncident(first!, second!)).toBe(true)
    expect(isSameIncident(first!, { ...second!, startSeconds: second!.startSeconds + 20 * DAY_SECONDS })).toBe(false)
  })
})
