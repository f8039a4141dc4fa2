import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { detectFile } from './detect-file'

const folder = mkdtempSync(path.join(tmpdir(), 'undercurrent-detect-'))
afterAll(() => rmSync(folder, { recursive: true }))

const output = path.join(folder, 'out.csv')
function input(lines: readonly string[]): string {
  const file = path.join(folder, 'in.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  return file
}
const time = (row: number) => new Date(Date.UTC(2024, 0, 1) + row * 300_000).toISOString().slice(0, 19).replace('T', ' ')

describe('detect', () => {
  it('writes a score for each row, with its time as it was, and none for a row without a number', async () => {
    const rows = Array.from({ length: 1_000 }, (_, row) => `${time(row)},${row === 900 ? 500 : row === 500 ? '' : 20 + (row % 7)}`)
    expect(await detectFile(input(['timestamp,value', ...rows]), output)).toEqual({
      rows: 1_000, withoutNumber: 1, stepSeconds: 300, backwards: 0,
    })
    const written = readFileSync(output, 'utf8').trim().split('\n')
    expect(written[0]).toBe('timestamp,anomaly_score')
    expect(written).toHaveLength(1_001)
    expect(written[501]).toBe(`${time(500)},`)
    const scores = written.slice(1).map((line) => Number(line.split(',')[1]))
    expect(scores.indexOf(Math.max(...scores))).toBe(900)
    expect(scores[900]).toBeGreaterThan(0.6)
  })

  it.each([
    [['time,value', '1,2'], /columns timestamp and value/],
    [['timestamp,value', `${time(0)},1`], /at least 20/],
    [['timestamp,value', ...Array.from({ length: 30 }, () => `${time(0)},1`)], /same time/],
    [['timestamp,value', ...Array.from({ length: 30 }, (_, row) => `${row === 4 ? 'soon' : time(row)},1`)], /Line 6/],
  ])('says what is wrong with a table it cannot use', async (lines, reason) => {
    await expect(detectFile(input(lines), output)).rejects.toThrow(reason)
  })

  it('does not write over its input', async () => {
    const file = input(['timestamp,value'])
    await expect(detectFile(file, file)).rejects.toThrow(/same file/)
  })
})
