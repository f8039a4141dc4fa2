// npm run nilm:predict -- --input FILE.csv --output OUT.csv: what the live worker would have said about a recording.
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { env } from '@/lib/env'
import { UsageError } from '@/lib/infra/usage-error'
import { loadSessionModel } from '@/lib/nilm/session-model'
import { predictFile, type PredictionSummary } from './nilm-predict/predict-file'
import { counted } from '@/lib/ingest/problem-counts'
import { readTableOptions, TABLE_FLAGS, type TableOptions } from './nilm-predict/table-options'

const HELP = `Estimates what each appliance drew from a recording of a building's main meter.

  npm run nilm:predict -- --input FILE.csv --output OUT.csv [--model-dir ./models/wavenilm]

Input   a header with timestamp and power_total (W; negative while exporting); other columns are ignored, and so are lines
        before the header that begin with #. Timestamps are Unix seconds (also ms, us, ns), or ISO 8601, or
        25.01.2024 16:00:00. One row every 1 to 60 s, faster is averaged. Rows may be in any order. Comma, semicolon, tab;
        decimal point or comma; quotes; CRLF; byte order mark; UTF-8 or UTF-16.
        Where the table tells by itself, other columns (Time;Mains power [kW], the phases power_l1, power_l2), no header, day or
        month first, and a row for each change of the power are recognised too; a warning says what was assumed.
Output  one row for each input row, in the same order: timestamp, power_total (W), then for each of the 11 appliances
        NAME_watts, NAME_probability, NAME_is_on (1 or 0), then other_watts. The numbers are the final estimates (settled
        by looking 4 minutes ahead), averaged over the time since the row before. They add up to power_total.
        Where power_total is negative all watts are 0, and NAME_is_on only says what seems to run: while more is made than drawn
        the meter does not tell what appliances take of it. Elsewhere what is on draws something.
        Cells are empty where there is nothing to say: a row whose time or power cannot be read, an appliance without a model.
        A repeated time gets the estimates of its first row. Rows without estimates are counted at the end, by reason.

What a file does not say by itself
  --time-column NAME, --power-column NAME   where they are not called timestamp and power_total; NAME+NAME adds up phases
  --unit W|kW|mW|VA|kVA                     of the power column (W)
  --time-zone Europe/Berlin                 of times without a zone or offset (UTC)
  --date-order day-first|month-first        of dates such as 03/04/2024
  --decimal point|comma                     whether 1,234 is a thousand or a decimal number
  --hold previous|next                      whether a power is that since the row before (previous), or until the next row, as
                                            where there is a row for each change`

async function main(): Promise<void> {
  const given = readOptions()
  if (!given) return
  const { input, output, modelDir, options } = given
  if (await isSameFile(input, output)) throw new UsageError('Input and output are the same file.')
  const model = await loadSessionModel({ modelDir, device: env().DEVICE })
  try {
    if (!model.networks) throw new UsageError(`${model.description.unavailableReason} Without a model there is nothing to estimate.`)
    if (model.description.deviceNote) console.error(model.description.deviceNote)
    const summary = await predictFile(model, { input, output, options, warn: (warning) => console.error(`Warning: ${warning}`) })
    report(summary)
  } finally {
    await model.close()
  }
}

async function isSameFile(input: string, output: string): Promise<boolean> {
  const [a, b] = await Promise.all([input, output].map((file) => stat(file).catch(() => null)))
  return a != null && b != null && a.dev === b.dev && a.ino === b.ino
}

function readOptions(): { input: string; output: string; modelDir: string; options: TableOptions } | null {
  const { values } = parseArgs({
    options: {
      input: { type: 'string', short: 'i' },
      output: { type: 'string', short: 'o' },
      'model-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
      ...TABLE_FLAGS,
    },
  })
  if (values.help) {
    console.log(HELP)
    return null
  }
  const { input, output, 'model-dir': modelDir = env().MODEL_DIR } = values
  if (!input || !output) throw new UsageError('Both --input and --output are needed; --help explains them.')
  return { input, output, modelDir, options: readTableOptions(values) }
}

function report({ rows, estimated, repeated, problems }: PredictionSummary): void {
  const again = repeated > 0 ? `, ${repeated.toLocaleString('en')} of them with a repeated time` : ''
  console.error(`${counted(rows)}, ${estimated.toLocaleString('en')} with estimates${again}.`)
  for (const problem of problems.describe()) console.error(`Empty: ${problem}`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
