// npm run eval:assistant: the whole embedded assistant, from the question to the checked answer, over questions written by hand. It
// is asked about a home whose every minute is known; what is right is computed from the rows by SQL, apart from the assistant.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { DateTime } from 'luxon'
import { warmAssistant } from '@/lib/assistant/warm-assistant'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { migrate } from '@/lib/infra/migrate'
import { closeSharedSolver } from '@/lib/insights/optimise/highs-solver'
import { startPostgres } from '@/lib/infra/postgres-server'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { openAskedHome } from './eval-assistant/keep-home'
import { isRight, printTable, printWrong } from './eval-assistant/print-table'
import { ZONE } from './eval-assistant/prices'
import { readQuestions } from './eval-assistant/question-file'
import { partsWithRightPlan } from './eval-assistant/right-plans'
import { askAll, setClock } from './eval-assistant/run-questions'

const HELP = `Asks the embedded assistant questions about a made-up home and judges what it answers.

  npm run eval:assistant -- [--questions scripts/eval-assistant/questions] [--model models/assistant] [--kind energy] [--wrong]
                            [--keep folder] [--given-plans]

--wrong lists every question that was not answered rightly. --keep writes the home into a folder, and takes it from there next time.
--given-plans puts the right plan in place of what the model understands: what is then wrong lies in tools, wording or checks.`

/** Fifteen months, so that there is a year ago; a Thursday evening. */
const FIRST = '2025-08-20T00:00'
const NOW = '2026-11-19T20:00'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: 'scripts/eval-assistant/questions' },
      model: { type: 'string', default: 'models/assistant' },
      kind: { type: 'string' },
      keep: { type: 'string' },
      'given-plans': { type: 'boolean', default: false },
      wrong: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const questions = (await readQuestions(values.questions)).filter(({ kind }) => !values.kind || kind === values.kind)
  if (questions.length === 0) throw new Error(`There are no questions${values.kind ? ` of the kind ${values.kind}` : ''}.`)
  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, Node ${process.version}`)
  const scratch = values.keep ? null : scratchFolder()
  const dataDir = values.keep ?? scratch!.folder
  const postgres = await startPostgres({ dataDir, database: 'undercurrent_asked' })
  provideEnv({
    DATABASE_URL: postgres.url,
    LIVE_STORE: 'postgres',
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'warn',
    LLM_PROVIDER: 'embedded',
    ASSISTANT_MODEL_DIR: values.model,
    CHAT_QUESTIONS_PER_DAY: '0',
    // The cache would answer the second of two questions that read alike, and nothing of it would be measured.
    ENABLE_CACHE: 'false',
  })
  try {
    await migrate(postgres.url)
    const at = (local: string) => DateTime.fromISO(local, { zone: ZONE }).toSeconds()
    const home = await openAskedHome({ firstSeconds: at(FIRST), nowSeconds: at(NOW), progress: (sentence) => console.log(sentence) })
    await warmAssistant()
    const resetClock = setClock(home.nowSeconds)
    const { asked, skipped } = await askAll(questions, home, values['given-plans'] ? { partsFor: partsWithRightPlan } : {}).finally(resetClock)
    if (values.wrong) printWrong(asked.filter((one) => !isRight(one)))
    console.log(`\n${asked.length} questions written by hand, asked of a home with ${DateTime.fromISO(NOW).diff(DateTime.fromISO(FIRST), 'days').days | 0} days of minutes\n`)
    printTable(asked)
    for (const tool of new Set(skipped.map((one) => one.tool))) {
      const count = skipped.filter((one) => one.tool === tool).length
      console.log(`${count} questions about ${tool} were not asked: it is not available here.`)
    }
  } finally {
    await closeSharedSolver()
    await closeSharedLiveStore()
    await closePool()
    await postgres.stop()
    scratch?.remove()
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
