import { z } from 'zod'
import { TOOL_ARGUMENTS, TOOL_NAMES, type ToolCall, type ToolName } from '@/lib/contracts/assistant'

const MAX_CALLS = 3
const HORIZONS_HOURS = [6, 12, 24, 48, 72, 168]

/** Calls as a model writes them under the grammar, checked once more by the tools' own schemas. */
export const toolPlanSchema = z.object({
  calls: z
    .array(z.object({ tool: z.enum(TOOL_NAMES as [ToolName, ...ToolName[]]), arguments: z.record(z.string(), z.unknown()) }))
    .max(MAX_CALLS)
    .transform((calls) =>
      calls.flatMap(({ tool, arguments: given }): ToolCall[] => {
        const parsed = TOOL_ARGUMENTS[tool].safeParse(given)
        return parsed.success ? [{ tool, arguments: parsed.data } as ToolCall] : []
      }),
    ),
})

/** The same as a JSON Schema of the kind that node-llama-cpp makes a grammar of: each tool with its own arguments. */
export const toolPlanGrammar = (tools: readonly ToolName[]) => ({
  type: 'object',
  properties: {
    calls: {
      type: 'array',
      maxItems: MAX_CALLS,
      items: {
        oneOf: tools.map((tool) => ({
          type: 'object',
          properties: { tool: { const: tool }, arguments: argumentsOf(tool) },
          required: ['tool', 'arguments'],
          additionalProperties: false,
        })),
      },
    },
  },
  required: ['calls'],
  additionalProperties: false,
})

function argumentsOf(tool: ToolName): object {
  const { properties = {}, required = [] } = z.toJSONSchema(TOOL_ARGUMENTS[tool], { io: 'input', target: 'draft-7' })
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => {
        if (typeof property !== 'object') return [name, { type: 'string' }]
        if (property.enum) return [name, { enum: property.enum }]
        if (property.type === 'integer') return [name, { enum: HORIZONS_HOURS }]
        return [name, { type: 'string', minLength: 1, maxLength: 40 }]
      }),
    ),
    required,
    additionalProperties: false,
  }
}
