import { UsageError } from '@/lib/infra/usage-error'
import type { SessionModel } from '@/lib/nilm/session-model'
import { leastChange, mayBeChangeLog } from './change-log'
import { ClockRepeats } from './clock-repeats'
import { findDateOrder } from './date-order'
import { EstimateFile } from './estimate-file'
import { inputRows, ROW_PROBLEMS } from './input-rows'
import { judgeTable, SLOWEST_SECONDS } from './judge-table'
import { OutputTable } from './output-table'
import { ProblemCounts } from '@/lib/ingest/problem-counts'
import { RowEstimator } from './row-estimator'
import { heldSincePrevious, heldUntilNext, LONGEST_HOLD_SECONDS } from './row-readings'
import { RowSpool, type SpooledRow } from './row-spool'
import { ScratchFile } from '@/lib/ingest/scratch-file'
import { findColumns, type TableColumns } from './table-columns'
import type { PowerHold, TableOptions } from './table-options'
import { surveyTable, type TableSurvey } from './table-survey'

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
  const { input, output, warn = () => {} } = request
  const columns = await findColumns(input, request.options)
  for (const note of columns.notes) warn(note)
  const options = await withDateOrder(input, columns, request.options, warn)
  const sorting = ScratchFile.create(output)
  const estimating = ScratchFile.create(output)
  try {
    const table = await readTable(input, columns, options, sorting)
    if (table.spool.rows === 0) throw new UsageError(`No row of ${input} can be used. ${table.problems.describe().join('; ')}.`)
    const { survey, hold } = surveyWithHold(table, options, warn)
    for (const warning of judgeTable(survey, input, { ...options, unit: columns.unit, hold })) warn(warning)
    const estimates = new EstimateFile(estimating)
    const distinct = new DistinctTimes(table, estimates)
    const readings = hold === 'next' ? heldUntilNext(distinct.rows()) : heldSincePrevious(distinct.rows())
    await new RowEstimator(model, estimates).run(readings)
    return { ...(await writeTable(model, { ...request, options }, columns, table, estimates)), repeated: distinct.repeated }
  } finally {
    sorting.close()
    estimating.close()
  }
}

async function readTable(input: string, columns: TableColumns, options: TableOptions, scratch: ScratchFile): Promise<ReadTable> {
  const table = { spool: new RowSpool(scratch), repeats: new ClockRepeats(), problems: new ProblemCounts() }
  for await (const rows of inputRows(input, columns, options)) {
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

async function withDateOrder(
  input: string,
  columns: TableColumns,
  options: TableOptions,
  warn: (warning: string) => void,
): Promise<TableOptions> {
  const dateOrder = options.dateOrder === 'dotted' ? await findDateOrder(input, columns) : null
  if (dateOrder === null) return options
  const [part, other] = dateOrder === 'day-first' ? ['day', 'month'] : ['month', 'day']
  warn(`Dates are read with the ${part} first: with the ${other} first some would be no dates.`)
  return { ...options, dateOrder }
}

/** What the table says as a whole, and over which time a row's power holds where the rows tell it by themselves. */
function surveyWithHold(
  table: ReadTable,
  { hold }: TableOptions,
  warn: (warning: string) => void,
): { survey: TableSurvey; hold: PowerHold | null } {
  const survey = surveyTable(onceOnly(table), hold === 'next' ? LONGEST_HOLD_SECONDS : SLOWEST_SECONDS)
  const changeWatts = hold === null && mayBeChangeLog(survey) ? leastChange(onceOnly(table), survey) : null
  if (changeWatts === null) return { survey, hold }
  warn(
    `Rows come at irregular times, each at least ${Number(changeWatts.toPrecision(2))} W from the one before: this is read as a row for ` +
      'each change, whose power holds until the next one, for an hour at most (--hold previous reads it otherwise).',
  )
  return { survey: surveyTable(onceOnly(table), LONGEST_HOLD_SECONDS), hold: 'next' }
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

async function writeTable(
  model: SessionModel,
  request: PredictionRequest,
  columns: TableColumns,
  { repeats }: ReadTable,
  estimates: EstimateFile,
) {
  const { input, output, options } = request
  const table = await OutputTable.create(output, model.description.appliances.map(({ available }) => available))
  const summary = { rows: 0, estimated: 0, problems: new ProblemCounts() }
  try {
    for await (const rows of inputRows(input, columns, options)) {
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
