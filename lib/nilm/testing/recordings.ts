import type { OrderedReading } from '../session-types'

/** 2024-01-25 12:00:00 UTC, a minute's start. */
export const NOON = 1_706_184_000

/** One reading for each power, `intervalSeconds` apart, the first at `fromSeconds + intervalSeconds`. */
export function readingsOf(powers: readonly number[], intervalSeconds = 1, fromSeconds = NOON): OrderedReading[] {
  return powers.map((powerWatts, i) => ({ timestampSeconds: fromSeconds + (i + 1) * intervalSeconds, powerWatts }))
}

export function constant(powerWatts: number, count: number): number[] {
  return new Array<number>(count).fill(powerWatts)
}

/** Reproducible numbers in [0, 1). */
export function randomSequence(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A home of base load, a cycling refrigerator, a kettle and noise; `count` seconds of mains. */
export function householdPowers(count: number, seed = 7): number[] {
  const random = randomSequence(seed)
  return Array.from({ length: count }, (_, t) => {
    const refrigerator = t % 1800 < 700 ? 95 : 0
    const kettle = t % 2400 > 1900 && t % 2400 < 2080 ? 2050 : 0
    const washing = t % 7200 > 3000 && t % 7200 < 5600 ? 250 + 1700 * Number(t % 900 < 350) : 0
    return Math.round(10 * (140 + refrigerator + kettle + washing + 12 * (random() - 0.5))) / 10
  })
}
