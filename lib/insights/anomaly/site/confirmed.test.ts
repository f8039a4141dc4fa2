import { expect, it } from 'vitest'
import { detectIncidents } from './detect-incidents'
import { DAY_SECONDS, HOUR_SECONDS, type ApplianceRun, type BuildingHistory, type ConfirmedIncident } from './incident'

const NOW = Date.UTC(2026, 1, 20, 12) / 1000
const FROM = NOW - 35 * DAY_SECONDS

/** Five ordinary weeks in which the same went wrong these days ago, the last time now. */
function history(daysAgo: readonly number[], confirmed: readonly ConfirmedIncident[]): BuildingHistory {
  const isWrong = (at: number) => daysAgo.some((ago) => at >= NOW - ago * DAY_SECONDS - 6 * HOUR_SECONDS && at < NOW - ago * DAY_SECONDS)
  const hours = Array.from({ length: 35 * 24 }, (_, index) => {
    const startSeconds = FROM + index * HOUR_SECONDS
    const energyWh = 300 + 80 * Math.sin(index * 1.7) + (isWrong(startSeconds) ? 2_500 : 0)
    return { startSeconds, energyWh, coveredSeconds: 3600, minWatts: 120 + (index % 5), maxWatts: 2_000 + (index % 7) }
  })
  const runs: ApplianceRun[] = Array.from({ length: 35 }, (_, day) => {
    const startedAt = FROM + day * DAY_SECONDS + 19 * HOUR_SECONDS
    return { appliance: 'ElectricKettle', startedAt, endedAt: startedAt + 180 + (day % 3) * 20, energyWh: 90, confidence: 0.9 }
  })
  for (const ago of daysAgo) {
    const startedAt = NOW - ago * DAY_SECONDS - 2 * HOUR_SECONDS
    runs.push({ appliance: 'ElectricKettle', startedAt, endedAt: startedAt + 3_000, energyWh: 1_600, confidence: 0.9 })
  }
  return { buildingId: 'house', timeZone: 'UTC', nowSeconds: NOW, hours, runs: runs.toSorted((a, b) => a.startedAt - b.startedAt), quality: [], confirmed }
}

const during = (type: ConfirmedIncident['type'], appliance: ConfirmedIncident['appliance'], ago: number): ConfirmedIncident =>
  ({ type, appliance, startSeconds: NOW - ago * DAY_SECONDS - 6 * HOUR_SECONDS, endSeconds: NOW - ago * DAY_SECONDS })

it('what somebody called real is not what is usual: the next time it is found again', () => {
  const longRun = during('appliance_long_run', 'ElectricKettle', 10)
  const typesOf = (confirmed: readonly ConfirmedIncident[]) => detectIncidents(history([10, 0], confirmed)).map(({ type }) => type)
  expect(detectIncidents(history([0], [])).map(({ type }) => type)).toContain('appliance_long_run')
  expect(typesOf([])).not.toContain('appliance_long_run')
  expect(typesOf([longRun])).toContain('appliance_long_run')
  expect(typesOf([{ ...longRun, appliance: 'Dishwasher' }])).not.toContain('appliance_long_run')
})

it('nor is what was drawn then', () => {
  const without = (confirmed: readonly ConfirmedIncident[]) => {
    const found = detectIncidents({ ...history([10, 0], confirmed), runs: [] })
    return found.map(({ type }) => type)
  }
  expect(without([])).not.toContain('unusual_consumption')
  expect(without([during('unusual_consumption', null, 10)])).toContain('unusual_consumption')
})
