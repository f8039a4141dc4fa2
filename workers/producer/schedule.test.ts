import { describe, expect, it } from 'vitest'
import { MADE_UP_SECONDS, Schedule } from '@/workers/producer/schedule'

const WALL = 1_800_000_000

describe('the schedule', () => {
  it('sends a live reading at its own second, however long it runs', () => {
    const schedule = new Schedule({ startSeconds: WALL, wallStartSeconds: WALL, speed: 1, followsWallClock: true })
    for (const later of [0, 1, 86_400, 30 * 86_400]) expect(schedule.dueSeconds(WALL + later)).toBe(WALL + later)
  })

  it('runs through the past at its speed and goes on at speed 1 when it reaches the present', () => {
    const schedule = new Schedule({ startSeconds: WALL - 590, wallStartSeconds: WALL, speed: 60, followsWallClock: true })
    expect(schedule.dueSeconds(WALL - 590 + 60)).toBe(WALL + 1)
    expect(schedule.dueSeconds(WALL + 10)).toBe(WALL + 10)
    expect(schedule.dueSeconds(WALL + 100)).toBe(WALL + 100)
  })

  it('scales the timing of a recording, whatever its timestamps', () => {
    const schedule = new Schedule({ startSeconds: 1_000_000, wallStartSeconds: WALL, speed: 10, followsWallClock: false })
    expect(schedule.dueSeconds(1_000_000)).toBe(WALL)
    expect(schedule.dueSeconds(1_000_045)).toBe(WALL + 4.5)
  })

  it('makes up for a short stall completely and for the last ten minutes of a long one', () => {
    const schedule = new Schedule({ startSeconds: WALL, wallStartSeconds: WALL, speed: 1, followsWallClock: true })
    expect(schedule.resumeSeconds(WALL + 50, WALL + 50 + 599)).toBe(WALL + 50)
    expect(schedule.resumeSeconds(WALL + 50, WALL + 5000)).toBe(WALL + 5000 - MADE_UP_SECONDS)
  })

  it('leaves nothing out of history or of a recording', () => {
    const history = new Schedule({ startSeconds: WALL - 86_400, wallStartSeconds: WALL, speed: 60, followsWallClock: true })
    expect(history.resumeSeconds(WALL - 80_000, WALL + 4000)).toBe(WALL - 80_000)
    const recording = new Schedule({ startSeconds: 1_000_000, wallStartSeconds: WALL, speed: 1, followsWallClock: false })
    expect(recording.resumeSeconds(1_000_010, WALL + 50_000)).toBe(1_000_010)
  })
})
