// Looks at one file that was uploaded and says how it would be read. A process of its own, see lib/services/import/survey-file.ts.
import { text } from 'node:stream/consumers'
import { surveyRequestSchema, type SurveyAnswer } from '@/lib/contracts/import-survey'
import { UsageError } from '@/lib/infra/usage-error'
import { planImport, previewOf } from '@/lib/ingest/import/import-plan'
import { openRowSource } from '@/lib/ingest/import/row-source'

const { file, name, timeZone, said } = surveyRequestSchema.parse(JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(await answer()))

async function answer(): Promise<SurveyAnswer> {
  try {
    return { preview: previewOf(await planImport(await openRowSource(file, name), { timeZone }, said)) }
  } catch (error) {
    if (error instanceof UsageError) return { refusal: error.message }
    throw error
  }
}
