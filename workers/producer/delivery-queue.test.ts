import { describe, expect, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { DeliveryQueue } from '@/workers/producer/delivery-queue'

const reading = (timestampSeconds: number): Sample => ({ buildingId: 'b', timestampSeconds, powerWatts: 1, source: 'simulation' })

describe('the delivery queue', () => {
  it('delivers everything once and in order, also when deliveries fail in between', async () => {
    const taken: number[] = []
    const said: string[] = []
    let calls = 0
    const queue = new DeliveryQueue({
      deliver: async (samples) => {
        calls += 1
        if (calls === 2 || calls === 3) throw new Error('Connection refused.')
        taken.push(...samples.map((sample) => sample.timestampSeconds))
      },
      say: (sentence) => said.push(sentence),
    })
    for (let t = 0; t < 5000; t += 1) await queue.add(reading(t))
    await queue.finish()
    expect(taken).toEqual(Array.from({ length: 5000 }, (_, t) => t))
    expect(queue.delivered).toBe(5000)
    expect(said).toHaveLength(2)
    expect(said[0]).toContain('Connection refused.')
  })

  it('lets whoever adds wait when it is full, instead of growing or losing', async () => {
    let open: () => void = () => {}
    const away = new Promise<void>((resolve) => {
      open = resolve
    })
    const taken: number[] = []
    const queue = new DeliveryQueue({
      deliver: async (samples) => {
        await away
        taken.push(...samples.map((sample) => sample.timestampSeconds))
      },
      say: () => {},
    })
    let added = 0
    const adding = (async () => {
      for (let t = 0; t < 4000; t += 1) {
        await queue.add(reading(t))
        added += 1
      }
    })()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(added).toBe(3600)
    open()
    await adding
    await queue.finish()
    expect(taken).toEqual(Array.from({ length: 4000 }, (_, t) => t))
  })

  it('gives up at the end of its grace and says how much is left', async () => {
    const queue = new DeliveryQueue({ deliver: () => Promise.reject(new Error('away')), say: () => {} })
    for (let t = 0; t < 7; t += 1) await queue.add(reading(t))
    expect(await queue.stop(50)).toBe(7)
  })
})
