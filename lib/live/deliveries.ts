/** Age at which an unacknowledged entry that this process knows nothing of counts as stray. */
export const STRAY_AFTER_MILLISECONDS = 5_000

/**
 * What this store has handed to its caller and not seen acknowledged. By it a store recognises stray entries: delivered,
 * yet in nobody's hands, because the connection broke with the reply on its way, or because a worker that had just lost
 * the shard still had a read waiting. No claim is due then, and without a search they would wait for the next one.
 */
export class Deliveries {
  private readonly byShard = new Map<number, Set<string>>()
  private readonly searchedAt = new Map<number, number>()

  constructor(private readonly strayAfterMilliseconds: number) {}

  add(shard: number, ids: Iterable<string>): void {
    const known = this.of(shard)
    for (const id of ids) known.add(id)
  }

  remove(shard: number, ids: Iterable<string>): void {
    const known = this.of(shard)
    for (const id of ids) known.delete(id)
  }

  /** After a claim, what it returned is all there is. */
  replace(shard: number, ids: Iterable<string>): void {
    this.byShard.set(shard, new Set(ids))
  }

  of(shard: number): Set<string> {
    let known = this.byShard.get(shard)
    if (!known) this.byShard.set(shard, (known = new Set()))
    return known
  }

  /** The shards to search for strays now; each comes up once in a while. */
  dueForSearch(shards: readonly number[]): number[] {
    const now = performance.now()
    const before = now - this.strayAfterMilliseconds
    const due = shards.filter((shard) => (this.searchedAt.get(shard) ?? Number.NEGATIVE_INFINITY) <= before)
    for (const shard of due) this.searchedAt.set(shard, now)
    return due
  }
}
