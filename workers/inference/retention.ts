import { deleteSeriesOfRemoved } from '@/lib/data/removed-buildings'
import { deleteOldRaw } from '@/lib/data/retention'
import type { Logger } from '@/lib/infra/logger'

const EVERY_MILLISECONDS = 3_600_000
/** Once soon after the start as well: a worker that is restarted every day would never come to it. */
const FIRST_MILLISECONDS = 60_000

/** Thins old readings out and clears removed buildings once an hour, in whichever worker `isResponsible`. @returns how to stop it */
export function startRetention(days: number, isResponsible: () => boolean, log: Logger): () => void {
  const thin = () => {
    if (!isResponsible()) return
    deleteOldRaw(days).then(
      (deleted) => log.info({ deleted, days }, 'old readings deleted'),
      (err: unknown) => log.warn({ err }, 'old readings could not be deleted, trying again in an hour'),
    )
    deleteSeriesOfRemoved().then(
      (deleted) => deleted > 0 && log.info({ deleted }, 'deleted what was measured in removed buildings'),
      (err: unknown) => log.warn({ err }, 'removed buildings could not be cleared, trying again in an hour'),
    )
  }
  const first = setTimeout(thin, FIRST_MILLISECONDS)
  const timer = setInterval(thin, EVERY_MILLISECONDS)
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}
