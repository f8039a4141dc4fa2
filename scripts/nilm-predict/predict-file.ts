import { UsageError } from '@/lib/infra/usage-error'
import type { SessionModel } from '@/lib/nilm/session-model'
import { ClockRepeats } from './clock-repeats'
import { EstimateFile } from './estimate-file'
import { inputRows, ROW_PROBLEMS } from './input-rows'
import { judgeTable, SLOWEST_SECONDS } from './judge-table'
import { OutputTable } from './output-table'
import { assertTable } from './power-column'
import { ProblemCounts } from '@/lib/ingest/problem-counts'
import { RowEstimator } from './row-estimator'
import { heldSincePrevious, heldUntilNext, LONGEST_HOLD_SECONDS } from './row-readings'
import { RowSpool, type SpooledRow } from './row-spool'
import { ScratchFile } from '@/lib/ingest/scratch-file'
import type { TableOptions } from './table-options'
import { surveyTable } from './table-survey'

export interface PredictionRequest {
  input: string
  output: string
  options: TableOptions
  /** Hears what is doubtful about the table, before anything is estimated. */
  warn?: (warning: string) => void
}

export interface PredictionSummary {
  rows: number
  /** Rows with estimates, those of a repeated time included. */
  estimated: number
  /** Rows of a time that an earlier row had; they get that row's estimates. */
  repeated: number
  /** Rows with empty cells. */
  problems: ProblemCounts
}

/** What a first reading of the input leaves. */
interface ReadTable {
  spool: RowSpool
  repeats: ClockRepeats
  problems: ProblemCounts
}

/**
 * Disaggregates a table: reads it and puts it into time order, judges it as a whole, estimates it, and reads it again to write
 * each row with its estimates. Memory does not grow with the table; meanwhile it uses up to 120 bytes a row beside the output.
 * @throws UsageError where the table cannot be used (the output is not touched then) or the disk is full
 */
export async function predictFile(model: SessionModel, request: PredictionRequest): Promise<PredictionSummary> {
  const { input, output, options, warn = () => {} } = request
  await assertTable(input, options)
  const sorting = ScratchFile.create(output)
  const estimating = ScratchFile.create(output)
  try {
    const table = await readTable(input, options, sorting)
    if (table.spool.rows === 0) throw new UsageError(`No row of ${input} can be used. ${table.problems.describe().join('; ')}.`)
    const survey = surveyTable(onceOnly(table), options.hold === 'next' ? LONGEST_HOLD_SECONDS : SLOWEST_SECONDS)
    for (const warning of judgeTable(survey, input, options)) warn(warning)
    const estimates = new EstimateFile(estimating)
    const distinct = new DistinctTimes(table, estimates)
    const readings = options.hold === 'next' ? heldUntilNext(distinct.rows()) : heldSincePrevious(distinct.rows())
    await new RowEstimator(model, estimates).run(readings)
    return { ...(await writeTable(model, request, table, estimates)), repeated: distinct.repeated }
  } finally {
    sorting.close()
    estimating.close()
  }
}

async function readTable(input: string, options: TableOptions, scratch: ScratchFile): Promise<ReadTable> {
  const table = { spool: new RowSpool(scratch), repeats: new ClockRepeats(), problems: new ProblemCounts() }
  for await (const rows of inputRows(input, options)) {
    for (const row of rows) {
      if (row.problem) {
        table.problems.add(row.problem, row.lineNumber)
        continue
      }
      table.spool.add(row)
      table.repeats.add(row.index, row.timestampSeconds)
    }
  }
  return table
}

/** Rows in time order without those of a clock that ran through the same time again. */
function* onceOnly({ spool, repeats }: ReadTable): Generator<SpooledRow> {
  for (const row of spool.inTimeOrder()) if (!repeats.has(row.index)) yield row
}

/** Rows in time order, one for each time; others of the same time get its estimates. */
class DistinctTimes {
  repeated = 0

  constructor(
    private readonly table: ReadTable,
    private readonly estimates: EstimateFile,
  ) {}

  *rows(): Generator<SpooledRow> {
    let newest: SpooledRow | null = null
    for (const row of this.table.spool.inTimeOrder()) {
      const again = this.table.repeats.has(row.index)
      if (newest?.timestampSeconds === row.timestampSeconds) {
        // After a clock was set back, another power is another moment's.
        if (again && row.powerWatts !== newest.powerWatts) continue
        this.estimates.putSameAs(row.index, newest.index)
        this.repeated++
      } else if (!again) {
        newest = row
        yield row
      }
    }
  }
}

const withoutEstimate = (repeated: boolean) => (repeated ? ROW_PROBLEMS.repeatedTime : ROW_PROBLEMS.estimate)

async function writeTable(model: SessionModel, request: PredictionRequest, { repeats }: ReadTable, estimates: EstimateFile) {
  const { input, output, options } = request
  const table = await OutputTable.create(output, model.description.appliances.map(({ available }) => available))
  const summary = { rows: 0, estimated: 0, problems: new ProblemCounts() }
  try {
    for await (const rows of inputRows(input, options)) {
      for (const row of rows) {
        const estimate = row.problem ? null : estimates.at(row.index)
        summary.rows++
        if (estimate) summary.estimated++
        else summary.problems.add(row.problem ?? withoutEstimate(repeats.has(row.index)), row.lineNumber)
        table.add(row, estimate)
      }
      await table.drain()
    }
  } finally {
    await table.close()
  }
  return summary
}
