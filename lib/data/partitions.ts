import type { PoolClient } from 'pg'

const known = new Set<string>()

/** Makes sure the monthly partitions of these times exist. Times in Unix seconds. */
export async function ensurePartitions(client: PoolClient, timestampsSeconds: Iterable<number>): Promise<void> {
  const missing = new Map<string, number>()
  for (const seconds of timestampsSeconds) {
    const month = new Date(seconds * 1000).toISOString().slice(0, 7)
    if (!known.has(month) && !missing.has(month)) missing.set(month, seconds)
  }
  for (const [month, seconds] of missing) {
    await client.query('SELECT ensure_partitions(to_timestamp($1), to_timestamp($1))', [seconds])
    // Remembered although the transaction may roll back: the caller forgets on failure.
    known.add(month)
  }
}

/** To be called when a transaction that may have created partitions failed. */
export function forgetPartitions(): void {
  known.clear()
}
