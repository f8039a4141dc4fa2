import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { RejectedFile } from '@/lib/ingest/import/rejected-file'
import { writeTable } from './table-file'

const FORMULAS = ['=1+1', '@SUM(A1)', '+1+cmd|x', "-1+cmd|' /C calc'!A0", '\t=1', '-2+3']

it('no text in a download becomes a formula in a spreadsheet, and numbers stay numbers', () => {
  const csv = writeTable([{ name: 'label', type: 'text', values: [...FORMULAS, '-1.5', '+2e3', 'Kitchen'] }], 'csv', String)
  const cells = new TextDecoder().decode(csv).trimEnd().split('\r\n').slice(1)
  expect(cells).toEqual([...FORMULAS.map((text) => `'${text}`), '-1.5', '+2e3', 'Kitchen'])
})

it('no row that an import rejected becomes a formula in a spreadsheet', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rejected-'))
  try {
    const file = path.join(folder, 'rows.csv')
    const rejected = new RejectedFile(file)
    for (const [index, text] of FORMULAS.entries()) rejected.add(index + 1, 'no time', [text, 5])
    rejected.close()
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)
    expect(rows).toEqual(FORMULAS.map((text, index) => `${index + 1},no time,"'${text},5"`))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
