import { describe, expect, it } from 'vitest'
import { comparedDate, HISTORY_VIEWS, historyPeriod } from './history-view'

const at = (iso: string) => Date.parse(iso) / 1000
const NOW = at('2026-11-21T12:00:00Z')

describe('a period of history', () => {
  it.each([
    ['day', '2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['week', '2026-10-25', '2026-10-18T22:00:00Z', '2026-10-25T23:00:00Z'],
    ['month', '2026-10-31', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
    ['year', '2026-06-15', '2025-12-31T23:00:00Z', '2026-12-31T23:00:00Z'],
  ] as const)('%s of %s is from local midnight to local midnight, whatever the clocks do', (view, date, from, to) => {
    expect(historyPeriod(view, date, 'Europe/Berlin', NOW)).toMatchObject({ fromSeconds: at(from), toSeconds: at(to) })
  })

  it('leads to its neighbours without a gap, and not into the future', () => {
    for (const view of HISTORY_VIEWS) {
      const period = historyPeriod(view, '2025-03-31', 'Europe/Berlin', NOW)
      expect(historyPeriod(view, period.previousDate, 'Europe/Berlin', NOW).toSeconds).toBe(period.fromSeconds)
      expect(historyPeriod(view, period.nextDate!, 'Europe/Berlin', NOW).fromSeconds).toBe(period.toSeconds)
      expect(historyPeriod(view, '2026-11-21', 'Europe/Berlin', NOW).nextDate).toBeNull()
    }
  })

  it('is compared with the one before or the same a year ago, weeks with the same weekdays', () => {
    const month = historyPeriod('month', '2026-03-31', 'UTC', NOW)
    expect([comparedDate(month, 'none'), comparedDate(month, 'before'), comparedDate(month, 'year')]).toEqual([
      null,
      '2026-02-01',
      '2025-03-01',
    ])
    expect(comparedDate(historyPeriod('week', '2026-11-21', 'UTC', NOW), 'year')).toBe('2025-11-17')
  })
})
