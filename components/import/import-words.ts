import type { Translator } from '@/components/i18n/messages'
import { ROW_PROBLEMS } from '@/lib/contracts/import'
import { readProgressMessage, type ImportJob } from '@/lib/contracts/import-jobs'

type RowProblemName = keyof typeof ROW_PROBLEMS

const NAMES = new Map(Object.entries(ROW_PROBLEMS).map(([name, reason]) => [reason, name as RowProblemName]))

/** Why a row is not stored; a reason that is known no more, of an older report, stays as it was stored. */
export function reasonText(reason: string, t: Translator<'import'>): string {
  const name = NAMES.get(reason as (typeof ROW_PROBLEMS)[RowProblemName])
  return name ? t(`rowProblems.${name}`) : reason
}

/** A job's message: what it is doing. One that is not of an import's progress stays as it came. */
export function progressText(message: string, t: Translator<'import'>): string {
  const progress = readProgressMessage(message)
  return progress ? t(`job.progress.${progress.phase}`, { rows: progress.rows }) : message
}

/** What an import is doing, in words. */
export function jobText({ message, status }: Pick<ImportJob, 'message' | 'status'>, t: Translator<'import'>): string {
  return message === null ? t(`job.statuses.${status}`) : progressText(message, t)
}
