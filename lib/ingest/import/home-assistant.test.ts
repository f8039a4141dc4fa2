import { describe, expect, it } from 'vitest'
import { readText, wattsOf } from './testing/read-text'

const T0 = 1_706_184_000

/** `rows` lines, `step` seconds apart. */
const lines = (rows: number, line: (i: number, t: number) => string, step = 1) =>
  Array.from({ length: rows }, (_, i) => line(i, T0 + i * step)).join('\n')

describe('what Home Assistant gives out is read', () => {
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
    // A row has the start of its hour, and the total at its end.
    expect(wattsOf(read)[0]).toEqual([T0 + 7200, 500])
    expect(read.rejected).toEqual(['2 nothing before it to subtract from the meter reading'])
  })

  it('a Home Assistant history of a total: its growth up to each state', async () => {
    const body = lines(30, (i, t) => `sensor.strom_energie_bezug,${18894.5 + i / 10},${new Date(t * 1000).toISOString()}`, 3600)
    const read = await readText(`entity_id,state,last_changed\n${body}`)
    expect(read).toMatchObject({ mapping: { hold: 'previous', columns: [{ quantity: 'energyTotal', unit: 'kWh' }] } })
    const [seconds, watts] = wattsOf(read)[0]!
    expect(seconds).toBe(T0 + 3600)
    expect(watts).toBeCloseTo(100, 6)
  })

  it('exported Home Assistant statistics of all sensors, tabs and points in dates: the power, or with its name the total', async () => {
    const at = (t: number) => new Date(t * 1000).toISOString().replace(/(\d+)-(\d+)-(\d+)T(\d+:\d+).*/, '$3.$2.$1 $4')
    const body = lines(
      30,
      (i, t) =>
        [
          `sensor.solar_power\tkW\t${at(t)}\t0\t2\t1\t\t\t`,
          `sensor.grid_power\tkW\t${at(t)}\t0.1\t3.5\t${0.4 + i / 100}\t\t\t`,
          `sensor.grid_energy\tWh\t${at(t)}\t\t\t\t${1000 + 700 * i}\t${5000 + 700 * i}\t700`,
        ].join('\n'),
      3600,
    )
    const head = 'statistic_id\tunit\tstart\tmin\tmax\tmean\tsum\tstate\tdelta\n'
    const power = await readText(head + body, { name: 'statistics.tsv' })
    expect(power).toMatchObject({ mapping: { sensor: 'sensor.grid_power', hold: 'next', columns: [{ quantity: 'power', unit: 'kW' }] } })
    expect(wattsOf(power).slice(0, 2)).toEqual([
      [T0, 400],
      [T0 + 3600, 410],
    ])
    const energy = await readText(head + body, { name: 'statistics.tsv', said: { sensor: 'sensor.grid_energy' } })
    expect(energy.mapping).toMatchObject({ hold: 'next', columns: [{ column: 'delta', quantity: 'energy', unit: 'Wh' }] })
    expect(wattsOf(energy)[0]).toEqual([T0, 700])
  })

  it('statistics from the database of Home Assistant itself, where a counter has no mean', async () => {
    const head = 'id,created,created_ts,metadata_id,start,start_ts,mean,min,max,last_reset,last_reset_ts,state,sum\n'
    const read = await readText(head + lines(30, (i, t) => `${i},,${t + 3610},7,,${t},,,,,,${90 + i},${i * 0.25}`, 3600))
    expect(read.mapping.columns).toEqual([{ column: 'sum', quantity: 'energyTotal', unit: 'kWh' }])
    expect(wattsOf(read)[0]).toEqual([T0 + 7200, 250])
  })

  it('the energy dashboard of Home Assistant: a column for each hour, of what was drawn from the grid', async () => {
    const hours = Array.from({ length: 24 }, (_, i) => new Date((T0 + i * 3600) * 1000).toISOString())
    const row = (entity: string, type: string, value: number) =>
      [entity, type, 'kWh', ...hours.map((_, i) => (i === 4 ? '' : value + (i % 3) / 2))].join(',')
    const text = [
      ['entity_id', 'type', 'unit', ...hours].join(','),
      row('sensor.grid_day', 'grid_consumption', 0.25),
      row('sensor.grid_night', 'grid_consumption', 0.75),
      row('sensor.grid_day_cost', 'grid_consumption_cost', 7),
      row('sensor.export', 'grid_return', 8),
      row('sensor.roof', 'solar_production', 9),
      row('', 'calculated_consumed_grid', 5),
    ].join('\n')
    const read = await readText(text)
    expect(read).toMatchObject({
      format: 'home_assistant',
      rejected: ['3 no value'],
      mapping: { hold: 'next' },
      judgement: { energy: 'interval', asReadings: false, isMains: true },
    })
    expect(wattsOf(read).slice(0, 3)).toEqual([
      [T0, 1000],
      [T0 + 3600, 2000],
      [T0 + 7200, 3000],
    ])
  })
})
