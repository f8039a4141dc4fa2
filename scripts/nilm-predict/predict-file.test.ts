import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { BuildingSession } from '@/lib/nilm/building-session'
import { createSessionModel, type SessionModel } from '@/lib/nilm/session-model'
import { householdPowers, NOON, randomSequence, readingsOf } from '@/lib/nilm/testing/recordings'
import { stepManifest, stepModel, StepNetwork } from '@/lib/nilm/testing/step-network'
import { predictFile } from './predict-file'
import { DEFAULT_TABLE_OPTIONS, type TableOptions } from './table-options'

const home = () =>
  stepModel({
    Refrigerator: { fromWatts: 200, onPowerWatts: 100 },
    ElectricKettle: { fromWatts: 1500, onPowerWatts: 2000, logits: [1, 4] },
  })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nilm-predict-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function predict(content: string | Buffer, model: SessionModel = home(), options: Partial<TableOptions> = {}) {
  const [input, output] = [path.join(folder, 'in.csv'), path.join(folder, 'out.csv')]
  await writeFile(input, content)
  const summary = await predictFile(model, { input, output, options: { ...DEFAULT_TABLE_OPTIONS, ...options } })
  const [header, ...lines] = (await readFile(output, 'utf8')).trimEnd().split('\n')
  const columns = header!.split(',')
  const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [columns[i]!, cell])))
  return { summary, columns, lines, rows }
}

const table = (rows: (string | number)[][]) => ['timestamp,power_total', ...rows.map((row) => row.join(','))].join('\n')
const watts = (row: Record<string, string>, appliance: Appliance) => Number(row[`${appliance}_watts`])

describe('nilm:predict', { timeout: 30_000 }, () => {
  it('writes the documented columns, three for each appliance together', async () => {
    const { columns } = await predict(table([[NOON, 100]]))
    const expected = APPLIANCES.flatMap((name) => [`${name}_watts`, `${name}_probability`, `${name}_is_on`])
    expect(columns).toEqual(['timestamp', 'power_total', ...expected, 'other_watts'])
  })

  it('gives each second the final estimate the live session gives', async () => {
    const readings = readingsOf(householdPowers(2500))
    const { rows, summary } = await predict(table(readings.map((reading) => [reading.timestampSeconds, reading.powerWatts])))
    const session = new BuildingSession(home())
    const seconds = [...(await session.push(readings)).final, ...(await session.finish()).final]
    expect(seconds).toHaveLength(2500)
    expect(summary).toMatchObject({ rows: 2500, estimated: 2500, repeated: 0 })
    for (const [i, second] of seconds.entries()) {
      expect(rows[i]!.timestamp).toBe(String(second.timestampSeconds))
      for (const [a, name] of APPLIANCES.entries()) {
        expect(Math.abs(watts(rows[i]!, name) - second.appliances[a]!.powerWatts)).toBeLessThan(0.011)
        if (rows[i]![`${name}_is_on`] !== String(Number(second.appliances[a]!.isOn))) expect.fail(`${name} at row ${i}`)
      }
    }
  })

  it.each([0.1, 1, 7.5, 30, 60])('writes estimates that add up to the power of every row, at %s s', async (interval) => {
    const readings = readingsOf(householdPowers(500).map((power, i) => (i % 50 < 4 ? -power : power)), interval, NOON + 0.4)
    const { rows } = await predict(table(readings.map((reading) => [reading.timestampSeconds.toFixed(2), reading.powerWatts])))
    expect(rows).toHaveLength(500)
    for (const row of rows) {
      const sum = APPLIANCES.reduce((total, name) => total + watts(row, name), 0)
      expect(sum).toBeLessThanOrEqual(Math.max(Number(row.power_total), 0) + 1e-9)
      expect(Math.abs(sum + Number(row.other_watts) - Number(row.power_total))).toBeLessThan(0.006)
    }
  })

  it('writes estimates that add up to every digit of the power', async () => {
    const random = randomSequence(9)
    const powers = householdPowers(1500).map((power, i) => (power + random()).toFixed(i % 13))
    const { rows } = await predict(table(powers.map((power, i) => [NOON + i + 1, power])))
    expect(rows.map((row) => row.power_total)).toEqual(powers)
    const units = (text = '') => BigInt(text.split('.')[0]!) * 10n ** 12n + BigInt((text.split('.')[1] ?? '').padEnd(12, '0'))
    for (const row of rows) {
      const sum = APPLIANCES.reduce((total, name) => total + units(row[`${name}_watts`]), units(row.other_watts))
      expect(sum).toBe(units(row.power_total))
    }
    expect(rows.some((row) => watts(row, 'Refrigerator') > 0)).toBe(true)
  })

  it('gives unusable rows a row with empty cells and counts them by reason', async () => {
    const times = [NOON, NOON + 1, NOON + 2, 'never', NOON + 4, NOON + 5, NOON + 6]
    const powers = [100, 'NaN', '', 100, 'text', 1e12, 100]
    const { rows, summary } = await predict(table(times.map((time, i) => [time, powers[i]!])))
    expect(rows.map((row) => row.timestamp)).toEqual(times.map(String))
    expect(rows.map((row) => row.other_watts !== '')).toEqual([true, false, false, false, false, false, true])
    expect(rows[1]).toMatchObject({ power_total: 'NaN', HeatPump_watts: '', HeatPump_is_on: '' })
    expect(summary.problems.describe()).toEqual([
      '3 rows: power not a number (lines 3, 4, 6)',
      '1 row: time unreadable (line 5)',
      '1 row: power beyond 10 MW (line 7)',
    ])
  })

  it('gives shuffled rows the same estimates as sorted ones, in the order of the input', async () => {
    const random = randomSequence(4)
    const cells = readingsOf(householdPowers(1200)).map((reading) => [reading.timestampSeconds, reading.powerWatts])
    const shuffled = cells.map((cell) => ({ cell, key: random() })).sort((a, b) => a.key - b.key).map(({ cell }) => cell)
    const sorted = new Map((await predict(table(cells))).lines.map((line) => [line.split(',')[0], line]))
    const { lines, summary } = await predict(table(shuffled))
    expect(summary.estimated).toBe(1200)
    expect(lines).toEqual(shuffled.map(([timestamp]) => sorted.get(String(timestamp))))
  })

  it('gives a repeated time the estimates of its first row', async () => {
    const { rows, summary } = await predict(table([[NOON + 1, 2200], [NOON + 2, 2200], [NOON + 2, 2200], [NOON + 3, 2200]]))
    expect(rows[2]).toEqual(rows[1])
    expect(summary).toMatchObject({ repeated: 1, estimated: 4 })
  })

  it('reads what spreadsheets and meters write', async () => {
    const plain = await predict('timestamp,power_total\n1706184001,1500.5\n1706184002,-20.25\n')
    const variants = [
      '\uFEFFTimestamp;Power_Total\r\n1706184001;1500,5\r\n1706184002;-20,25\r\n',
      'sep=;\r\nid;POWER_TOTAL;timestamp\r\n1;"1500,5";2024-01-25T12:00:01Z\r\n\r\n2;-20,25;"2024-01-25 12:00:02"',
      '"note","timestamp","power_total"\n"a, ""b""\nc","1706184001","1500.5"\n,1706184002000,-20.25\n',
      Buffer.from('\uFEFFtimestamp\tpower_total\n1706184001\t1500.5\n1706184002\t-20.25\n', 'utf16le'),
    ]
    for (const variant of variants) {
      const { rows } = await predict(variant)
      const values = (row: Record<string, string>) => ({ ...row, timestamp: '', power_total: Number(row.power_total) })
      expect(rows.map(values)).toEqual(plain.rows.map(values))
    }
  })

  it('says in one sentence what is wrong with a file that is no such table', async () => {
    const refusal = /needs a header with the columns timestamp and power_total.*time,kettle_watts/
    await expect(predict('time,kettle_watts\n1,2\n')).rejects.toThrow(refusal)
    await expect(predict('')).rejects.toThrow('is empty')
    await expect(predict(Buffer.from([0x50, 0x4b, 0, 0, 1]))).rejects.toThrow('is not a text file')
  })

  it('leaves the cells of an appliance without a model empty instead of writing zeros', async () => {
    const manifest = stepManifest()
    manifest.appliances = manifest.appliances.filter((entry) => entry.name !== 'Dryer')
    const { rows } = await predict(table([[NOON, 100]]), createSessionModel(manifest, { fast: new StepNetwork({}), slow: null }))
    expect(rows[0]).toMatchObject({ Dryer_watts: '', Dryer_probability: '', Dryer_is_on: '' })
    expect(rows[0]).toMatchObject({ Freezer_watts: '0', other_watts: '100' })
  })

  it('averages the final estimates over the time a row covers', async () => {
    // Half-minute rows; the kettle boils in the second one.
    const { rows } = await predict(table([100, 100, 2300, 100, 100].map((power, i) => [NOON + 30 * (i + 1), power])))
    expect(rows.map((row) => row.ElectricKettle_is_on)).toEqual(['0', '0', '1', '0', '0'])
    expect(watts(rows[2]!, 'ElectricKettle')).toBeGreaterThan(1900)
  })

  it('gives a row for each change the estimates of the time until the next one', async () => {
    const changes = [[1, 100], [400, 2300], [580, 150], [1200, 2250], [1330, 90], [1700, 100]]
    const cells = changes.map(([offset, power]) => [NOON + offset!, power!])
    const { rows, summary } = await predict(table(cells), home(), { hold: 'next' })
    expect(summary.estimated).toBe(6)
    expect(rows.map((row) => row.ElectricKettle_is_on)).toEqual(['0', '1', '0', '1', '0', '0'])
    expect(watts(rows[1]!, 'ElectricKettle')).toBeGreaterThan(1900)
  })
})
