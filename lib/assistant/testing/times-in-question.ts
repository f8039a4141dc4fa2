import { readFileSync } from 'node:fs'
import { DateTime } from 'luxon'
import { isPeriodProblem, parsePeriod } from '@/lib/assistant/periods/parse-period'
import { PERIOD_WORDS } from '@/lib/assistant/planner/lift'
import { normaliseQuestion, type NormalisedQuestion } from '@/lib/assistant/planner/normalise'
import { PLAIN_WORDS } from '@/lib/assistant/planner/plain-words'
import { periodWords } from '@/lib/assistant/planner/plan-periods'
import { SpellingCorrector } from '@/lib/assistant/planner/spelling'
import { Synonyms } from '@/lib/assistant/planner/synonyms'

/** A Thursday. */
const NOW = DateTime.fromISO('2026-11-19T19:30', { zone: 'Europe/Berlin' })
const synonyms = new Synonyms(JSON.parse(readFileSync('models/assistant/synonyms.json', 'utf8')) as Record<string, string[]>)
const tokenizer = JSON.parse(readFileSync('models/assistant/tokenizer.json', 'utf8')) as { model: { vocab: Record<string, number> } }
const known = [...PERIOD_WORDS, ...Object.keys(tokenizer.model.vocab), ...synonyms.words()]
const lexicon = { spelling: new SpellingCorrector(known, PLAIN_WORDS, synonyms.foreignWords()), synonyms }

/** What the exported model would read of a question. */
export function readByModel(question: string, now: DateTime = NOW): NormalisedQuestion {
  return normaliseQuestion(question, { now, clusters: [] }, lexicon)
}

/** The times that a question names, in the order they are read: starts and ends, local, midnights as dates. */
export function timesIn(question: string, now: DateTime = NOW): string[] {
  const { values } = readByModel(question, now)
  const clock = (seconds: number) => DateTime.fromSeconds(seconds, { zone: now.zone }).toFormat("yyyy-MM-dd'T'HH:mm")
  return [...values].filter(([name]) => name.startsWith('p')).map(([, plan]) => {
    const words = periodWords(plan.split(' '), values)
    const firstReadingAt = DateTime.fromISO('2025-08-20', { zone: now.zone }).toSeconds()
    const period = parsePeriod(words, { timeZone: 'Europe/Berlin', nowSeconds: now.toSeconds(), firstReadingAt })
    return isPeriodProblem(period) ? period.problem : `${clock(period.from)} ${clock(period.to)}`.replaceAll('T00:00', '')
  })
}
