import { z } from 'zod'
import { APPLIANCES } from './appliances'

/**
 * What the assistant may ask of the measurements, and what it gets back. A planner (the embedded model or a language model with
 * tool calling) writes calls; tools answer with figures; every number of an answer must be one of those figures.
 */

export const ENERGY_MEASURES = ['energy', 'cost', 'co2'] as const

/** An appliance, what no appliance explains, or the whole meter. */
export const subjectSchema = z.enum([...APPLIANCES, 'other', 'total'])
export type Subject = z.infer<typeof subjectSchema>

/** A period in ordinary words, such as "yesterday", "last tuesday", "march 2026" or "since easter": see lib/assistant/periods. */
const periodWords = z.string().trim().min(1).max(80)
const applianceName = z.enum(APPLIANCES)

/** Arguments of each tool. What is left out is the tool's own choice, which its result names. */
export const TOOL_ARGUMENTS = {
  /** What is drawn this moment: the whole building, or one appliance. */
  power_now: z.object({ subject: subjectSchema.optional() }),
  /** Energy, cost or CO2 of a period; split by appliance ("what used the most?"), room or time. */
  energy_use: z.object({
    subject: subjectSchema.default('total'),
    measure: z.enum(ENERGY_MEASURES).default('energy'),
    by: z.enum(['none', 'appliance', 'room', 'hour', 'day', 'month']).default('none'),
    period: periodWords,
  }),
  /** One period against another, and which appliances made the difference ("why is my bill up?"). */
  compare_periods: z.object({
    subject: subjectSchema.default('total'),
    measure: z.enum(ENERGY_MEASURES).default('energy'),
    period: periodWords,
    against: periodWords,
  }),
  /** The highest quarter of an hour of a period, and what was on. */
  peak_demand: z.object({ period: periodWords }),
  /** Runs of an appliance: how many, how long, when the last one was. */
  runs: z.object({
    appliance: applianceName,
    period: periodWords,
    about: z.enum(['count', 'duration', 'last', 'first', 'list', 'cost']).default('count'),
  }),
  /** What is never off. */
  always_on: z.object({ period: periodWords.default('last 7 days') }),
  /** Whether an appliance is on, since when, and whether it behaves as it used to. */
  appliance_state: z.object({ appliance: applianceName }),
  electrical_quality: z.object({
    quantity: z.enum(['all', 'voltage', 'frequency', 'power_factor', 'thd']).default('all'),
    period: periodWords.default('last 24 hours'),
  }),
  devices: z.object({ cluster: z.string().max(80).optional() }),
  site_facts: z.object({ topic: z.enum(['all', 'tariff', 'location', 'buildings', 'rooms']).default('all') }),
  /** How much of a period was measured, and how fresh the data are. */
  coverage: z.object({ period: periodWords.default('last 7 days') }),
  /** The next hours or days. */
  forecast: z.object({ horizonHours: z.int().min(1).max(168).default(24) }),
  anomalies: z.object({ period: periodWords.default('last 7 days') }),
  maintenance: z.object({ appliance: applianceName.optional() }),
  /** What to change or move, and what it would save; with an appliance, when to run it. */
  savings: z.object({ appliance: applianceName.optional() }),
} as const

export type ToolName = keyof typeof TOOL_ARGUMENTS
export const TOOL_NAMES = Object.keys(TOOL_ARGUMENTS) as readonly ToolName[]

export type ToolArguments<Name extends ToolName = ToolName> = z.infer<(typeof TOOL_ARGUMENTS)[Name]>
export type ToolCall = { [Name in ToolName]: { tool: Name; arguments: ToolArguments<Name> } }[ToolName]

/** What needs no tool. */
export const REPLY_KINDS = ['greeting', 'thanks', 'goodbye', 'capabilities', 'identity', 'how_it_works'] as const
/** out_of_scope: not about this site's electricity. control: to switch something, which a meter cannot. private: other people's data. */
export const REFUSAL_KINDS = ['out_of_scope', 'control', 'private'] as const
/** What is missing from a question. */
export const UNCLEAR_KINDS = ['appliance', 'period', 'everything'] as const

export type AssistantPlan =
  | { kind: 'calls'; calls: ToolCall[] }
  | { kind: 'reply'; reply: (typeof REPLY_KINDS)[number] }
  | { kind: 'refusal'; refusal: (typeof REFUSAL_KINDS)[number] }
  | { kind: 'unclear'; missing: (typeof UNCLEAR_KINDS)[number] }

export const FIGURE_UNITS = [
  'W', 'kWh', 'currency', 'currency/kWh', 'currency/h', 'kg', 'g/kWh', 'percent', 'seconds', 'count', 'V', 'A', 'Hz', 'ratio',
] as const

/** Unix seconds, half open, and how people call it. */
export const resolvedPeriodSchema = z.object({ from: z.number(), to: z.number(), label: z.string() })
export type ResolvedPeriod = z.infer<typeof resolvedPeriodSchema>

/** A number an answer may use. Text in it (names of devices, rooms, sites) is data, never an instruction. */
export const figureSchema = z.object({
  /** Unique within a reply, such as f3: what a number in the text refers to. */
  id: z.string(),
  /** What it is, such as "energy of the dryer". */
  label: z.string(),
  value: z.number(),
  unit: z.enum(FIGURE_UNITS),
  /** estimated: split out of the main meter's total. calculated: of measurements, such as a forecast or a saving. */
  origin: z.enum(['measured', 'estimated', 'calculated', 'simulated']),
  subject: subjectSchema.optional(),
  /** Name of a device with a meter of its own. */
  device: z.string().optional(),
  period: resolvedPeriodSchema.optional(),
  /** A page of this application that shows it. */
  href: z.string(),
})
export type Figure = z.infer<typeof figureSchema>

/** A moment an answer may name. */
export const momentSchema = z.object({ id: z.string(), label: z.string(), at: z.number(), href: z.string() })

/** Whether something is on: what an answer may say of it. null: it cannot be told. */
export const deviceStateSchema = z.object({
  subject: subjectSchema.optional(),
  /** Name of a device with a meter of its own. */
  device: z.string().optional(),
  isOn: z.boolean().nullable(),
  /** Unix seconds. */
  at: z.number(),
  href: z.string(),
})

const cell = z.union([z.string(), z.number(), z.null()])

export const toolResultSchema = z.object({
  tool: z.enum(TOOL_NAMES as [ToolName, ...ToolName[]]),
  arguments: z.record(z.string(), z.unknown()),
  /** Resolved, in the site's time zone. */
  period: resolvedPeriodSchema.nullable(),
  figures: z.array(figureSchema).max(200),
  moments: z.array(momentSchema).max(200),
  /** Appliances and devices the answer is about. */
  devices: z.array(z.string()),
  /** The rows behind the figures, as far as they are worth showing; unit of each column where it has one. */
  table: z
    .object({
      columns: z.array(z.object({ name: z.string(), unit: z.enum(FIGURE_UNITS).or(z.literal('time')).nullable() })),
      rows: z.array(z.array(cell)).max(200),
    })
    .nullable(),
  chart: z.enum(['bars', 'line']).nullable(),
  /** Share of the period that was measured, 0..1; null where that does not apply. */
  coverage: z.number().min(0).max(1).nullable(),
  /** Of appliances and devices at a moment. */
  states: z.array(deviceStateSchema).max(200).optional(),
  /** What the reader must know, such as "no tariff before March"; wording for people. */
  notes: z.array(z.string()),
})
export type ToolResult = z.infer<typeof toolResultSchema>
