import { setTimeout as sleep } from 'node:timers/promises'
import { deleteOldAlertEvents } from '@/lib/data/alerts/alert-events'
import type { Logger } from '@/lib/infra/logger'
import { deliverDueAlerts } from '@/lib/services/alerts/deliver-alerts'
import { evaluateAllRules } from '@/lib/services/alerts/evaluate-rules'

const EVALUATE_EVERY_MILLISECONDS = 60_000
const POLL_MILLISECONDS = 1_000
const CLEAN_EVERY_MILLISECONDS = 3_600_000
const EVENTS_KEPT_DAYS = 400

export interface AlertsLoopOptions {
  /** Whether the work is ours: one process does it for all. */
  isHolder: () => boolean
  stopped: AbortSignal
  log: Logger
}

/** Looks at the rules every minute and sends what is due, until stopped. A slow receiver keeps no rule from being looked at. */
export async function runAlerts(options: AlertsLoopOptions): Promise<void> {
  const { log, stopped } = options
  await Promise.all([
    repeat(options, EVALUATE_EVERY_MILLISECONDS, () => evaluateAllRules(log)),
    repeat(options, POLL_MILLISECONDS, () => deliverDueAlerts(log, stopped)),
    repeat(options, CLEAN_EVERY_MILLISECONDS, () => deleteOldAlertEvents(EVENTS_KEPT_DAYS)),
  ])
}

async function repeat({ isHolder, stopped, log }: AlertsLoopOptions, everyMilliseconds: number, work: () => Promise<void>) {
  let workedAt = -Infinity
  while (!stopped.aborted) {
    if (isHolder() && Date.now() - workedAt >= everyMilliseconds) {
      workedAt = Date.now()
      await work().catch((err: unknown) => log.warn({ err }, 'alerts are held up, trying again'))
    }
    await sleep(POLL_MILLISECONDS, undefined, { signal: stopped }).catch(() => {})
  }
}
