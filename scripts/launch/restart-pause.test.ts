import { expect, it } from 'vitest'
import { restartPauseMilliseconds } from './restart-pause'

it('doubles the pause while a process keeps dying soon after its start, up to half a minute', () => {
  let quickDeaths = 0
  const pauses = Array.from({ length: 7 }, () => {
    const next = restartPauseMilliseconds(100, quickDeaths)
    quickDeaths = next.quickDeaths
    return next.pauseMilliseconds
  })
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
})

it('starts again with a short pause when the process had run for long', () => {
  expect(restartPauseMilliseconds(3_600_000, 6)).toEqual({ pauseMilliseconds: 1_000, quickDeaths: 1 })
})
