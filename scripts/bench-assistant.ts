// npm run bench:assistant: how long the embedded assistant takes, over the very HTTP stream that the chat page reads: until the first
// words of an answer, and until all of it. The built application on loopback, a PostgreSQL of its own, a home with fifteen months
// of minutes, one question after the other; first questions that nobody asked before, then the same ones again.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { migrate } from '@/lib/infra/migrate'
import { startPostgres } from '@/lib/infra/postgres-server'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { TEST_SECRET } from '@/scripts/testing/place-fixtures'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { startApplication } from './bench-api/start-application'
import { askStreamed, printTimes, type StreamedTimes } from './bench-assistant/ask-streamed'
import { writeAskedHome } from './eval-assistant/asked-home'
import { readQuestions } from './eval-assistant/question-file'

const HELP = `Measures how fast the embedded assistant answers over HTTP. Build first: npm run build

  npm run bench:assistant -- [--questions 120] [--days 450] [--model models/assistant] [--port 3991]`

const WARM_UP = ['hello', 'How much did we use yesterday?', 'What used the most last week?']

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      questions: { type: 'string', default: '120' },
      days: { type: 'string', default: '450' },
      model: { type: 'string', default: 'models/assistant' },
      port: { type: 'string', default: '3991' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const [count, days, port] = (['questions', 'days', 'port'] as const).map((name) => {
    const number = Number(values[name])
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${name} must be a whole number, not ${values[name]}.`)
    return number
  }) as [number, number, number]
  const all = (await readQuestions('scripts/eval-assistant/questions')).map(({ turns }) => turns[0]!.ask)
  const step = Math.max(1, all.length / count)
  const questions = [...new Set(Array.from({ length: Math.min(count, all.length) }, (_, index) => all[Math.floor(index * step)]!))]

  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, Node ${process.version}`)
  const { folder: dataDir, remove } = scratchFolder()
  const postgres = await startPostgres({ dataDir, database: 'undercurrent_bench' })
  provideEnv({
    DATABASE_URL: postgres.url,
    LIVE_STORE: 'postgres',
    NEXTAUTH_SECRET: TEST_SECRET,
    LOG_LEVEL: 'warn',
    LLM_PROVIDER: 'embedded',
    ASSISTANT_MODEL_DIR: values.model,
    CHAT_QUESTIONS_PER_DAY: '0',
  })
  try {
    await migrate(postgres.url)
    const nowSeconds = Math.floor(Date.now() / 3_600_000) * 3600
    const home = await writeAskedHome({ firstSeconds: nowSeconds - days * 86_400, nowSeconds })
    const application = await startApplication(port)
    try {
      const ask = (message: string) => askStreamed(application.url, home.token, { message, site_id: home.site.id })
      for (const question of WARM_UP) await ask(question)
      const first: StreamedTimes[] = []
      for (const question of questions) first.push(await ask(question))
      const again: StreamedTimes[] = []
      for (const question of questions) again.push(await ask(question))
      console.log(`\n${questions.length} questions of a home with ${days} days of minutes, one after the other`)
      console.log('first words p50   p95   whole answer p50   p95   (ms)')
      printTimes('never asked before', first.filter(({ isCached }) => !isCached))
      printTimes('asked again, from the cache', again.filter(({ isCached }) => isCached))
      printTimes('asked again, answered anew as the data had changed', again.filter(({ isCached }) => !isCached))
    } finally {
      await application.stop()
    }
  } finally {
    await closeSharedLiveStore()
    await closePool()
    await postgres.stop()
    remove()
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
