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
  ])('an emoncms export, %s', async (_, line) => {
    const read = await readText(lines(30, line, 10), { name: 'feed.csv' })
    expect(read.format).toBe('emoncms')
    expect(wattsOf(read).slice(0, 2)).toEqual([
      [T0, 100],
      [T0 + 10, 101],
    ])
  })

  it('a Home Assistant history of several sensors: the power, held until the next state', async () => {
    const body = lines(
      30,
      (i, t) =>
        `sensor.house_power,${i === 4 ? 'unavailable' : 200 + i},${new Date(t * 1000).toISOString()}\nsensor.attic_temperature,21,${new Date(t * 1000).toISOString()}`,
      10,
    )
    const read = await readText(`entity_id,state,last_changed\n${body}`)
    expect(read).toMatchObject({ format: 'home_assistant', mapping: { sensor: 'sensor.house_power', hold: 'next' } })
    expect(wattsOf(read).slice(3, 5)).toEqual([
      [T0 + 30, 203],
      [T0 + 50, 205],
    ])
    expect(read.rejected.filter((text) => text.endsWith('of another sensor'))).toHaveLength(30)
  })

  it('Home Assistant statistics: the growth of a total, in its unit', async () => {
    const body = lines(
      30,
      (i, t) => `sensor:energy,kWh,${new Date(t * 1000).toISOString().slice(0, 19)}+00:00,${100 + i * 0.5}`,
      3600,
    )
    const read = await readText(`statistic_id,unit,start,sum\n${body}`)
    expect(read).toMatchObject({ format: 'home_assistant', judgement: { energy: 'total', asReadings: false } })
    expect(wattsOf(read)[0]).toEqual([T0 + 3600, 500])
    expect(read.rejected).toEqual(['2 nothing before it to subtract from the meter reading'])
  })

  it('the energy dashboard of Home Assistant: a column for each hour, of what was drawn from the grid', async () => {
    const hours = Array.from({ length: 24 }, (_, i) => new Date((T0 + i * 3600) * 1000).toISOString())
    const row = (entity: string, type: string, value: number) =>
      [entity, type, 'kWh', ...hours.map((_, i) => value + (i % 3))].join(',')
    const text = [
      ['entity_id', 'type', 'unit', ...hours].join(','),
      row('sensor.solar', 'solar', 9),
      row('sensor.grid', 'grid_consumption', 1),
    ].join('\n')
    const read = await readText(text)
    expect(read).toMatchObject({
      format: 'home_assistant',
      rejected: [],
      mapping: { hold: 'next' },
      judgement: { energy: 'interval', asReadings: false },
    })
    expect(wattsOf(read).slice(0, 3)).toEqual([
      [T0, 1000],
      [T0 + 3600, 2000],
      [T0 + 7200, 3000],
    ])
  })

  it('Green Button: energy of what was drawn, by the end of its interval, what was exported left out', async () => {
    const block = (
      meter: number,
      wh: number,
    ) => `<entry><link rel="self" href="/MR/${meter}/IB/1"/><link rel="up" href="/MR/${meter}/IB"/><content>
      <espi:IntervalBlock>${[0, 1, 2].map((i) => `<espi:IntervalReading><espi:timePeriod><espi:duration>900</espi:duration><espi:start>${T0 + i * 900}</espi:start></espi:timePeriod><espi:value>${wh + i}</espi:value></espi:IntervalReading>`).join('\n')}
      </espi:IntervalBlock></content></entry>`
    const type = (
      id: number,
      direction: number,
    ) => `<entry><link rel="self" href="/RT/${id}"/><content><espi:ReadingType><espi:flowDirection>${direction}</espi:flowDirection>
      <espi:powerOfTenMultiplier>1</espi:powerOfTenMultiplier><espi:uom>72</espi:uom></espi:ReadingType></content></entry>`
    const meter = (id: number) =>
      `<entry><link rel="self" href="/MR/${id}"/><link rel="related" href="/RT/${id}"/><content><espi:MeterReading/></content></entry>`
    const feed = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">${block(2, 900)}${meter(1)}${meter(2)}${block(1, 10)}${type(2, 19)}${type(1, 1)}</feed>`
    const read = await readText(feed, { name: 'green.xml' })
    expect(read).toMatchObject({ format: 'green_button', container: 'xml', judgement: { energy: 'interval', asReadings: false } })
    // 10 x 10 Wh in a quarter of an hour.
    expect(wattsOf(read)).toEqual([
      [T0 + 900, 400],
      [T0 + 1800, 440],
      [T0 + 2700, 480],
    ])
  })

  it.each([
    ['readings', '<IntervalBlock>\n', '<IntervalReading/>\n', 600_000],
    ['text', '<title>\n', `${'x'.repeat(1000)}\n`, 20_000],
    ['nested tags', '', '<a>\n', 1000],
  ])('a packed feed whose %s have no end is refused before they fill the memory', async (_, head, line, count) => {
    const packed = gzipSync(`<feed xmlns="http://naesb.org/espi"><entry>${head}${line.repeat(count)}`)
    await expect(readText(packed, { name: 'green.xml.gz' })).rejects.toThrow(/far larger than any/)
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
