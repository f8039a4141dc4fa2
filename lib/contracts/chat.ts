import { z } from 'zod'
import { type AssistantPlan, TOOL_NAMES, type ToolName, toolResultSchema } from './assistant'
import { lineSchema } from './line'
import { placeIdSchema } from './sites'

/** Conversations with the assistant: what clients send, what they get, and what is kept of an answer. Times are ISO 8601. */

export const PROVIDER_NAMES = ['embedded', 'openai', 'anthropic', 'flan-t5', 'llama-cpp'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

export const MAX_QUESTION_CHARACTERS = 2_000
const MAX_TURN_CHARACTERS = 20_000

export const chatIdSchema = z.string().regex(/^[\w-]{1,100}$/, 'Must be the id of a conversation or a message.')

// PostgreSQL stores no NUL; half of a surrogate pair is no text.
const textSchema = (maxLength: number) =>
  z.string().trim().max(maxLength).transform((text) => text.replace(/[\0\p{Surrogate}]/gu, '\uFFFD'))

const questionSchema = textSchema(MAX_QUESTION_CHARACTERS).refine((text) => text.length > 0, 'Ask something.')

const historyTurnSchema = z.object({
  role: z.enum(['user', 'assistant', 'system']),
  content: textSchema(MAX_TURN_CHARACTERS),
})

/**
 * The bodies of three older services in one: `{user_message, conversation_history?}`, `{message, session_id?}` and
 * `{prompt, session_id?, max_tokens?, temperature?}`. Exactly one of the three texts is the question.
 */
export const chatRequestSchema = z
  .object({
    message: questionSchema.optional(),
    user_message: questionSchema.optional(),
    prompt: questionSchema.optional(),
    /** Goes on with a conversation; left out, a new one begins. */
    session_id: chatIdSchema.nullish(),
    /** What was said before, for clients that keep it themselves; used where there is no session_id. */
    conversation_history: z.array(historyTurnSchema).max(200).nullish(),
    /** The most the model may write. */
    max_tokens: z.int().min(1).max(8192).nullish(),
    temperature: z.number().min(0).max(2).nullish(),
    /** The site the question is about; left out, the conversation's, else the caller's first. */
    site_id: placeIdSchema.nullish(),
    /** One of GET /api/chat/models; left out, the configured one. */
    model: z.string().max(200).nullish(),
    /** Takes back this message and all after it, and asks this question in their place: edit, or ask again. */
    replace_from: chatIdSchema.nullish(),
  })
  .superRefine((body, context) => {
    const given = (['message', 'user_message', 'prompt'] as const).filter((name) => body[name] !== undefined)
    if (given.length === 0) context.addIssue({ code: 'custom', path: ['message'], message: 'Required: the question.' })
    if (given.length > 1) {
      context.addIssue({ code: 'custom', path: [given[1]!], message: 'Send the question once, as message, user_message or prompt.' })
    }
    if (body.replace_from && !body.session_id) {
      context.addIssue({ code: 'custom', path: ['session_id'], message: 'Required with replace_from.' })
    }
  })
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** A part of the text that agrees with no figure. */
export const ungroundedSchema = z.object({
  text: z.string(),
  /** removed: it is no longer in the text; flagged: it is, and is marked there. */
  action: z.enum(['removed', 'flagged']),
})

/** Where a number of the text comes from. */
export const citationSchema = z.object({
  /** Characters of the text, half open. */
  start: z.int().min(0),
  end: z.int().min(0),
  /** Id of the figure or the moment. */
  figure: z.string(),
})

export const planSchema = z.custom<AssistantPlan>((value) => typeof value === 'object' && value !== null)

/** What an answer rests on. */
export const groundingSchema = z.object({
  provider: z.enum(PROVIDER_NAMES),
  model: z.string(),
  /** What was understood; null where the model called tools by itself. */
  plan: planSchema.nullable(),
  /** What was asked of the measurements, and what they answered. */
  results: z.array(toolResultSchema),
  citations: z.array(citationSchema),
  ungrounded: z.array(ungroundedSchema),
  /** 0..1; see lib/assistant/grounding. */
  confidence: z.number().min(0).max(1),
  devices: z.array(z.string()),
  tokensUsed: z.int().min(0),
  cached: z.boolean(),
  /** stopped: the person had heard enough. */
  status: z.enum(['complete', 'stopped']),
  /** What the reader should know of how it came about, such as which model stood in for which. */
  notes: z.array(z.string()),
})
export type Grounding = z.infer<typeof groundingSchema>

export const chatAnswerSchema = z.object({
  response: z.string(),
  /** The same as `response`. */
  message: z.string(),
  session_id: z.string(),
  message_id: z.string(),
  /** Of the question, for `replace_from`. */
  question_id: z.string(),
  site_id: z.string(),
  /** Appliances and devices the answer is about. */
  devices: z.array(z.string()),
  /** How well the text agrees with the data, 0..1. */
  confidence: z.number().min(0).max(1),
  /** As the model counted them; 0 where the answer came from the cache. */
  tokens_used: z.int().min(0),
  cached: z.boolean(),
  timestamp: z.string(),
  grounding: groundingSchema,
})
export type ChatAnswer = z.infer<typeof chatAnswerSchema>

export const chatMessageSchema = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  content: z.string(),
  timestamp: z.string(),
  grounding: groundingSchema.nullable(),
  feedback: z.enum(['up', 'down']).nullable(),
  feedback_comment: z.string(),
})
export type ChatMessage = z.infer<typeof chatMessageSchema>

export const chatSessionSchema = z.object({
  session_id: z.string(),
  user_id: z.string(),
  title: z.string(),
  site_id: z.string().nullable(),
  /** The newest ones that were asked for, oldest first. */
  messages: z.array(chatMessageSchema),
  /** Whether there are older ones. */
  has_earlier: z.boolean(),
  /** Id that the answer to its last question will have, while that is on its way: GET /api/chat/stream follows it. */
  answering: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type ChatSession = z.infer<typeof chatSessionSchema>

/** However conversations and messages of each are asked for, no list is longer than this. */
const MAX_LISTED_MESSAGES = 1_000
const USUAL_LISTED_MESSAGES = 20

export const historyQuerySchema = z
  .object({
    /** Only conversations in whose title or messages this text occurs. */
    search: textSchema(200).optional(),
    /** How many conversations. */
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** How many messages of each, the newest; left out, 20, and fewer where many conversations are asked for. */
    messages: z.coerce.number().int().min(0).max(MAX_LISTED_MESSAGES).optional(),
    /** The page after one: `updated_at` of its last conversation. */
    before: z.iso.datetime({ offset: true }).refine((text) => !Number.isNaN(Date.parse(text)), 'Must be a time.').optional(),
    /** `session_id` of that conversation, which tells it from others of the same moment. */
    before_id: chatIdSchema.optional(),
  })
  .superRefine(({ limit, messages = 0 }, context) => {
    if (limit * messages <= MAX_LISTED_MESSAGES) return
    const message = `At most ${MAX_LISTED_MESSAGES} messages are listed at once. Ask for fewer of each, or for fewer conversations.`
    context.addIssue({ code: 'custom', path: ['messages'], message })
  })
  .transform((query) => ({
    ...query,
    messages: query.messages ?? Math.min(USUAL_LISTED_MESSAGES, Math.floor(MAX_LISTED_MESSAGES / query.limit)),
  }))
export type HistoryQuery = z.infer<typeof historyQuerySchema>

export const conversationQuerySchema = z.object({
  /** How many messages, the newest; a page begins with a question, so there may be one less. */
  limit: z.coerce.number().int().min(2).max(200).default(100),
  /** Only messages before this one: the id of the first of the page that came after. */
  before: chatIdSchema.optional(),
})
export type ConversationQuery = z.infer<typeof conversationQuerySchema>

export const renameSchema = z.object({ title: lineSchema(200).min(1, 'Give it a title.') })

export const feedbackSchema = z.object({
  /** null takes it back. */
  feedback: z.enum(['up', 'down']).nullable(),
  comment: textSchema(2_000).default(''),
})

export const modelDescriptionSchema = z.object({
  /** For `model` of a question. */
  id: z.string(),
  provider: z.enum(PROVIDER_NAMES),
  model: z.string(),
  /** One sentence for people. */
  description: z.string(),
  /** Whether it works without any network. */
  local: z.boolean(),
  /** Whether it decides by itself what to ask of the measurements, else the built-in planner does. */
  calls_tools: z.boolean(),
  /** Whether it answers questions outside the built-in planner's understanding. */
  free_text: z.boolean(),
  /** Whether an answer may take longer than some seconds. */
  slow: z.boolean(),
  /** Whether it can be asked now, and if not, why. */
  available: z.boolean(),
  problem: z.string().nullable(),
  is_default: z.boolean(),
})
export type ModelDescription = z.infer<typeof modelDescriptionSchema>

/** An event of a streamed answer. Nothing in `delta` is unchecked; a checked text that differs from what was sent replaces it. */
export const chatEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    session_id: z.string(),
    message_id: z.string(),
    question_id: z.string(),
    provider: z.enum(PROVIDER_NAMES),
    model: z.string(),
  }),
  z.object({
    type: z.literal('tool_call'),
    id: z.string(),
    tool: z.enum(TOOL_NAMES as [ToolName, ...ToolName[]]),
    arguments: z.record(z.string(), z.unknown()),
  }),
  z.object({ type: z.literal('tool_result'), id: z.string(), result: toolResultSchema.nullable(), problem: z.string().nullable() }),
  z.object({ type: z.literal('delta'), text: z.string() }),
  z.object({ type: z.literal('replace'), text: z.string() }),
  z.object({ type: z.literal('notice'), text: z.string() }),
  z.object({ type: z.literal('done'), answer: chatAnswerSchema }),
  z.object({ type: z.literal('error'), status: z.int(), detail: z.string() }),
])
export type ChatEvent = z.infer<typeof chatEventSchema>

