import { isBuildingId } from '@/lib/contracts/building-id'

export interface IngestCounts {
  accepted: number
  /** Accepted, but something in the message had to be repaired or left out. */
  repaired: number
  rejected: number
  /** Why the newest one was rejected or repaired. */
  lastReason: string | null
}

const NONE: Readonly<IngestCounts> = { accepted: 0, repaired: 0, rejected: 0, lastReason: null }

/** Anybody who can publish can make up ids; their counts must not fill the memory. */
const MAX_BUILDINGS = 10_000
export const OTHER_BUILDINGS = '(others)'

/** Messages of each building; those of buildings beyond the first 10,000, and under impossible ids, are counted together. */
export class BuildingCounts {
  private readonly counts = new Map<string, IngestCounts>()

  get byBuilding(): ReadonlyMap<string, Readonly<IngestCounts>> {
    return this.counts
  }

  of(buildingId: string): Readonly<IngestCounts> {
    return this.counts.get(buildingId) ?? NONE
  }

  accept(buildingId: string, notes: readonly string[]): void {
    const counts = this.entry(buildingId)
    counts.accepted++
    if (notes.length === 0) return
    counts.repaired++
    counts.lastReason = notes.join(' ')
  }

  /** @returns how many of this building have been rejected by now */
  reject(buildingId: string, reason: string): number {
    const counts = this.entry(buildingId)
    counts.lastReason = reason
    return ++counts.rejected
  }

  private entry(buildingId: string): IngestCounts {
    const known = this.counts.get(buildingId)
    if (known) return known
    const isOther = this.counts.size >= MAX_BUILDINGS || !isBuildingId(buildingId)
    if (isOther && buildingId !== OTHER_BUILDINGS) return this.entry(OTHER_BUILDINGS)
    const counts = { ...NONE }
    this.counts.set(buildingId, counts)
    return counts
  }
}
