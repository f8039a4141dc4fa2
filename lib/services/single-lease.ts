import { acquireLeases, releaseLeases } from '@/lib/data/leases'
import type { Logger } from '@/lib/infra/logger'

const LEASE_SECONDS = 6
const RENEW_EVERY_MILLISECONDS = 1_500

export interface SingleLease {
  /** Whether the work is ours right now; null while the database that knows it cannot be reached. */
  isHolder(): boolean | null
  close(): Promise<void>
}

/** Competes for one named piece of work that exactly one process should do; others take over when it dies. */
export function keepLease(name: string, owner: string, log: Logger): SingleLease {
  let heldUntil = 0
  let answeredAt = 0
  let running: Promise<void> = Promise.resolve()
  const renew = async () => {
    const askedAt = Date.now()
    const held = (await acquireLeases([name], owner, LEASE_SECONDS)).has(name)
    heldUntil = held ? askedAt + LEASE_SECONDS * 1000 : 0
    answeredAt = Date.now()
  }
  const tick = () => {
    running = running.then(renew).catch((err: unknown) => log.warn({ err, name }, 'a lease could not be renewed, trying again'))
  }
  tick()
  const timer = setInterval(tick, RENEW_EVERY_MILLISECONDS)
  return {
    isHolder() {
      if (Date.now() < heldUntil) return true
      // A database that hangs does not say so for a long time; what it last said counts no longer than a lease.
      return Date.now() - answeredAt < LEASE_SECONDS * 1000 ? false : null
    },
    async close() {
      clearInterval(timer)
      await running
      heldUntil = 0
      await releaseLeases([name], owner)
    },
  }
}
