/** Deterministic randomness: streams for planning (Random) and noise that is a pure function of time (the others). */

const GOLDEN = 0x9e3779b9

/** Mixes two 32-bit integers into one (murmur3 finaliser). Cheap enough for every simulated second. */
export function hash32(seed: number, index: number): number {
  let h = (seed ^ Math.imul(index | 0, 0x85ebca6b)) + GOLDEN
  h ^= h >>> 16
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** FNV-1a of a text, for stream names and building ids. */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** The seed of the simulated home behind a building id: every process that simulates the building must agree on it. */
export function seedOfBuilding(buildingId: string): number {
  return hashText(buildingId)
}

/** A seed for a named purpose that does not correlate with the seed's other purposes. */
export function streamSeed(seed: number, name: string): number {
  return hash32(seed, hashText(name))
}

/** Uniform in [0, 1), a function of its arguments only. */
export function hashUnit(seed: number, index: number): number {
  return hash32(seed, index) / 4294967296
}

/** About normal (sum of four bytes), mean 0, deviation 1, bounded to about ±3.5. */
export function hashNormal(seed: number, index: number): number {
  const h = hash32(seed, index)
  return ((h & 255) + ((h >>> 8) & 255) + ((h >>> 16) & 255) + (h >>> 24) - 510) / 147.8
}

/** Smooth noise in -1..1 that wanders over about `periodSeconds`, evaluable at any time without history. */
export function smoothNoise(seed: number, timeSeconds: number, periodSeconds: number): number {
  const position = timeSeconds / periodSeconds
  const cell = Math.floor(position)
  const x = position - cell
  const left = hash32(seed, cell) / 2147483648 - 1
  const right = hash32(seed, cell + 1) / 2147483648 - 1
  return left + (right - left) * x * x * (3 - 2 * x)
}

/** A sequence of random draws (mulberry32); the same seed and index give the same sequence. */
export class Random {
  private state: number

  constructor(seed: number, index = 0) {
    this.state = hash32(seed, index)
  }

  /** Uniform in [0, 1). */
  unit(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let h = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    h = (h + Math.imul(h ^ (h >>> 7), 61 | h)) ^ h
    return ((h ^ (h >>> 14)) >>> 0) / 4294967296
  }

  /** A 32-bit seed for noise inside one run. */
  seed(): number {
    return (this.unit() * 4294967296) >>> 0
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** Integer in [low, high]. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1))
  }

  /** Normal, cut at ±2.5 deviations so that habits have no absurd outliers. */
  around(mean: number, deviation: number): number {
    const normal = this.unit() + this.unit() + this.unit() + this.unit() - 2
    return mean + deviation * Math.max(-2.5, Math.min(2.5, normal * 1.7320508))
  }

  chance(probability: number): boolean {
    return this.unit() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.unit() * items.length)]
    if (item === undefined) throw new Error('Cannot pick from nothing.')
    return item
  }
}
