import { z } from 'zod'
import { importMappingSchema, importReportSchema } from './import'

/** What an import job is asked to do; stored with the job. */
export const importRequestSchema = z.object({
  /** Where the file lies on the server. */
  file: z.string(),
  /** As it was called where it came from. */
  name: z.string(),
  /** What a person said of how it is read; the rest is guessed. */
  said: importMappingSchema.partial(),
  /** Where rejected rows go. */
  rejectedFile: z.string(),
  /** Whether the file is a copy made for this job, to be deleted after it. */
  isUpload: z.boolean(),
  /** What the copy takes on disk; 0: it was deleted. Uploads of before this was counted have none. */
  bytes: z.number().optional(),
})
export type ImportJobRequest = z.infer<typeof importRequestSchema>

/** Stretches of new readings, in quarters of an hour since 1970, to run the models over. */
export const estimateRequestSchema = z.object({ stretches: z.array(z.tuple([z.number().int(), z.number().int()])) })

/** How far an estimate has come: stretches done, and up to when the one in progress is stored (Unix seconds). */
export const estimateStateSchema = z.object({ done: z.number().int(), reachedSeconds: z.number().nullable() })

/** What came of an import: its report, and the job that runs the models over what was new. */
export const importResultSchema = importReportSchema.extend({ estimateJobId: z.string().nullable() })
export type ImportResult = z.infer<typeof importResultSchema>

/** What an import is at, as its job's message says it: a sentence for logs and the API, which pages say in their own language. */
const PROGRESS = {
  read: [/^([\d,]+) rows read$/, (rows: string) => `${rows} rows read`],
  judging: [/^judging ([\d,]+) rows$/, (rows: string) => `judging ${rows} rows`],
  stored: [/^([\d,]+) rows stored$/, (rows: string) => `${rows} rows stored`],
} as const
export type ImportPhase = keyof typeof PROGRESS

export function progressMessage(phase: ImportPhase, rows: number): string {
  return PROGRESS[phase][1](rows.toLocaleString('en'))
}

/** The other way round; null for any other message. */
export function readProgressMessage(message: string): { phase: ImportPhase; rows: number } | null {
  for (const phase of Object.keys(PROGRESS) as ImportPhase[]) {
    const [, rows] = PROGRESS[phase][0].exec(message) ?? []
    if (rows !== undefined) return { phase, rows: Number(rows.replaceAll(',', '')) }
  }
  return null
}

export const JOB_STATUSES = ['uploaded', 'queued', 'running', 'done', 'failed', 'cancelled'] as const

/** An import as the page sees it. */
export const importJobSchema = z.object({
  id: z.string(),
  buildingId: z.string(),
  name: z.string(),
  status: z.enum(JOB_STATUSES),
  /** 0..1 */
  progress: z.number(),
  /** What it is doing. */
  message: z.string().nullable(),
  error: z.string().nullable(),
  report: importReportSchema.nullable(),
  /** Of the models' run over what was imported; null where there is none. */
  estimate: z.object({ status: z.enum(JOB_STATUSES), progress: z.number(), error: z.string().nullable() }).nullable(),
  /** Unix seconds. */
  createdAt: z.number(),
  finishedAt: z.number().nullable(),
})
export type ImportJob = z.infer<typeof importJobSchema>
