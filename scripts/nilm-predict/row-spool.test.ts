import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RowSpool, type SpooledRow } from './row-spool'
import { ScratchFile } from '@/lib/ingest/scratch-file'
import { halvesSwapped, reversed, reversedPieces, shuffled } from './testing/table-rows'

const ROWS = 5000

let folder: string
let scratch: ScratchFile
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'row-spool-'))
  scratch = ScratchFile.create(path.join(folder, 'out.csv'))
})
afterEach(async () => {
  scratch.close()
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})

/** Every time comes three times. */
function rowOf(place: number, index: number): SpooledRow {
  return { timestampSeconds: Math.floor(place / 3), powerWatts: -place, index }
}

describe('RowSpool', () => {
  it.each([
    ['in order', () => Array.from({ length: ROWS }, (_, i) => i)],
    ['reversed', () => reversed(ROWS)],
    ['shuffled', () => shuffled(ROWS, 5)],
    ['in reversed pieces', () => reversedPieces(ROWS, 71)],
    ['halves swapped', () => halvesSwapped(ROWS)],
  ])('gives rows in time order that came %s, those of one time as they came, also a second time', (_, places) => {
    const spool = new RowSpool(scratch, 64)
    const rows = [...places()].map(rowOf)
    for (const row of rows) spool.add(row)
    expect(spool.rows).toBe(ROWS)
    const expected = [...rows].sort((a, b) => a.timestampSeconds - b.timestampSeconds || a.index - b.index)
    expect([...spool.inTimeOrder()]).toEqual(expected)
    expect([...spool.inTimeOrder()]).toEqual(expected)
  })

  it('gives nothing where nothing was added', () => {
    expect([...new RowSpool(scratch).inTimeOrder()]).toEqual([])
  })
})
