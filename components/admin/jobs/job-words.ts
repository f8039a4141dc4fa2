import type { Translator } from '@/components/i18n/messages'
import type { Work } from '@/lib/contracts/jobs'

type JobTranslator = Translator<'adminJobs'>

const KINDS = ['import', 'estimate', 'learning', 'forecast', 'anomalies'] as const

/** A kind that is not known here goes by its own name. */
export function jobKindWord(kind: string, t: JobTranslator): string {
  const known = KINDS.find((one) => one === kind)
  return known ? t(`kinds.${known}`) : kind
}

/** What the one who looks at it wants to know first. */
export function jobStateText({ state, isStopping, attempts, mostAttempts }: Work, t: JobTranslator): string {
  const most = String(mostAttempts)
  if (isStopping) return t('stopping')
  if (state === 'queued' && attempts > 0) {
    return t('waitingForAttempt', { attempt: String(Math.min(attempts + 1, mostAttempts)), most })
  }
  if (state === 'running' && attempts > 1) return t('runningAttempt', { attempt: String(attempts), most })
  return t(`states.${state}`)
}

export const mayCancel = ({ state, isStopping }: Work) =>
  !isStopping && (state === 'queued' || state === 'running' || state === 'uploaded')
export const mayRetry = ({ state }: Work) => state === 'failed' || state === 'cancelled'
export const isUnderWay = ({ state }: Work) => state === 'queued' || state === 'running'
