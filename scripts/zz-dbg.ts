import { readFileSync } from 'node:fs'
import { DateTime } from 'luxon'
import { PERIOD_WORDS } from '@/lib/assistant/planner/lift'
import { normaliseQuestion } from '@/lib/assistant/planner/normalise'
import { PLAIN_WORDS } from '@/lib/assistant/planner/plain-words'
import { SpellingCorrector } from '@/lib/assistant/planner/spelling'
import { Synonyms } from '@/lib/assistant/planner/synonyms'
const now = DateTime.fromISO('2026-11-19T19:30', { zone: 'Europe/Berlin' })
const synonyms = new Synonyms(JSON.parse(readFileSync('models/assistant/synonyms.json', 'utf8')))
const tok = Object.keys(JSON.parse(readFileSync('models/assistant/tokenizer.json','utf8')).model.vocab)
const lexicon = { spelling: new SpellingCorrector([...PERIOD_WORDS, ...tok, ...synonyms.words()], PLAIN_WORDS), synonyms }
for (const q of process.argv.slice(2)) { const r = normaliseQuestion(q, { now, clusters: [] }, lexicon); console.log(q, '|', r.words.join(' '), JSON.stringify([...r.values])) }
