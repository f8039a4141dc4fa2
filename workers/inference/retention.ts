import { deleteOldRaw } from '@/lib/data/retention'
import type { Logger } from '@/lib/infra/logger'

const EVERY_MILLISECONDS = 3_600_000

/** Thins old readings out once an hour, in whichever worker `isResponsible`. @returns how to stop it */
export function startRetention(days: number, isResponsible: () => boolean, log: Logger): () => void {
  const timer = setInterval(() => {
    if (!isResponsible()) return
    deleteOldRaw(days).then(
      (deleted) => log.info({ deleted, days }, 'old readings deleted'),
      (err: unknown) => log.warn({ err }, 'old readings could not be deleted, trying again in an hour'),
    )
  }, EVERY_MILLISECONDS)
  return () => clearInterval(timer)
}
