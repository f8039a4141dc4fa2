import { describe, expect, it } from 'vitest'
import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { LiveStore } from '@/lib/live/live-store'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { defaultStartSeconds } from '@/workers/producer/start-time'

const NOW = 1_800_000_000.6

function storeWith(
  latest: { timestamp: number; simulated: boolean } | null,
  lastSampleSeconds = 0,
): Pick<LiveStore, 'latest' | 'status'> {
  return {
    latest: async () => latest as PredictionMessage | null,
    status: async () => ({ last_sample_time: lastSampleSeconds }) as BufferStatus,
  }
}

describe('a simulation without a start of its own', () => {
  it('begins now for a new building, and where the store cannot tell', async () => {
    expect(await defaultStartSeconds(storeWith(null), 'b', 1, NOW)).toBe(1_800_000_000)
    const away = { latest: () => Promise.reject(new Error('away')), status: () => Promise.reject(new Error('away')) }
    expect(await defaultStartSeconds(away, 'b', 1, NOW)).toBe(1_800_000_000)
  })

  it('goes on right after the last simulated reading when that is minutes old', async () => {
    expect(await defaultStartSeconds(storeWith({ timestamp: NOW - 300.6, simulated: true }), 'b', 1, NOW)).toBe(1_799_999_701)
    expect(await defaultStartSeconds(storeWith({ timestamp: NOW - 300.6, simulated: true }, NOW - 240.6), 'b', 1, NOW)).toBe(
      1_799_999_761,
    )
  })

  it('does not make up for a long absence, nor for a real meter', async () => {
    expect(await defaultStartSeconds(storeWith({ timestamp: NOW - 3600, simulated: true }), 'b', 1, NOW)).toBe(1_800_000_000)
    expect(await defaultStartSeconds(storeWith({ timestamp: NOW - 60, simulated: false }), 'b', 1, NOW)).toBe(1_800_000_000)
  })

  it('begins a day ago when it runs faster than real time', async () => {
    expect(await defaultStartSeconds(storeWith(null), 'b', 60, NOW)).toBe(1_800_000_000 - 86_400)
  })
})
