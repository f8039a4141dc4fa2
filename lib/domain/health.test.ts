import { describe, expect, it } from 'vitest'
import { overallState, workerHealth, type PartHealth } from './health'

const ok: PartHealth = { state: 'ok' }
const down: PartHealth = { state: 'down' }

describe('the health of the worker', () => {
  it('is down when none has announced itself, however little waits', () => {
    expect(workerHealth({ liveWorkers: 0, unacknowledgedSamples: 0, buildings: 3 }).state).toBe('down')
  })

  it('is degraded when more than a minute of readings per building waits', () => {
    expect(workerHealth({ liveWorkers: 1, unacknowledgedSamples: 180, buildings: 3 }).state).toBe('ok')
    expect(workerHealth({ liveWorkers: 1, unacknowledgedSamples: 181, buildings: 3 }).state).toBe('degraded')
  })
})

describe('the health of the whole', () => {
  it('is down only when something essential is down', () => {
    expect(overallState({ essential: [ok, down], others: [ok] })).toBe('down')
    expect(overallState({ essential: [ok, ok], others: [down] })).toBe('degraded')
    expect(overallState({ essential: [ok, { state: 'degraded' }], others: [] })).toBe('degraded')
    expect(overallState({ essential: [ok, ok], others: [ok] })).toBe('ok')
  })
})
