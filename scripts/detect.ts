// npm run detect -- --input FILE.csv --output OUT.csv: how unusual each value of a series is.
import { parseArgs } from 'node:util'
import { UsageError } from '@/lib/infra/usage-error'
import { detectFile } from './detect/detect-file'

const HELP = `Scores how unusual each row of a series is, from the rows before it alone.

  npm run detect -- --input FILE.csv --output OUT.csv

Input   a header with timestamp and value; other columns are ignored. Any unit, any regular step, in order of time. Timestamps are
        Unix seconds (also ms, us, ns), or ISO 8601, or 2014-04-01 00:05:00. Comma, semicolon, tab; decimal point or comma.
Output  one row for each input row, in the same order: timestamp (as it was), anomaly_score from 0 (nothing new) to 1. A threshold
        of 0.6 is a good start. The first 15 % of the rows (750 at most) are learnt from and score 0. An incident is reported
        where it begins; what follows it within a day scores 0 unless it is worse. A row without a number has no score.`

try {
  const { values } = parseArgs({
    options: { input: { type: 'string', short: 'i' }, output: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' } },
  })
  if (values.help) console.log(HELP)
  else {
    if (!values.input || !values.output) throw new UsageError('Both --input and --output are needed; --help explains them.')
    const { rows, withoutNumber, stepSeconds, backwards } = await detectFile(values.input, values.output)
    console.error(`${rows.toLocaleString('en')} rows, usually ${stepSeconds} s apart.`)
    if (backwards > 0) console.error(`Warning: ${backwards} rows go back in time; rows were taken in the order of the file.`)
    if (withoutNumber > 0) console.error(`Warning: ${withoutNumber} rows have no number as value; they have no score.`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
