import type { DayProblem, MovableRun } from '@/lib/domain/day-plan'

/** Numbers 0..1 that are the same for the same seed (mulberry32, T. Ettinger). */
export function seededNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface MadeUpDay {
  slots: number
  runs: number
  longestRun: number
  hasSolar: boolean
  hasPeak: boolean
  /** Each run may begin anywhere within so many slots of when it did. */
  reach: number
  /** Prices a home pays in all, dearer than what it is paid for feeding in but for a few hours; else anything, also below 0. */
  isUsual?: boolean
}

/** A day that nobody lived: prices that change by the hour, now and then below 0, a base load, and runs. */
export function madeUpDay(seed: number, { slots, runs: count, longestRun, hasSolar, hasPeak, reach, isUsual = false }: MadeUpDay): DayProblem {
  const next = seededNumbers(seed)
  const hourly = Array.from({ length: Math.ceil(slots / 4) }, () => (isUsual ? 0.1 + 0.35 * next() : 0.45 * next() - 0.04))
  const importPrices = Array.from({ length: slots }, (_, slot) => hourly[Math.floor(slot / 4)] ?? 0)
  const credit = isUsual ? 0.12 : 0.08 + 0.1 * next()
  const baseKwh = importPrices.map((_, slot) => {
    const sun = hasSolar ? Math.max(0, Math.sin(((slot - slots / 4) / (slots / 2)) * Math.PI)) : 0
    return 0.05 + 0.1 * next() - 0.9 * sun * next()
  })
  const runs: MovableRun[] = []
  for (let index = 0; index < count; index++) {
    const length = 1 + Math.floor(next() * longestRun)
    const startSlot = Math.floor(next() * (slots - length + 1))
    const candidateSlots = importPrices.flatMap((_, slot) =>
      Math.abs(slot - startSlot) <= reach && slot + length <= slots ? [slot] : [])
    const slotKwh = Array.from({ length }, () => 0.1 + 0.5 * next())
    runs.push({ id: `run_${index}`, startSlot, slotKwh, candidateSlots, previousSlot: null, after: [] })
  }
  const [first, second] = runs.toSorted((a, b) => a.startSlot - b.startSlot)
  const ordered = runs.map((run) => {
    if (run !== second || !first) return run
    return { ...run, after: [{ id: first.id, leastSlots: Math.min(first.slotKwh.length, second.startSlot - first.startSlot) }] }
  })
  const peak = hasPeak ? { aboveKwh: isUsual ? 0.9 : 0.5, costPerKwh: 2 } : null
  return {
    startSeconds: 0,
    importPrices,
    exportPrices: importPrices.map(() => credit),
    baseKwh,
    runs: ordered,
    battery: null,
    peak,
  }
}
