import { describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { BuildingSession } from './building-session'
import { applyHeads, type HeadPeriod, type HomeHead } from './home-head'
import type { OrderedReading, SecondEstimate } from './session-types'
import { SlowFeed } from './slow-feed'
import { HORIZONS, OUTPUT_CHANNELS, OUTPUT_KINDS, outputChannel, type HorizonName, type SecondNetwork } from './stream-network'
import { constant, NOON, readingsOf } from './testing/recordings'
import { levelOf, STEP_LEVELS, stepModel } from './testing/step-network'

const KETTLE = APPLIANCES.indexOf('ElectricKettle')
/** The shared model takes whatever draws a kilowatt for the kettle. */
const model = stepModel({ ElectricKettle: { fromWatts: 1000, onPowerWatts: 1900 } })
const powers = [...constant(100, 200), ...constant(1200, 120), ...constant(100, 200), ...constant(2000, 120), ...constant(100, 400)]
const readings = readingsOf(powers)

function weights(level: number, change: number, offset = 0) {
  const fast = new Array<number>(2 * STEP_LEVELS).fill(0)
  fast[offset + level] = change
  return { fast, slow: [], bias: 0 }
}

/** In this home what draws 1.2 kW is no kettle. */
const notAt1200Watts: HomeHead = {
  id: 'head_1',
  appliance: 'ElectricKettle',
  provisional: weights(levelOf(1200), -12),
  final: weights(levelOf(1200), -12, STEP_LEVELS),
  powerFactor: 1,
}
const nothing: HomeHead = { ...notAt1200Watts, provisional: weights(0, 0), final: weights(0, 0) }

const onSeconds = (estimates: readonly SecondEstimate[]) =>
  estimates.filter((second) => second.appliances[KETTLE]!.isOn).map((second) => second.timestampSeconds - NOON)

async function run(session: BuildingSession, given: readonly OrderedReading[], size = given.length) {
  const result = { provisional: [] as SecondEstimate[], final: [] as SecondEstimate[] }
  for (let start = 0; start < given.length; start += size) {
    const pushed = await session.push(given.slice(start, start + size))
    result.provisional.push(...pushed.provisional)
    result.final.push(...pushed.final)
  }
  return result
}

async function opened(heads: Parameters<BuildingSession['open']>[2]) {
  const session = new BuildingSession(model)
  await session.open(undefined, [], heads)
  return session
}

describe('a head of the home', { timeout: 60_000 }, () => {
  it('that changes nothing gives the shared model exactly', async () => {
    const shared = await run(new BuildingSession(model), readings)
    const own = await run(await opened([{ head: nothing, fromSeconds: 0, untilSeconds: null }]), readings)
    expect(own).toEqual(shared)
  })

  it('takes away what the home says is no kettle, and leaves the kettle', async () => {
    const own = await run(await opened([{ head: notAt1200Watts, fromSeconds: 0, untilSeconds: null }]), readings)
    expect(onSeconds(own.final)).toEqual(Array.from({ length: 120 }, (_, i) => 521 + i))
    expect(onSeconds(own.provisional)[0]).toBe(521)
  })

  it.each([1, 7, 100])('holds from its second on, however the stream is cut (%i readings at a time)', async (size) => {
    const from = 260
    const live = new BuildingSession(model)
    const before = await run(live, readings.slice(0, from - 1), size)
    expect(live.setHeads([notAt1200Watts])).toBe(NOON + from)
    const after = await run(live, readings.slice(from - 1), size)
    const replayed = await run(await opened([{ head: notAt1200Watts, fromSeconds: NOON + from, untilSeconds: null }]), readings)
    expect([...before.provisional, ...after.provisional]).toEqual(replayed.provisional)
    expect([...before.final, ...after.final]).toEqual(replayed.final)
    expect(onSeconds(replayed.provisional)).toContain(from - 1)
    expect(onSeconds(replayed.provisional)).not.toContain(from + 20)
  })

  it('is the same after a restart from a checkpoint, whether it began before or after', async () => {
    for (const from of [220, 400]) {
      const heads = [{ head: notAt1200Watts, fromSeconds: NOON + from, untilSeconds: null }]
      const whole = await opened(heads)
      await run(whole, readings.slice(0, 300))
      const checkpoint = JSON.parse(JSON.stringify(whole.checkpoint()))
      const expected = await run(whole, readings.slice(300))
      const restored = new BuildingSession(model)
      await restored.open(checkpoint, readings.slice(0, 300), heads)
      expect(await run(restored, readings.slice(300))).toEqual(expected)
    }
  })

  it('that is taken back leaves the shared model exactly, from then on', async () => {
    const session = await opened([{ head: notAt1200Watts, fromSeconds: 0, untilSeconds: null }])
    await run(session, readings.slice(0, 400))
    const from = session.setHeads([])
    const back = await run(session, readings.slice(400))
    const shared = await run(new BuildingSession(model), readings)
    expect(from).toBe(NOON + 401)
    expect(back.provisional).toEqual(shared.provisional.filter((second) => second.timestampSeconds >= from))
  })

  it('scales the power of its appliance', async () => {
    const factor: HomeHead = { ...nothing, powerFactor: 0.5 }
    const own = await run(await opened([{ head: factor, fromSeconds: 0, untilSeconds: null }]), readings)
    const shared = await run(new BuildingSession(model), readings)
    const watts = (estimates: readonly SecondEstimate[]) => estimates.map((second) => second.appliances[KETTLE]!.powerWatts)
    expect(Math.max(...watts(own.final))).toBeCloseTo(Math.max(...watts(shared.final)) / 2, 6)
  })
})

describe('the seconds that a head changes', () => {
  const gridSecond = (offset: number) =>
    ({ timestampSeconds: NOON + offset, powerWatts: 2000, coveredSeconds: 1, intervalSeconds: 1 })
  const seconds = Array.from({ length: 240 }, (_, i) => gridSecond(i + 1))
  const always = { fast: [], slow: [], bias: 1 }
  const head: HomeHead = { ...nothing, provisional: always, final: always }

  /** Seconds from NOON on of which a horizon's logit is another with the head than without it. */
  function changed(horizon: HorizonName, slow: SlowFeed | null, period: Omit<HeadPeriod, 'head'>): number[] {
    const output = new Float32Array(OUTPUT_CHANNELS * seconds.length)
    applyHeads(output, seconds, null, slow, [{ head, ...period }])
    const row = outputChannel(HORIZONS[horizon], OUTPUT_KINDS.logit, KETTLE) * seconds.length
    return seconds.map((_, i) => i).filter((i) => output[row + i] !== 0).map((i) => i + 1)
  }

  const fromTo = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)

  it('begin with its first one and end before the one that it is taken back at', () => {
    const period = { fromSeconds: NOON + 20, untilSeconds: NOON + 100 }
    expect(changed('provisional', null, period)).toEqual(fromTo(20, 99))
    expect(changed('final', null, period)).toEqual(fromTo(20, 99))
  })

  it("are those whose answer of the slow network is from the head's own time", async () => {
    const blocks: SecondNetwork = {
      hiddenChannels: 1,
      run: async (_, count) => ({ output: new Float32Array(OUTPUT_CHANNELS * count), hidden: new Float32Array(count) }),
      release: () => {},
      close: async () => {},
    }
    const slow = new SlowFeed(blocks, 1, 60)
    await slow.advance(seconds, () => true)
    const period = { fromSeconds: NOON + 100, untilSeconds: null }
    // The first block to end in that time ends with second 120, and is the last word on the one before, from second 61 on.
    expect(changed('provisional', slow, period)).toEqual(fromTo(120, 240))
    expect(changed('final', slow, period)).toEqual(fromTo(121, 240))
  })
})
