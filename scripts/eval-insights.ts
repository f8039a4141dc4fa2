// npm run eval:insights [-- --data DIR] [topic ...]: how good the insights are on measured data, as tables in Markdown.
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { exitCodeOf, readArguments } from '@/lib/infra/command-line'

interface Evaluation {
  /** A table in Markdown. @param dataDir measured data, laid out as its README says */
  evaluate(dataDir: string): Promise<string>
}

const FOLDER = path.resolve('scripts/eval-insights')

const topics = readdirSync(FOLDER)
  .filter((file) => /^[a-z-]+\.ts$/.test(file))
  .map((file) => file.replace('.ts', ''))
const HELP = `Measures how good the insights are on measured and simulated data, as tables in Markdown.

  npm run eval:insights -- --data DIR [topic ...]

  --data DIR                 measured data (../shared/data)
  topic                      only these of ${topics.join(', ')}`

const { values, positionals } = given()
const dataDir = path.resolve(values.data ?? '../shared/data')
const asked = positionals.length > 0 ? positionals : topics
const unknown = asked.find((topic) => !topics.includes(topic))
if (unknown !== undefined) {
  console.error(`There is no topic ${unknown}; there are ${topics.join(', ')}.`)
  process.exitCode = 2
} else if (!existsSync(dataDir)) {
  console.error(`There is no folder ${dataDir}; say with --data where the measured data are.`)
  process.exitCode = 1
} else {
  for (const topic of asked) {
    const { evaluate } = (await import(pathToFileURL(path.join(FOLDER, `${topic}.ts`)).href)) as Evaluation
    console.log(`## ${topic}\n`)
    console.log(`${await evaluate(dataDir)}\n`)
  }
}

function given() {
  try {
    const read = readArguments({
      options: { data: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (!read.values.help) return read
    console.log(HELP)
    process.exit(0)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(exitCodeOf(error))
  }
}
