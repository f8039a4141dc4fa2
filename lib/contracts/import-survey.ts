import { z } from 'zod'
import { importMappingSchema, importPreviewSchema } from './import'

/** What the process that looks at a file is asked, as JSON on its standard input. It lives for this one question. */
export const surveyRequestSchema = z.object({
  /** Where the file lies on the server. */
  file: z.string(),
  /** As it was called where it came from. */
  name: z.string(),
  /** IANA zone of times without one. */
  timeZone: z.string(),
  said: importMappingSchema.partial(),
})
export type SurveyRequest = z.infer<typeof surveyRequestSchema>

/** What it answers, as JSON on its standard output: how the file would be read, or why it cannot be. */
export const surveyAnswerSchema = z.union([z.object({ preview: importPreviewSchema }), z.object({ refusal: z.string() })])
export type SurveyAnswer = z.infer<typeof surveyAnswerSchema>
