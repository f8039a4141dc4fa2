import type { PoolClient } from 'pg'
import type { ImportMapping, ImportReport } from '@/lib/contracts/import'
import { progressMessage } from '@/lib/contracts/import-jobs'
import { cleanRows, type CleanRow } from '@/lib/ingest/import/clean-rows'
import { surveyRows } from '@/lib/ingest/import/column-survey'
import { openReader, planImport, type ImportPlan } from '@/lib/ingest/import/import-plan'
import { duration, judgeImport } from '@/lib/ingest/import/judge-import'
import { RejectedFile } from '@/lib/ingest/import/rejected-file'
import type { RowReader } from '@/lib/ingest/import/row-reader'
import { openRowSource } from '@/lib/ingest/import/row-source'
import { NumberSpool } from '@/lib/ingest/number-spool'
import { ScratchFile } from '@/lib/ingest/scratch-file'
import { UsageError } from '@/lib/infra/usage-error'
import { BatchBuilder, type BatchRules } from './import-batch'
import { noneStored, ReasonCounts, type StoredCounts } from './import-counts'
import { lateAfter } from './live-boundary'
import { storeBatch, type ImportTarget } from './store-batch'

const BATCH_ROWS = 10_000
/** Reading a file takes about this share of an import. */
const READING_SHARE = 0.3
const ELECTRICAL_ONLY = [
  'apparentPower',
  'cluster',
  'deviceState',
  'voltage',
  'current',
  'reactivePower',
  'powerFactor',
  'frequency',
  'thd',
]

export interface ImportRequest {
  file: string
  /** As it was called where it came from. */
  name: string
  building: { key: number; timeZone: string }
  said: Partial<ImportMapping>
  rejectedFile: string
  /** Folder for temporary data: up to 100 bytes a row. */
  scratchFolder: string
  /** What counts as the present. Unix seconds. */
  nowSeconds: number
}

export interface ImportHooks {
  /** @param share 0..1 @throws to stop: what is stored stays */
  progress(share: number, sentence: string): Promise<void>
  /** What an earlier run of the same request stored, by its last `save`. */
  saved: StoredCounts | null
  /** Called within the transaction that stored a batch. */
  save(client: PoolClient, counts: StoredCounts): Promise<void>
}

export interface ImportOutcome {
  report: ImportReport
  counts: StoredCounts
}

/**
 * Imports a file: reads it and puts its rows into time order on disk, judges it as a whole, and stores it in batches, in constant
 * memory. The same file again changes nothing.
 * @throws UsageError where the file cannot be used, before anything is stored
 */
export async function runImport(request: ImportRequest, hooks: ImportHooks): Promise<ImportOutcome> {
  const { file, name, building, said, nowSeconds } = request
  const plan = await planImport(await openRowSource(file, name), building, said)
  const scratch = ScratchFile.create(`${request.scratchFolder}/import`)
  const rejected = new RejectedFile(request.rejectedFile)
  try {
    const reader = openReader(plan, nowSeconds)
    const rejections = new ReasonCounts()
    const spool = await readRows(plan, reader, scratch, { rejected, rejections, hooks })
    const read = spool.rows + rejections.sum
    if (spool.rows === 0) {
      const reasons = rejections.list.map(({ reason, rows }) => `${rows.toLocaleString('en')} rows: ${reason}`)
      throw new UsageError(`No row of ${name} can be used. ${reasons.slice(0, 5).join('; ')}.`)
    }
    const judging = progressMessage('judging', spool.rows)
    const survey = await surveyRows(spool, reader.quantities, () => hooks.progress(READING_SHARE, judging))
    const judgement = judgeImport(survey, plan.mapping, reader.devices)
    const repairs = new ReasonCounts()
    const gaps = { gaps: 0, longestGapSeconds: 0 }
    let repeats = 0
    const rows = cleanRows(
      spool,
      reader.quantities,
      survey,
      judgement,
      {
        reject(line, problem, seconds, watts) {
          rejections.add(problem)
          rejected.add(line, problem, [new Date(seconds * 1000).toISOString(), Number.isNaN(watts) ? '' : watts])
        },
        repeat: () => void repeats++,
        repair: (reason) => repairs.add(reason),
      },
      gaps,
    )
    const hasPower = reader.quantities.some((quantity) => ['power', 'energy', 'energyTotal'].includes(quantity))
    const builder = new BatchBuilder({
      isMains: judgement.isMains && hasPower,
      asReadings: judgement.asReadings,
      hold: plan.mapping.hold,
      isElectrical: !judgement.isMains || reader.quantities.some((quantity) => ELECTRICAL_ONLY.includes(quantity)),
      medianSpacingSeconds: survey.medianSpacingSeconds > 0 ? survey.medianSpacingSeconds : 1,
      devices: reader.devices,
      deviceName: judgement.isMains ? '' : name.replace(/\.\w+(\.gz)?$/, '').slice(0, 200),
    } satisfies BatchRules)
    const target = {
      buildingKey: building.key,
      lateAfterSeconds: await lateAfter(building.key, survey.toSeconds ?? 0),
      source: 'import' as const,
    }
    const counts = await storeRows(rows, builder, target, hooks, spool.rows)
    const scaled = Object.values(judgement.factors).map(({ reason }) => ({ reason, rows: spool.rows }))
    const report: ImportReport = {
      format: plan.source.format.format,
      read,
      imported: counts.imported,
      repaired: scaled.length > 0 ? counts.imported : counts.repaired,
      unchanged: counts.unchanged + repeats,
      rejected: rejections.sum,
      repairs: [...scaled, ...repairs.list],
      rejections: rejections.list,
      stored: { mains: counts.mains, electrical: counts.electrical, minutes: counts.minutes },
      fromSeconds: survey.fromSeconds,
      toSeconds: survey.toSeconds,
      gaps: gaps.gaps,
      longestGapSeconds: gaps.longestGapSeconds,
      notes: [...plan.notes, ...judgement.notes, ...gapNotes(gaps)],
    }
    return { report, counts }
  } finally {
    rejected.close()
    scratch.close()
  }
}

function gapNotes({ gaps, longestGapSeconds }: { gaps: number; longestGapSeconds: number }): string[] {
  if (gaps === 0) return []
  return [
    `${gaps.toLocaleString('en')} ${gaps === 1 ? 'gap' : 'gaps'}, the longest of ${duration(longestGapSeconds)}; they stay gaps.`,
  ]
}

interface Reading {
  rejected: RejectedFile
  rejections: ReasonCounts
  hooks: ImportHooks
}

async function readRows(plan: ImportPlan, reader: RowReader, scratch: ScratchFile, into: Reading): Promise<NumberSpool> {
  const { source } = plan
  const spool = new NumberSpool(scratch, reader.fields)
  let bytes = 0
  for await (const rows of source.rows((readBytes) => (bytes = readBytes))) {
    for (const row of rows) {
      const problem = reader.read(row)
      if (problem === null) {
        spool.add(reader.row)
        continue
      }
      into.rejections.add(problem)
      into.rejected.add(row.line, problem, row.cells)
    }
    await into.hooks.progress((READING_SHARE * bytes) / Math.max(1, source.bytes), progressMessage('read', spool.rows))
  }
  return spool
}

async function storeRows(
  rows: Iterable<CleanRow>,
  builder: BatchBuilder,
  target: ImportTarget,
  hooks: ImportHooks,
  allRows: number,
): Promise<StoredCounts> {
  const saved = hooks.saved ?? noneStored()
  let storing = Promise.resolve(saved)
  let batches = 0
  let done = 0
  const store = async (isLast: boolean) => {
    done += builder.rows
    await hooks.progress(READING_SHARE + ((1 - READING_SHARE) * done) / allRows, progressMessage('stored', done))
    const batch = builder.take(isLast)
    // Batches are the same ones every time, so those that an earlier run stored are passed over.
    if (batches++ < saved.batches) return
    const counts = await storing
    // The next one is made while the database has this one.
    storing = storeBatch(target, batch, counts, hooks.save)
    storing.catch(() => {})
  }
  try {
    for (const row of rows) {
      if (builder.rows >= BATCH_ROWS) await store(false)
      builder.add(row)
    }
    await store(true)
  } finally {
    // What is on its way counts, also where the import stops.
    await storing.catch(() => {})
  }
  return storing
}
