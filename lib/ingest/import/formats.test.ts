import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readText, seconds, wattsOf } from './testing/read-text'

const T0 = 1_706_184_000

/** `rows` lines, `step` seconds apart. */
const lines = (rows: number, line: (i: number, t: number) => string, step = 1) =>
  Array.from({ length: rows }, (_, i) => line(i, T0 + i * step)).join('\n')

describe('a file is recognised by what it holds', () => {
  it('electrical_data of the former backend, in kW with its own W column, by device', async () => {
    const head =
      'DateTime,Voltage,Current,Real Power,Reactive Power,Apparent Power,Power Factor,Frequency,THD,Real Power (W),Cluster,Device_State\n'
    const body = lines(
      40,
      (i) =>
        `2024-01-25 12:00:${String(i).padStart(2, '0')},230.${i % 10},4.5,1.0,0.2,1.1,0.95,50.01,3.2,${i < 5 ? '' : 1000 + i},${i % 3},${i % 2 ? 'Fridge' : 'Heat Pump'}`,
    )
    const read = await readText(head + body)
    expect(read.format).toBe('electrical_data')
    expect(read.judgement.isMains).toBe(false)
    expect(read.rejected).toEqual([])
    // Where the column in W is empty, the one in kW counts.
    expect(read.rows.slice(4, 7).map(({ watts }) => watts)).toEqual([1000, 1005, 1006])
    const { values, device } = read.rows[7]!
    expect(values).toMatchObject({
      voltage: 230.7,
      current: 4.5,
      reactivePower: 200,
      apparentPower: 1100,
      powerFactor: 0.95,
      frequency: 50.01,
      thd: 3.2,
      cluster: 1,
    })
    expect(read.devices[device]).toBe('Fridge')
  })

  it('the same table with its database names', async () => {
    const head =
      'timestamp,voltage,current,real_power,reactive_power,apparent_power,power_factor,frequency,thd,real_power_watt,cluster,device_state\n'
    const read = await readText(head + lines(30, (_, t) => `${t},230,1,0.2,0.01,0.21,0.95,50,3,200,1,on`))
    expect(read.format).toBe('electrical_data')
    // A state is no device's name.
    expect(read.judgement.isMains).toBe(true)
    expect(read.rows[0]).toMatchObject({ watts: 200, values: { reactivePower: 10, apparentPower: 210 } })
  })

  it('a UK-DALE mains file, a channel of the mains, and one of an appliance', async () => {
    const mains = await readText(
      lines(30, (i, t) => `${t}.1 ${200 + i}.5 227.41 241.81`),
      { name: 'mains.dat' },
    )
    expect(mains).toMatchObject({ format: 'ukdale', judgement: { isMains: true } })
    expect(mains.rows[0]).toMatchObject({ watts: 200.5, values: { apparentPower: 227.41, voltage: 241.81 } })
    const channel = await readText(
      lines(30, (i, t) => `${t} ${i}`, 6),
      { name: 'channel_1.dat' },
    )
    expect(channel).toMatchObject({ format: 'ukdale', judgement: { isMains: true } })
    expect(wattsOf(channel)[3]).toEqual([T0 + 18, 3])
    expect(
      (
        await readText(
          lines(30, (i, t) => `${t} ${i}`, 6),
          { name: 'channel_5.dat' },
        )
      ).judgement.isMains,
    ).toBe(false)
  })

  it('a REFIT house: the aggregate by Unix times', async () => {
    const head =
      'Time,Unix,Aggregate,Appliance1,Appliance2,Appliance3,Appliance4,Appliance5,Appliance6,Appliance7,Appliance8,Appliance9,Issues\n'
    const read = await readText(head + lines(30, (i, t) => `2013-09-26 08:23:52,${t},${500 + i},74,0,69,0,0,0,0,0,1,0`, 8), {
      name: 'CLEAN_House1.csv',
    })
    expect(read.format).toBe('refit')
    expect(wattsOf(read)[2]).toEqual([T0 + 16, 502])
  })

  it('an ECO day: a row a second from local midnight, -1 where nothing was measured', async () => {
    const row = (i: number) => [i === 7 ? -1 : 300 + i, 1, 2, 3, 0, 1, 1, 1, 230.5, 231, 232, 0, 0, 0, 0, 0].join(',')
    const read = await readText(Array.from({ length: 60 }, (_, i) => row(i)).join('\n'), { name: '2012-06-01.csv' })
    expect(read.format).toBe('eco')
    expect(read.rows).toHaveLength(60)
    expect(wattsOf(read)[0]).toEqual([seconds('2012-05-31T22:00:00Z'), 300])
    expect(read.rows[7]!.watts).toBeNaN()
    expect(read.rows[8]!.values.voltage).toBe(230.5)
  })

  it.each([
    ['comma', (i: number, t: number) => `${t},${100 + i}`],
    [
      'comma and a date',
      (i: number, t: number) => `${new Date(t * 1000).toISOString().slice(0, 19).replace('T', ' ')},${100 + i}`,
    ],
    ['null for nothing', (i: number, t: number) => `${t},${i === 29 ? 'null' : 100 + i}`],
    [
      'for spreadsheets, day first',
      (i: number, t: number) =>
        `${new Date(t * 1000).toISOString().replace(/(\d+)-(\d+)-(\d+)T([\d:]+).*/, '$3/$2/$1 $4')},${(100 + i).toFixed(2)}`,
    ],
    ['ISO 8601 with an offset', (i: number, t: number) => `${new Date(t * 1000).toISOString().slice(0, 19)}+00:00,${100 + i}`],
    ['semicolon and decimal comma', (i: number, t: number) => `${t};${100 + i},00`],
  ])('an emoncms export, %s', async (_, line) => {
    const read = await readText(lines(30, line, 10), { name: 'feed.csv' })
    expect(read.format).toBe('emoncms')
    expect(wattsOf(read).slice(0, 2)).toEqual([
      [T0, 100],
      [T0 + 10, 101],
    ])
  })

  it('Parquet of several row groups, packed with zstd, with times as timestamps and a gap as null', async () => {
    const read = await readText(readFileSync('lib/ingest/import/testing/meter.parquet'), { name: 'meter.parquet' })
    expect(read).toMatchObject({ format: 'meter', container: 'parquet', rejected: [] })
    expect(read.rows).toHaveLength(300)
    expect(wattsOf(read).slice(0, 2)).toEqual([
      [T0, 100.5],
      [T0 + 1, 101.5],
    ])
    expect(read.rows[7]).toMatchObject({ watts: Number.NaN, values: { voltage: 231 } })
    expect(wattsOf(read).at(-1)).toEqual([T0 + 299, 399.5])
  })

  it('any of them packed with gzip; one that breaks off is refused', async () => {
    const packed = gzipSync(`timestamp;power_total\n${lines(3000, (i, t) => `${t};${i}`)}`)
    const read = await readText(packed, { name: 'meter.csv.gz' })
    expect(read).toMatchObject({ container: 'gzip', rejected: [] })
    expect(read.rows).toHaveLength(3000)
    await expect(readText(packed.subarray(0, packed.length / 2), { name: 'meter.csv.gz' })).rejects.toThrow(/damaged/)
  })

  it.each([
    ['name,age\nAnn,3', /no column of times/],
    ['time,colour\n2024-01-25,red', /no column of power/],
    ['1,2,3,4,5\n2,3,4,5,6', /no header/],
    ['', /empty/],
    ['timestamp,power_total\n', /no rows/],
  ])('what cannot be measurements is refused with what to do: %j', async (text, message) => {
    await expect(readText(text)).rejects.toThrow(message)
  })
})

describe('a day and a time of day in columns of their own are one time', () => {
  const rows = Array.from({ length: 40 }, (_, i) => ({ clock: `08:${String(i).padStart(2, '0')}:05`, watts: 500 + i }))
  const expected = rows.map(({ clock, watts }) => [seconds(`2024-01-25T${clock}Z`), watts])
  const german = rows.map(({ clock, watts }) => `25.01.2024;${clock};0,${watts};230,1`).join('\n')
  const germanHead = 'Datum;Uhrzeit;Wirkleistung [kW];Spannung (V)\n'

  it.each([
    ['as a German meter writes them', germanHead + german],
    ['the time of day first', `Uhrzeit;Datum;Wirkleistung [kW]\n${rows.map(({ clock, watts }) => `${clock};25.01.2024;0,${watts}`).join('\n')}`],
    ['in ISO 8601', `date,time,power (W)\n${rows.map(({ clock, watts }) => `2024-01-25,${clock},${watts}`).join('\n')}`],
    ['with AM and one digit', `Date,Time,power (W)\n${rows.map(({ clock, watts }) => `2024-1-25,${clock.slice(1)} AM,${watts}`).join('\n')}`],
    ['with midnight behind the day', `Day,Date,Clock,P (W)\n${rows.map(({ clock, watts }) => `Thu,2024-01-25 00:00:00,${clock},${watts}`).join('\n')}`],
  ])('%s', async (_, text) => {
    const read = await readText(text)
    expect(read.rejected).toEqual([])
    expect(wattsOf(read)).toEqual(expected)
    expect(read.notes.join(' ')).toMatch(/the day in \S+ and the time of day in/)
    expect(read.notes.join(' ')).not.toMatch(/Careful/)
  })

  it('in local time, the hour that comes twice included', async () => {
    const text = ['26.10.2024;23:59:00;1', '27.10.2024;02:59:00;2', '27.10.2024;02:00:00;3', '27.10.2024;24:00:00;4'].join('\n')
    const read = await readText(`Datum;Uhrzeit;Leistung (W)\n${text}`, { timeZone: 'Europe/Berlin' })
    expect(wattsOf(read)).toEqual([
      [seconds('2024-10-26T21:59:00Z'), 1],
      [seconds('2024-10-27T00:59:00Z'), 2],
      [seconds('2024-10-27T01:00:00Z'), 3],
      [seconds('2024-10-27T23:00:00Z'), 4],
    ])
  })

  it('as said, where the cells do not tell them apart', async () => {
    const said = { timeColumn: 'Datum', clockColumn: 'Uhrzeit' }
    const broken = await readText(`${germanHead}${german}\n25.01.2024;;0,5;230\n25.01.2024;mittags;0,5;230`, { said })
    expect(broken.rows).toHaveLength(40)
    expect(broken.rejected).toEqual(['42 no time', '43 time unreadable'])
    await expect(readText(germanHead + german, { said: { clockColumn: 'Stunde' } })).rejects.toThrow(/no column Stunde/)
  })

  it('and where nobody says which, days that repeat are warned of and not imported', async () => {
    const said = { clockColumn: null }
    await expect(readText(germanHead + german, { said })).rejects.toThrow(/Datum seems to hold days without a time of day/)
    const few = await readText(`${germanHead}${german.split('\n').slice(0, 5).join('\n')}`, { said })
    expect(few.notes.join(' ')).toMatch(/Careful: Datum holds days without a time of day/)
    const minutes = Array.from({ length: 200 }, (_, i) => `2024-01-25 08:${String(Math.floor(i / 20)).padStart(2, '0')},${i}`)
    await expect(readText(`time,power\n${minutes.join('\n')}`)).rejects.toThrow(/lost their seconds/)
  })
})
