import { expect, it } from 'vitest'
import { HourlyCsvError, readHourlyCsv } from './hourly-csv'

const at = (iso: string) => Date.parse(iso) / 1000

it('reads what spreadsheets and exchanges write: other delimiters, decimal commas, a byte order mark', () => {
  const { startsAtSeconds, values, rejected } = readHourlyCsv(
    '\uFEFFTimestamp;Price\r\n2026-01-01 00:00;85,25\r\n2026-01-01 01:00;-3,1\r\n',
    'Europe/Berlin',
    0.001,
  )
  expect(startsAtSeconds).toEqual([at('2025-12-31T23:00:00Z'), at('2026-01-01T00:00:00Z')])
  expect(values.map((value) => Number(value.toFixed(9)))).toEqual([0.08525, -0.0031])
  expect(rejected).toEqual([])
})

it('tells the two passes of the repeated hour apart by the order of the lines', () => {
  const hours = ['01:00', '02:00', '02:00', '03:00'].map((time, index) => `2025-10-26 ${time},${index}`)
  const { startsAtSeconds } = readHourlyCsv(['time,value', ...hours].join('\n'), 'Europe/Berlin', 1)
  expect(startsAtSeconds).toEqual(
    ['2025-10-25T23:00:00Z', '2025-10-26T00:00:00Z', '2025-10-26T01:00:00Z', '2025-10-26T02:00:00Z'].map(at),
  )
})

it('does so for quarters of an hour, in a file that runs backwards as well, and knows hours that the clock skips', () => {
  const passes = ['00', '15', '30', '45'].map((minute) => `2025-10-26 02:${minute},1`)
  const lines = ['2025-10-26 01:45,1', ...passes, ...passes, '2025-10-26 03:00,1']
  for (const rows of [lines, [...lines].reverse()]) {
    const { startsAtSeconds, rejected } = readHourlyCsv(['time,value', ...rows].join('\n'), 'Europe/Berlin', 1)
    expect(rejected).toEqual([])
    expect(startsAtSeconds).toEqual(Array.from({ length: 10 }, (_, index) => at('2025-10-25T23:45:00Z') + index * 900))
  }
  expect(readHourlyCsv('time,value\n2025-03-30 02:30,1', 'Europe/Berlin', 1).rejected[0]?.reason).toContain(
    'skipped by the local clock',
  )
})

it('names each line it cannot use, and keeps the others; of two for one time the last counts', () => {
  const text =
    'timestamp,price\n2026-01-01T00:07:00Z,1\nsoon,1\n2026-01-01T00:00:00Z,cheap\n2026-01-01T01:00:00Z,0.2\n2026-01-01T01:00:00Z,0.3\n'
  const { values, rejected } = readHourlyCsv(text, 'UTC', 1)
  expect(values).toEqual([0.3])
  expect(rejected.map(({ line }) => line)).toEqual([2, 3, 4])
})

it('says what header it needs', () => {
  expect(() => readHourlyCsv('a,b\n1,2\n', 'UTC', 1)).toThrow(HourlyCsvError)
  expect(() => readHourlyCsv('', 'UTC', 1)).toThrow('needs a header')
})
