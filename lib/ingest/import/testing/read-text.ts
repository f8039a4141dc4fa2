import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ImportMapping } from '@/lib/contracts/import'
import { NumberSpool } from '@/lib/ingest/number-spool'
import { ScratchFile } from '@/lib/ingest/scratch-file'
import { cleanRows, type CleanRow } from '../clean-rows'
import { surveyRows } from '../column-survey'
import { openReader, planImport } from '../import-plan'
import { judgeImport, type ImportJudgement } from '../judge-import'
import { openRowSource } from '../row-source'

export interface ReadFile {
  format: string
  container: string
  mapping: ImportMapping
  rows: CleanRow[]
  devices: string[]
  judgement: ImportJudgement
  notes: string[]
  /** Line and reason. */
  rejected: string[]
  repeats: number
  gaps: number
}

/** Reads a file with this content as an import does, up to where it would be stored. */
export async function readText(
  content: string | Buffer,
  { name = 'meter.csv', timeZone = 'UTC', said = {} }: { name?: string; timeZone?: string; said?: Partial<ImportMapping> } = {},
): Promise<ReadFile> {
  const folder = mkdtempSync(path.join(tmpdir(), 'import-'))
  const file = path.join(folder, name)
  writeFileSync(file, content)
  const scratch = ScratchFile.create(path.join(folder, 'sorting'))
  try {
    return await read(file, scratch, timeZone, said)
  } finally {
    scratch.close()
    rmSync(folder, { recursive: true })
  }
}

async function read(file: string, scratch: ScratchFile, timeZone: string, said: Partial<ImportMapping>): Promise<ReadFile> {
  const source = await openRowSource(file)
  const plan = await planImport(source, { timeZone }, said)
  const reader = openReader(plan)
  const spool = new NumberSpool(scratch, reader.fields, 1000)
  const rejected: string[] = []
  for await (const rows of source.rows()) {
    for (const row of rows) {
      const problem = reader.read(row)
      if (problem) rejected.push(`${row.line} ${problem}`)
      else spool.add(reader.row)
    }
  }
  const survey = await surveyRows(spool, reader.quantities)
  const judgement = judgeImport(survey, plan.mapping, reader.devices)
  const counts = { repeats: 0, gaps: 0 }
  const gaps = { gaps: 0, longestGapSeconds: 0 }
  const rows = [
    ...cleanRows(
      spool,
      reader.quantities,
      survey,
      judgement,
      { reject: (line, problem) => rejected.push(`${line} ${problem}`), repeat: () => void counts.repeats++, repair: () => {} },
      gaps,
    ),
  ]
  return {
    format: source.format.format,
    container: source.container,
    mapping: plan.mapping,
    rows,
    devices: reader.devices,
    judgement,
    notes: [...plan.notes, ...judgement.notes],
    rejected,
    repeats: counts.repeats,
    gaps: gaps.gaps,
  }
}

export const seconds = (iso: string) => Date.parse(iso) / 1000
/** Time and watts of each row. */
export const wattsOf = ({ rows }: ReadFile) => rows.map(({ timestampSeconds, watts }) => [timestampSeconds, watts])
