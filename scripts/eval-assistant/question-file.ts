import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { REFUSAL_KINDS, REPLY_KINDS, TOOL_NAMES, type ToolName, UNCLEAR_KINDS } from '@/lib/contracts/assistant'

/**
 * A question with what is right, written by hand. Times are local dates and times of the asked home, half open, never words:
 * `on` a day, `week` by its Monday, `month`, `year`, `from` with `to` (left out: until now), or `last` so much up to now.
 */
const localTime = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/)
const periodShape = {
  on: localTime.optional(),
  week: localTime.optional(),
  month: z.string().regex(/^\d{4}-\d\d$/).optional(),
  year: z.int().optional(),
  from: localTime.optional(),
  to: localTime.optional(),
  last: z.strictObject({
    minutes: z.int().optional(),
    hours: z.int().optional(),
    days: z.int().optional(),
    weeks: z.int().optional(),
    months: z.int().optional(),
    years: z.int().optional(),
  }).optional(),
}
export const periodSchema = z.strictObject(periodShape)
export type WrittenPeriod = z.infer<typeof periodSchema>

const toolName = z.enum(TOOL_NAMES as [ToolName, ...ToolName[]])

/** A look-up that the question asks for. What is left out has the tool's own default. */
const callSchema = z.strictObject({
  tool: toolName,
  of: z.enum([...APPLIANCES, 'other', 'total']).optional(),
  measure: z.enum(['energy', 'cost', 'co2']).optional(),
  by: z.enum(['appliance', 'room', 'hour', 'day', 'month']).optional(),
  about: z.enum(['count', 'duration', 'last', 'first', 'list', 'cost']).optional(),
  quantity: z.enum(['all', 'voltage', 'frequency', 'power_factor', 'thd']).optional(),
  topic: z.enum(['all', 'tariff', 'location', 'buildings', 'rooms']).optional(),
  cluster: z.string().optional(),
  hours: z.int().optional(),
  ...periodShape,
  against: periodSchema.optional(),
})
export type ExpectedCall = z.infer<typeof callSchema>

const anyOf = <const T extends readonly [string, ...string[]]>(kinds: T) => z.array(z.enum(kinds)).min(1).optional()
const outcomeShape = {
  calls: z.array(callSchema).min(1).optional(),
  refuse: anyOf(REFUSAL_KINDS),
  reply: anyOf(REPLY_KINDS),
  unclear: anyOf(UNCLEAR_KINDS),
}
const outcomeSchema = z.strictObject(outcomeShape)
export type ExpectedOutcome = z.infer<typeof outcomeSchema>

const turnSchema = z.strictObject({
  ask: z.string().min(1),
  ...callSchema.partial({ tool: true }).shape,
  ...outcomeShape,
  /** Other readings that are as right. */
  or: z.array(z.strictObject({ ...callSchema.partial({ tool: true }).shape, ...outcomeShape })).optional(),
})
const questionSchema = turnSchema.extend({
  /** What is asked next in the same conversation. */
  next: z.array(turnSchema).optional(),
})

export interface AskedTurn {
  ask: string
  /** Outcomes of which any is right. */
  expect: ExpectedOutcome[]
}

export interface Conversation {
  /** Name of its file. */
  kind: string
  turns: AskedTurn[]
}

type Written = z.infer<typeof turnSchema>

/** Reads every *.jsonl of a folder. @throws Error naming the file and line that is wrong */
export async function readQuestions(folder: string): Promise<Conversation[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).toSorted()
  const read = await Promise.all(
    files.map(async (file) => {
      const lines = (await readFile(path.join(folder, file), 'utf8')).split('\n')
      return lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${file}:${index + 1}`, path.basename(file, '.jsonl'))]))
    }),
  )
  return read.flat()
}

function readLine(line: string, where: string, kind: string): Conversation {
  try {
    const { next = [], ...first } = questionSchema.parse(JSON.parse(line))
    return { kind, turns: [first, ...next].map(toTurn) }
  } catch (error) {
    throw new Error(`${where} is no question: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

function toTurn({ ask, or = [], ...right }: Written): AskedTurn {
  return { ask, expect: [right, ...or].map(toOutcome) }
}

function toOutcome({ calls, refuse, reply, unclear, tool, ...rest }: Omit<Written, 'ask' | 'or'>): ExpectedOutcome {
  if (tool) return { calls: [{ tool, ...rest }] }
  if (!calls && !refuse && !reply && !unclear) throw new Error('it says neither a tool nor what else is right')
  return { calls, refuse, reply, unclear }
}
