import type { Work, WorkState } from '@/lib/contracts/jobs'

const KINDS: Record<string, string> = {
  import: 'Import',
  estimate: 'Models run over imported readings',
  learning: 'Learning from labels',
}

export const jobKindWord = (kind: string): string => KINDS[kind] ?? kind

export const STATE_WORDS: Record<WorkState, string> = {
  uploaded: 'Not started',
  queued: 'Waiting',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}

/** What the one who looks at it wants to know first. */
export function jobStateText({ state, isStopping, attempts, mostAttempts }: Work): string {
  if (isStopping) return 'Stopping'
  if (state === 'queued' && attempts > 0) return `Waiting for attempt ${Math.min(attempts + 1, mostAttempts)} of ${mostAttempts}`
  if (state === 'running' && attempts > 1) return `Running, attempt ${attempts} of ${mostAttempts}`
  return STATE_WORDS[state]
}

export const mayCancel = ({ state, isStopping }: Work) => !isStopping && (state === 'queued' || state === 'running' || state === 'uploaded')
export const mayRetry = ({ state }: Work) => state === 'failed' || state === 'cancelled'
export const isUnderWay = ({ state }: Work) => state === 'queued' || state === 'running'
