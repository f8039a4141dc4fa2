import { readCounters, storeCounters, sumMinutes } from '@/lib/data/energy-counters'
import { advanceCounter, freezeAtSeconds, newCounter, noEnergy, type EnergyCounter, type ShownEnergy } from '@/lib/domain/energy-counter'

/**
 * Brings the counters of these buildings up to what is stored, and keeps them. One that was never told of begins at zero now.
 * @returns what may be shown, by building key
 */
export async function countEnergy(buildingKeys: readonly number[], nowSeconds: number): Promise<Map<number, ShownEnergy>> {
  if (buildingKeys.length === 0) return new Map()
  const known = await readCounters(buildingKeys)
  const spans = buildingKeys.map((key) => {
    const counter = known.get(key) ?? newCounter(nowSeconds)
    return { key, counter, sinceSeconds: counter.frozenUntilSeconds, splitSeconds: freezeAtSeconds(counter, nowSeconds) }
  })
  const sums = await sumMinutes(spans, nowSeconds)
  const counters = new Map<number, EnergyCounter>()
  for (const { key, counter, splitSeconds } of spans) {
    const { before, after } = sums.get(key) ?? { before: noEnergy(), after: noEnergy() }
    counters.set(key, advanceCounter(counter, splitSeconds, before, after))
  }
  // First kept, then told: what was told must not be forgotten.
  await storeCounters(counters)
  return new Map([...counters].map(([key, { shown }]) => [key, shown]))
}
