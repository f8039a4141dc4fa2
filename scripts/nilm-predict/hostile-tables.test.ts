import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { stepModel } from '@/lib/nilm/testing/step-network'
import { predictFile } from './predict-file'
import { DEFAULT_TABLE_OPTIONS, type TableOptions } from './table-options'
import { DOUBTFUL_TABLES } from './testing/doubtful-tables'
import { EQUAL_TABLES } from './testing/equal-tables'
import { REFUSED_TABLES } from './testing/refused-tables'
import { steadyRows, tableText } from './testing/table-rows'

const ROWS = 600
const SEED = 11
const OLD_RESULT = 'an older result\n'

let folder: string
let made = 0
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hostile-tables-'))
})
afterAll(() => rm(folder, { recursive: true }))

const home = () =>
  stepModel({
    Refrigerator: { fromWatts: 200, onPowerWatts: 100 },
    ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [1, 4] },
  })

async function predict(content: Iterable<string | Buffer>, options: Partial<TableOptions> = {}) {
  const [input, output] = [path.join(folder, `${made}.csv`), path.join(folder, `${made++}-out.csv`)]
  await writeFile(input, Buffer.concat([...content].map((piece) => Buffer.from(piece))))
  await writeFile(output, OLD_RESULT)
  const warnings: string[] = []
  const warn = (warning: string) => void warnings.push(warning)
  const request = { input, output, options: { ...DEFAULT_TABLE_OPTIONS, ...options }, warn }
  const outcome = await predictFile(home(), request).then(
    (summary) => ({ summary, error: null }),
    (error: Error) => ({ summary: null, error }),
  )
  return { ...outcome, warnings, text: await readFile(output, 'utf8') }
}

const rowsOf = (text: string) => text.trimEnd().split('\n').slice(1).map((line) => line.split(','))
/** Power and estimates of a row's cells, alike for 134 and 134.0. */
const numbersOf = (cells: readonly string[]) => cells.slice(-2 - 3 * APPLIANCES.length).map(Number).join(',')

describe('the same readings, written in another way, give the same estimates', { timeout: 60_000 }, () => {
  const plain = new Map<string, string[]>()

  it.each(EQUAL_TABLES)('$name', async ({ text, options, warnings: assumed = [], intervalSeconds = 1, fromSeconds }) => {
    const readings = [...steadyRows(ROWS, SEED, intervalSeconds, fromSeconds)]
    const key = `${intervalSeconds} ${fromSeconds}`
    if (!plain.has(key)) plain.set(key, rowsOf((await predict(tableText(readings))).text).map(numbersOf))
    const expected = plain.get(key)!
    const { summary, warnings, text: output, error } = await predict(text(ROWS, SEED), options)
    expect(error).toBeNull()
    expect(warnings).toHaveLength(assumed.length)
    assumed.forEach((pattern, i) => expect(warnings[i]).toMatch(pattern))
    expect(summary).toMatchObject({ rows: ROWS, estimated: ROWS, repeated: 0 })
    expect(summary!.problems.describe()).toEqual([])
    // Sorted, because the times themselves are written in many ways.
    const found = rowsOf(output).map(numbersOf).sort()
    const wanted = [...expected].sort()
    expect(found).toHaveLength(wanted.length)
    const different = found.findIndex((row, i) => row !== wanted[i])
    if (different >= 0) expect(found[different]).toBe(wanted[different])
  })
})

describe('a table with unusable rows, or doubtful as a whole, gives a result and says so', { timeout: 60_000 }, () => {
  it.each(DOUBTFUL_TABLES)('$name', async ({ text, options, problems, warnings: expected = [] }) => {
    const { summary, warnings, text: output, error } = await predict(text(ROWS, SEED), options)
    expect(error).toBeNull()
    expect(warnings).toHaveLength(expected.length)
    expected.forEach((pattern, i) => expect(warnings[i]).toMatch(pattern))
    const wanted = problems?.(ROWS) ?? {}
    const counts = Object.keys(wanted).map((problem) => [problem, summary!.problems.count(problem)])
    expect(Object.fromEntries(counts)).toEqual(wanted)
    const empty = Object.values(wanted).reduce((sum, rows) => sum + rows, 0)
    expect(summary!.problems.rows).toBe(empty)
    expect(summary!.estimated + empty).toBe(summary!.rows)
    const rows = rowsOf(output)
    expect(rows).toHaveLength(summary!.rows)
    expect(rows.filter((cells) => cells.at(-1) === '')).toHaveLength(empty)
    for (const cells of rows.filter((cells) => cells.at(-1) !== '')) {
      const [power, ...estimates] = cells.slice(-2 - 3 * APPLIANCES.length).map(Number)
      const sum = APPLIANCES.reduce((total, _, i) => total + estimates[3 * i]!, 0)
      if (!(sum <= Math.max(power!, 0) + 1e-9)) expect.fail(`more than the meter: ${cells.join(',')}`)
      if (!(Math.abs(sum + estimates.at(-1)! - power!) < 0.006)) expect.fail(`does not add up: ${cells.join(',')}`)
    }
  })
})

describe('a file that nothing can be estimated from ends in one sentence, and costs no older result', () => {
  it.each(REFUSED_TABLES)('$name', async ({ text, options, error: expected }) => {
    const { error, text: output, summary } = await predict(text(ROWS, SEED), options)
    expect(summary).toBeNull()
    expect(error?.name).toMatch(/^(Usage|MissingColumns)Error$/)
    expect(error?.message).toMatch(expected)
    expect(error?.message).not.toContain('\n')
    expect(output).toBe(OLD_RESULT)
  })

  it.each([
    ['a folder', () => folder, /is a folder/],
    ['no file', () => path.join(folder, 'none.csv'), /There is no/],
    ['a device without an end', () => '/dev/zero', /is no regular file/],
  ])('%s', async (_, input, expected) => {
    const request = { input: input(), output: path.join(folder, 'never.csv'), options: DEFAULT_TABLE_OPTIONS }
    await expect(predictFile(home(), request)).rejects.toThrow(expected)
    expect(await readdir(folder)).not.toContain('never.csv')
  })

  it('says so where the output has no place', async () => {
    const input = path.join(folder, 'good.csv')
    await writeFile(input, [...tableText(steadyRows(30, SEED))].join(''))
    const output = path.join(folder, 'nowhere', 'out.csv')
    const request = { input, output, options: DEFAULT_TABLE_OPTIONS }
    await expect(predictFile(home(), request)).rejects.toThrow(`${output} cannot be written: ENOENT: no such file or directory.`)
  })

  it('leaves no temporary file behind', async () => {
    expect((await readdir(folder, { withFileTypes: true })).filter(({ name }) => name.includes('scratch'))).toEqual([])
  })
})
