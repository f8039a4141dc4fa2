import { SeriesError } from '@/lib/insights/forecast/regular-series'
import { conflict } from './problem'

/** The answer of a service, where too little was measured to give one: 409 with the reason. */
export async function orConflict<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    throw error instanceof SeriesError ? conflict(error.message) : error
  }
}
