import { describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { LiveBuilding, LiveEvent, LiveSnapshot, Today } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { newestReadingSeconds } from './freshness'
import { initialLiveState, liveReducer, needsSnapshot, readLiveEvent, type LiveState } from './live-state'

const BUILDING = 'building_live_state'
const START = 1_768_000_000

function prediction(timestamp: number, watts: Partial<Record<Appliance, number>> = {}): PredictionMessage {
  const sum = Object.values(watts).reduce((total, value) => total + value, 0)
  return {
    building_id: BUILDING, timestamp, window_start: timestamp - 1536, window_end: timestamp,
    total_power: sum + 100, other_watts: 100, inference_time_ms: 1, model_version: 'a', ready: true, simulated: false,
    predictions: APPLIANCES.map((appliance) => ({
      appliance, power_watts: watts[appliance] ?? 0, probability: 0.9, is_on: appliance in watts, confidence: 0.8,
      available: true, experimental: false,
    })),
  }
}
function today(onSince: Partial<Record<Appliance, number>> = {}): Today {
  return {
    startTimestamp: START - 3600, meterEnergyKwh: 1, otherEnergyKwh: 0.1, cost: 0.3, coverage: 1, binSeconds: 300, bins: [],
    appliances: APPLIANCES.map((appliance) => (
      { appliance, energyKwh: 0.1, cost: 0.03, onSinceTimestamp: onSince[appliance] ?? null })),
  }
}
function snapshot(building: Partial<LiveBuilding> = {}): LiveSnapshot {
  return {
    siteId: 'site', siteName: 'Home', timeZone: 'UTC', currency: 'EUR', pricePerKwh: 0.3, serverTimestamp: START,
    buildings: [{
      buildingId: BUILDING, name: 'House', simulated: false, status: null, latest: prediction(START, { Freezer: 80 }),
      window: [], today: today({ Freezer: START - 600 }), ...building,
    }],
  }
}
const receive = (state: LiveState, ...events: LiveEvent[]) =>
  events.reduce((current, event) => liveReducer(current, { type: 'event', event, receivedAtSeconds: START }), state)
const predicted = (timestamp: number, watts?: Partial<Record<Appliance, number>>): LiveEvent =>
  ({ type: 'prediction', payload: prediction(timestamp, watts) })
const onSince = (state: LiveState, appliance: Appliance) => state.buildings[0]!.onSinceSeconds[APPLIANCES.indexOf(appliance)]

describe('the sliding window', () => {
  it('grows by every prediction and forgets what is older than the window', () => {
    let state = initialLiveState(snapshot())
    for (let second = 1; second <= 1600; second += 1) state = receive(state, predicted(START + second, { Freezer: 80 }))
    const { window } = state.buildings[0]!
    expect(window).toHaveLength(1536)
    expect(window.at(-1)?.slice(0, 2)).toEqual([START + 1600, 180])
  })

  it('holds one point a second when a prediction is repeated, and ignores late ones', () => {
    const repeated = receive(initialLiveState(snapshot()), predicted(START + 1), predicted(START + 1, { Dryer: 900 }))
    const state = receive(repeated, predicted(START - 5))
    expect(state.buildings[0]!.window.map((point) => [point[0], point[1]])).toEqual([[START + 1, 1000]])
    expect(state.buildings[0]!.latest?.timestamp).toBe(START + 1)
  })

  it('follows a clock that was set back, and forgets the future it had shown', () => {
    const ahead = START + 7 * 3600
    const before = receive(initialLiveState(snapshot()), predicted(START + 1), predicted(ahead, { Dryer: 900 }))
    const status = { meter_interval_seconds: 1, last_sample_time: ahead } as BufferStatus
    const told = receive(before, { type: 'telemetry_update', payload: { buildingId: BUILDING, status } })
    expect(needsSnapshot(told, predicted(START + 2))).toBe(true)
    const state = receive(told, predicted(START + 2, { Dryer: 800 }), predicted(START + 3, { Dryer: 700 }))
    const building = state.buildings[0]!
    expect(building.latest?.timestamp).toBe(START + 3)
    expect(building.window.map((point) => point[0])).toEqual([START + 2, START + 3])
    expect(newestReadingSeconds(building)).toBe(START + 3)
    expect(onSince(state, 'Dryer')).toBeNull()
    expect(needsSnapshot(state, predicted(START + 4))).toBe(false)
  })

  it('keeps what it has of the time before, when the clock is set back by less', () => {
    const before = receive(initialLiveState(snapshot()), ...[1, 2, 3, 20, 21].map((second) => predicted(START + second)))
    const state = receive(before, predicted(START + 4))
    expect(state.buildings[0]!.window.map((point) => (point[0] ?? 0) - START)).toEqual([1, 2, 3, 4])
  })

  it('notes when it heard of a newer reading, by the server\'s clock, whatever the meter\'s says', () => {
    const state = initialLiveState(snapshot())
    const later = liveReducer(state, { type: 'event', event: predicted(START + 5000), receivedAtSeconds: START + 50 })
    expect(later.buildings[0]!.heardAtSeconds).toBe(START + 50)
    const repeated = liveReducer(later, { type: 'event', event: predicted(START + 5000), receivedAtSeconds: START + 60 })
    expect(repeated.buildings[0]!.heardAtSeconds).toBe(START + 50)
  })

  it('is replaced by the next snapshot, so that a broken connection leaves no hole', () => {
    const before = receive(initialLiveState(snapshot()), predicted(START + 1))
    const window = [1, 2, 3].map((second) => [START + second, 100, ...APPLIANCES.map(() => 0), 100])
    const state = receive(before, { type: 'snapshot', payload: snapshot({ window }) })
    expect(state.buildings[0]!.window).toEqual(window)
  })
})

describe('"on since"', () => {
  it('is what the record says when the page opens', () => {
    expect(onSince(initialLiveState(snapshot()), 'Freezer')).toBe(START - 600)
  })

  it('is the moment of a change seen live, not that of an older run on record', () => {
    const off = receive(initialLiveState(snapshot()), predicted(START + 1))
    const state = receive(off, predicted(START + 9, { Freezer: 80 }), predicted(START + 10, { Freezer: 80 }))
    expect(onSince(state, 'Freezer')).toBe(START + 9)
  })

  it('ends with the run', () => {
    expect(onSince(receive(initialLiveState(snapshot()), predicted(START + 1)), 'Freezer')).toBeNull()
  })

  it('is unknown, not invented, when neither record nor page saw the start', () => {
    const state = receive(initialLiveState(snapshot({ today: today() })), predicted(START + 1, { Freezer: 80 }))
    expect(onSince(state, 'Freezer')).toBeNull()
  })

  it('takes the record over what this page guessed as soon as it comes', () => {
    const seen = receive(initialLiveState(snapshot()), predicted(START + 9, { Dryer: 900 }))
    const event: LiveEvent = { type: 'today', payload: { buildingId: BUILDING, today: today({ Dryer: START + 7 }) } }
    expect(onSince(seen, 'Dryer')).toBe(START + 9)
    expect(onSince(receive(seen, event), 'Dryer')).toBe(START + 7)
  })
})

describe('what comes over the socket', () => {
  it('may be of a kind this page does not know, or no message at all', () => {
    expect(readLiveEvent('{"type":"new_alert","payload":{}}')).toBeNull()
    expect(readLiveEvent('not json')).toBeNull()
    expect(readLiveEvent('null')).toBeNull()
    expect(readLiveEvent('{"type":"prediction"}')).toBeNull()
    expect(readLiveEvent('{"type":"heartbeat","payload":{"serverTimestamp":5}}')?.type).toBe('heartbeat')
  })

  it('about an unknown building asks for a snapshot and changes nothing', () => {
    const state = initialLiveState({ ...snapshot(), buildings: [] })
    expect(needsSnapshot(state, predicted(START + 1))).toBe(true)
    expect(receive(state, predicted(START + 1))).toBe(state)
    expect(needsSnapshot(initialLiveState(snapshot()), predicted(START + 1))).toBe(false)
  })

  it('that leaves a hole behind it asks for a snapshot, which has the seconds in between', () => {
    const state = receive(initialLiveState(snapshot()), predicted(START + 1))
    expect(needsSnapshot(state, predicted(START + 3))).toBe(false)
    expect(needsSnapshot(state, predicted(START + 61))).toBe(true)
  })

  it('sets the clock only when it is clearly off', () => {
    const state = initialLiveState(snapshot())
    const heartbeat = (serverTimestamp: number): LiveEvent => ({ type: 'heartbeat', payload: { serverTimestamp } })
    expect(receive(state, heartbeat(START + 1))).toBe(state)
    expect(receive(state, heartbeat(START + 500)).clockOffsetSeconds).toBe(500)
  })
})
