import { describe, expect, it } from 'vitest'
import { readText, seconds, wattsOf } from './testing/read-text'

const T0 = 1_706_184_000
const rowsOf = (count: number, line: (i: number, t: number) => string, step = 1) =>
  Array.from({ length: count }, (_, i) => line(i, T0 + i * step))
const table = (header: string, rows: readonly string[]) => [header, ...rows].join('\n')

it('a file that is in kW for some time among W is stored as it is, and says so', async () => {
  const watts = (i: number) => 200 + (i % 7) + (i % 100 < 5 ? 2000 : 0)
  const text = Array.from({ length: 3000 }, (_, i) => `${1_706_184_000 + i},${i < 1000 || i >= 2000 ? watts(i) : watts(i) / 1000}`).join('\n')
  const mixed = await readText(`timestamp,power_total\n${text}`)
  expect(mixed.notes.join(' ')).toMatch(/About 1,000 rows, the first of 2024-01-25T12:16Z, .* kW among W/)
  const zeroFeedIn = Array.from({ length: 3000 }, (_, i) => `${1_706_184_000 + i},${i < 1000 ? watts(i) : (i % 40) / 2 - 10.5}`)
  expect((await readText(`timestamp,power_total\n${zeroFeedIn.join('\n')}`)).notes.join(' ')).not.toMatch(/kW/)
})

describe('the same readings, written in another way, are the same', () => {
  const plain = rowsOf(400, (i, t) => `${t},${1200 + i}.5`)
  const expected = rowsOf(400, (i, t) => `${t} ${1200.5 + i}`)
  const german = rowsOf(
    400,
    (i, t) =>
      `${new Date(t * 1000)
        .toISOString()
        .slice(0, 19)
        .replace(/(\d+)-(\d+)-(\d+)T/, '$3.$2.$1 ')};1.${200 + i},50`,
  )

  it.each<[string, string]>([
    ['plain', table('timestamp,power_total', plain)],
    ['reversed', table('timestamp,power_total', plain.toReversed())],
    ['halves swapped', table('timestamp,power_total', [...plain.slice(200), ...plain.slice(0, 200)])],
    ['twice', table('timestamp,power_total', [...plain, ...plain])],
    ['with tabs and a title', `Meter 7\n\nexport\n${table('Zeit\tLeistung (W)', plain).replaceAll(',', '\t')}`],
    [
      'in kW by the header',
      table(
        'time,Active Power [kW]',
        rowsOf(400, (i, t) => `${t},${(1200.5 + i) / 1000}`),
      ),
    ],
    [
      'in kW by their size',
      table(
        'time,power',
        rowsOf(400, (i, t) => `${t},${(1200.5 + i) / 1000}`),
      ),
    ],
    [
      'in kW by voltage and current, under a header that says W',
      table(
        'time,Power (W),voltage,current',
        rowsOf(400, (i, t) => `${t},${(1200.5 + i) / 1000},230,${(1200.5 + i) / 230}`),
      ),
    ],
    ['with points for thousands and decimal commas', table('Datum;Leistung (W)', german)],
    [
      'in milliseconds, quoted',
      table(
        '"ts","power ""main"" W"',
        rowsOf(400, (i, t) => `"${t}000","${1200.5 + i}"`),
      ),
    ],
    ['with CRLF and blank lines', table('timestamp,power_total', plain).replaceAll('\n', '\r\n\r\n')],
  ])('%s', async (_, text) => {
    const read = await readText(text)
    expect(read.rejected).toEqual([])
    expect(wattsOf(read).map((pair) => pair.join(' '))).toEqual(expected)
  })

  it('says why a unit was taken for another', async () => {
    const { notes } = await readText(
      table(
        'time,power',
        rowsOf(400, (i, t) => `${t},${(1200.5 + i) / 1000}`),
      ),
    )
    expect(notes.join()).toMatch(/no power is above 1\.6 and there are decimals: it is in kW/)
    const said = await readText(
      table(
        'time,power',
        rowsOf(400, (i, t) => `${t},${(1200.5 + i) / 1000}`),
      ),
      {
        said: { columns: [{ column: 'power', quantity: 'power', unit: 'W' }] },
      },
    )
    expect(said.rows[0]!.watts).toBe(1.2005)
  })
})

describe('each row is judged by itself', () => {
  it('rejects what cannot be, with its line and the reason, and keeps the rest', async () => {
    const rows = rowsOf(40, (i, t) => `${t},${i}`)
    rows[3] = 'yesterday,5'
    rows[4] = `${T0 + 4},`
    rows[5] = `${T0 + 5},many`
    rows[6] = `${T0 + 6},99999999999`
    rows[7] = `${T0 + 7},7,8`
    rows[8] = ',3'
    rows[9] = `4102444800,3`
    rows[10] = `${T0 + 11},77`
    rows[12] = `915148800,3`
    const read = await readText(table('timestamp,power_total', rows))
    expect(read.rejected.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).toEqual([
      '5 time unreadable',
      '6 no value',
      '7 power is not a number',
      '8 power beyond 10 MW',
      '9 more cells than the header has columns',
      '10 no time',
      '11 time in the future (another time zone?)',
      '13 another value for a time that the file has already',
      '14 time before the year 2000',
    ])
    expect(read.rows).toHaveLength(31)
  })

  it('leaves a quantity out that cannot be, and keeps the power', async () => {
    const rows = rowsOf(30, (i, t) => `${t},100,${i === 2 ? 'x' : 230},${i === 3 ? 5 : 0.9}`)
    const { rows: read, rejected } = await readText(table('timestamp,power_total,voltage,power_factor', rows), {
      said: {
        columns: [
          { column: 'power_total', quantity: 'power', unit: 'W' },
          { column: 'voltage', quantity: 'voltage', unit: 'V' },
          { column: 'power_factor', quantity: 'powerFactor', unit: '1' },
        ],
      },
    })
    expect(rejected).toEqual([])
    expect([read[2], read[3], read[4]].map((row) => [row?.isRepaired, row?.values.voltage, row?.values.powerFactor])).toEqual([
      [true, undefined, 0.9],
      [true, 230, undefined],
      [false, 230, 0.9],
    ])
  })

  it('repairs power factors in %, voltages in kV and frequencies in mHz', async () => {
    const read = await readText(
      table(
        'timestamp,power_total,voltage,pf,freq',
        rowsOf(30, (_, t) => `${t},100,0.23,95,49980`),
      ),
    )
    expect(read.rows[0]!.values).toMatchObject({ voltage: 230, powerFactor: 0.95, frequency: 49.98 })
    expect(read.notes.filter((note) => note.startsWith('Wrong or missing unit'))).toHaveLength(3)
  })

  it('counts gaps and leaves them gaps', async () => {
    const rows = [...rowsOf(100, (i, t) => `${t},${i}`), ...rowsOf(100, (i, t) => `${t + 5000},${i}`)]
    expect(await readText(table('timestamp,power_total', rows))).toMatchObject({ gaps: 1, rejected: [] })
  })

  it('refuses a table whose times have lost their seconds', async () => {
    const rows = rowsOf(400, (i, t) => `${new Date(t * 1000).toISOString().slice(0, 16)}Z,${i}`)
    await expect(readText(table('timestamp,power_total', rows))).rejects.toThrow(/lost their seconds/)
  })
})

describe('local times', () => {
  const local = (from: string, count: number, step: number) =>
    Array.from({ length: count }, (_, i) => {
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short', timeStyle: 'medium' })
      return `${shown.format((seconds(from) + i * step) * 1000)},${i}`
    })

  it.each([
    ['set back', '2024-10-26T22:00:00Z'],
    ['set forward', '2024-03-30T23:00:00Z'],
  ])('run on through the night in which the clock is %s', async (_, from) => {
    const read = await readText(table('time,power', local(from, 360, 60)), { timeZone: 'Europe/Berlin' })
    expect(read.rejected).toEqual([])
    expect(wattsOf(read)).toEqual(Array.from({ length: 360 }, (_, i) => [seconds(from) + i * 60, i]))
  })

  it('reject what the clock never shows', async () => {
    const read = await readText(
      table('time,power', ['2024-03-31 01:59:00,1', '2024-03-31 02:30:00,2', '2024-03-31 03:00:00,3']),
      { timeZone: 'Europe/Berlin' },
    )
    expect(read.rejected).toEqual(['3 a local time that the clock skips when it is set forward'])
  })

  it('with the day or the month first are told apart by what cannot be a month', async () => {
    const us = await readText(table('date,power', ['01/25/2024 12:00:00,1', '01/25/2024 12:00:10,2']))
    const uk = await readText(table('date,power', ['25/01/2024 12:00:00,1', '25/01/2024 12:00:10,2']))
    expect(wattsOf(us)).toEqual(wattsOf(uk))
    const unknown = await readText(table('date,power', ['03/04/2024 12:00:00,1', '2024-04-03 12:00:10,2']))
    expect(unknown.rejected.join()).toMatch(/say --date-order/)
  })
})
