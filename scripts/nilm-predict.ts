// npm run nilm:predict -- --input FILE.csv --output OUT.csv: what the live worker would have said about a recording.
import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { env } from '@/lib/env'
import { UsageError } from '@/lib/infra/usage-error'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { OutputTable } from './nilm-predict/output-table'
import { FilePrediction, type PredictionSummary } from './nilm-predict/predict-file'
import { inputRows } from './nilm-predict/input-rows'

const HELP = `Estimates what each appliance drew from a recording of a building's main meter.

  npm run nilm:predict -- --input FILE.csv --output OUT.csv [--model-dir ./models/wavenilm]

Input   a header with timestamp and power_total (W; negative while exporting); other columns are ignored. Timestamps are Unix
        seconds or milliseconds, or ISO 8601 (UTC where no zone is given). One row every 1 to 60 s, faster is averaged. Comma,
        semicolon, tab; decimal point or comma; quotes; CRLF; byte order mark.
Output  one row for each input row, in the same order: timestamp, power_total, then for each of the 11 appliances
        NAME_watts, NAME_probability, NAME_is_on (1 or 0), then other_watts. The numbers are the final estimates (settled
        by looking 4 minutes ahead), averaged over the time since the row before. They add up to power_total.
        Cells are empty where there is nothing to say: a row whose time or power cannot be read, one that comes more than
        10,000 rows too late, an appliance without a model. A repeated time gets the estimates of its first row.`

async function main(): Promise<void> {
  const options = readOptions()
  if (!options) return
  const { input, output, modelDir } = options
  // Looked at before the output is touched: a wrong file must not cost an old result.
  await assertTable(input)
  const same = await Promise.all([input, output].map((file) => realpath(file).catch(() => path.resolve(file))))
  if (same[0] === same[1]) throw new UsageError('Input and output are the same file.')
  const model = await loadSessionModel({ modelDir, device: env().DEVICE })
  if (!model.networks) throw new UsageError(`${model.description.unavailableReason} Without a model there is nothing to estimate.`)
  const table = await OutputTable.create(output, model.description.appliances.map((appliance) => appliance.available))
  try {
    const summary = await new FilePrediction(model, table).run(input)
    report(summary)
    if (summary.rows > 0 && summary.estimated === 0) {
      throw new UsageError(`No row of ${input} has a time and a power that can be read.`)
    }
  } finally {
    await table.close()
    await model.close()
  }
}

async function assertTable(input: string): Promise<void> {
  for await (const rows of inputRows(input)) {
    if (rows.length > 0) return
  }
}

function readOptions(): { input: string; output: string; modelDir: string } | null {
  const { values } = parseArgs({
    options: {
      input: { type: 'string', short: 'i' },
      output: { type: 'string', short: 'o' },
      'model-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) {
    console.log(HELP)
    return null
  }
  if (!values.input || !values.output) throw new UsageError('Both --input and --output are needed; --help explains them.')
  return { input: values.input, output: values.output, modelDir: values['model-dir'] ?? env().MODEL_DIR }
}

function report({ rows, estimated, repeated, late, unusable }: PredictionSummary): void {
  const parts = [`${rows} rows, ${estimated} with estimates`]
  if (repeated > 0) parts.push(`${repeated} with a repeated time`)
  if (late > 0) parts.push(`${late} too late to be used`)
  for (const [problem, count] of unusable) parts.push(`${count} empty: ${problem}`)
  console.error(parts.join('; '))
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
