import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { RejectedFile } from './rejected-file'

it('lists rejected rows up to a size, and says where it stops', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rejected-'))
  try {
    const file = path.join(folder, 'rejected.csv')
    const rejected = new RejectedFile(file, 100)
    for (let line = 1; line <= 1000; line++) rejected.add(line, 'no time', ['', 5])
    rejected.close()
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    expect(lines.slice(0, 2)).toEqual(['line,reason,row', '1,no time,",5"'])
    expect(lines.at(-1)).toMatch(/^\d+,more rows than are listed here,$/)
    expect(lines.length).toBeLessThan(12)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
