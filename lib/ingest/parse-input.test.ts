import { describe, expect, it } from 'vitest'
import type { Sample } from '@/lib/contracts/sample'
import { parseInput } from '@/lib/ingest/parse-input'
import { inputMessageOf } from '@/lib/simulation/home-sample'

const NOW = 1_790_000_000
const parse = (json: string, buildingId = 'building_1') => parseInput(json, buildingId, 'pubsub', NOW)
const accepted = (json: string) => {
  const result = parse(json)
  if (!result.ok) throw new Error(result.reason)
  return result
}
const reason = (json: string, buildingId?: string) => {
  const result = parse(json, buildingId)
  return result.ok ? 'accepted' : result.reason
}
const withTime = (timestamp: string) => `{"timestamp": ${timestamp}, "power_total": 1}`

describe('a message as the contract writes it', () => {
  it('becomes a sample, every quantity under its unit', () => {
    const json =
      '{"timestamp": 1706198400.5, "power_total": 3500.0, "voltage": 230.0, "current": 15.2, "power_factor": 0.95,' +
      ' "reactive_power": 12, "frequency": 49.98, "thd": 3.1}'
    expect(accepted(json)).toEqual({
      ok: true,
      notes: [],
      sample: {
        buildingId: 'building_1',
        timestampSeconds: 1706198400.5,
        powerWatts: 3500,
        voltageVolts: 230,
        currentAmps: 15.2,
        powerFactor: 0.95,
        reactivePowerVar: 12,
        frequencyHertz: 49.98,
        thdPercent: 3.1,
        source: 'pubsub',
      },
    })
  })

  it('needs only the time and the power; null and unknown fields count as absent', () => {
    const json = '{"timestamp": 1706198400, "power_total": 0, "voltage": null, "phase": "L1", "__proto__": {"x": 1}}'
    expect(accepted(json)).toEqual({
      ok: true,
      notes: [],
      sample: { buildingId: 'building_1', timestampSeconds: 1706198400, powerWatts: 0, source: 'pubsub' },
    })
  })

  it('may hold negative power: the building exports', () => {
    expect(accepted('{"timestamp": 1706198400, "power_total": -4200.5}').sample.powerWatts).toBe(-4200.5)
  })
})

describe('a message that says it is simulated', () => {
  it.each(['true', '"true"', '" TRUE "'])('becomes a simulated sample, whatever way it came: %s', (written) => {
    const result = accepted(`{"timestamp": 1706198400, "power_total": 5, "simulated": ${written}}`)
    expect(result).toMatchObject({ notes: [], sample: { source: 'simulation' } })
    expect(result.sample).not.toHaveProperty('simulated')
  })

  it.each(['false', 'null', '"false"'])('is a real one when it says %s', (written) => {
    const result = accepted(`{"timestamp": 1706198400, "power_total": 5, "simulated": ${written}}`)
    expect(result).toMatchObject({ notes: [], sample: { source: 'pubsub' } })
  })

  it.each(['"perhaps"', '1', '{}'])('is a real one with a note when it says %s', (written) => {
    const result = accepted(`{"timestamp": 1706198400, "power_total": 5, "simulated": ${written}}`)
    expect(result.sample.source).toBe('pubsub')
    expect(result.notes).toEqual([expect.stringContaining('simulated of')])
  })

  it('keeps its mark on the way of the simulator over the input channel', () => {
    const sample: Sample = { buildingId: 'building_1', timestampSeconds: 1706198400, powerWatts: 5, source: 'simulation' }
    expect(accepted(JSON.stringify(inputMessageOf(sample))).sample).toEqual(sample)
    const measured: Sample = { ...sample, source: 'replay' }
    expect(accepted(JSON.stringify(inputMessageOf(measured))).sample.source).toBe('pubsub')
  })
})

describe('a message without a usable power', () => {
  it.each([
    ['NaN', 'NaN'],
    ['Infinity', 'Infinity'],
    ['-Infinity', '-Infinity'],
    ['null', 'null'],
    ['"NaN"', '"NaN"'],
    ['"3,500"', '"3,500"'],
    ['"0x10"', '"0x10"'],
    ['""', '""'],
    ['true', 'true'],
    ['[1]', '[1]'],
    ['{"w": 1}', '{"w":1}'],
  ])('is rejected, saying that power_total is %s', (written, named) => {
    expect(reason(`{"timestamp": 1706198400, "power_total": ${written}}`)).toBe(`power_total is ${named}, not a number of watts.`)
  })

  it('is rejected when the field is missing', () => {
    expect(reason('{"timestamp": 1706198400, "power": 5}')).toBe('power_total is missing, not a number of watts.')
  })

  it.each(['10000001', '-10000001', '1e300'])('is rejected at %s W, which is beyond 10 MW', (watts) => {
    expect(reason(`{"timestamp": 1706198400, "power_total": ${watts}}`)).toContain('beyond 10 MW')
  })

  it('is rejected when JSON overflows the number', () => {
    expect(reason('{"timestamp": 1706198400, "power_total": 1e999}')).toContain('not a number of watts')
  })
})

describe('a time', () => {
  it.each([
    ['1706198400123', 1706198400.123, 'milliseconds'],
    ['1706198400123456', 1706198400.123456, 'microseconds'],
    ['1706198400123456700', 1706198400.1234567, 'nanoseconds'],
    ['"1706198400.5"', 1706198400.5, 'text'],
    ['"2024-01-25T16:00:00Z"', 1706198400, 'ISO'],
    ['"2024-01-25T16:00:00.250+00:00"', 1706198400.25, 'ISO'],
    ['"2024-01-25 17:00:00 +0100"', 1706198400, 'ISO'],
    ['"2024-01-25T10:30-05:30"', 1706198400, 'ISO'],
    ['"2024-01-25T18:00:00+02"', 1706198400, 'ISO'],
  ])('of %s is repaired, because it can mean only one moment', (written, seconds, note) => {
    const result = accepted(withTime(written))
    expect(result.sample.timestampSeconds).toBeCloseTo(seconds, 5)
    expect(result.notes).toEqual([expect.stringContaining(note)])
  })

  it.each([
    ['"2024-01-25T16:00:00"', 'no time zone'],
    ['"25.01.2024 16:00"', 'neither Unix seconds nor ISO 8601'],
    ['"2024-02-30T16:00:00Z"', 'does not exist'],
    ['"2024-13-01T16:00:00Z"', 'does not exist'],
    ['"2024-01-25T25:00:00Z"', 'does not exist'],
    ['"yesterday"', 'neither Unix seconds nor ISO 8601'],
    ['NaN', 'timestamp'],
    ['null', 'missing'],
    ['true', 'neither a number nor a text'],
    ['0', 'before the year 2000'],
    ['-5', 'before the year 2000'],
    ['946684799', 'before the year 2000'],
    [String(NOW + 8 * 86_400), 'over 7 days ahead'],
    ['"2099-01-01T00:00:00Z"', 'over 7 days ahead'],
    ['1e300', 'over 7 days ahead'],
  ])('of %s is rejected: %s', (written, why) => {
    expect(reason(withTime(written))).toContain(why)
  })

  it('is accepted from the year 2000 to a week ahead, as clocks of meters go', () => {
    expect(accepted(withTime('946684800')).notes).toEqual([])
    expect(accepted(withTime(String(NOW + 7 * 86_400))).notes).toEqual([])
  })
})

describe('other quantities', () => {
  it.each(['"voltage": NaN', '"voltage": "high"', '"voltage": -5', '"thd": 1e30', '"power_factor": 95', '"frequency": [50]'])(
    'are left out with a note when unusable (%s), and the power is kept',
    (field) => {
      const result = accepted(`{"timestamp": 1706198400, "power_total": 7, ${field}}`)
      expect(result.sample).toEqual({ buildingId: 'building_1', timestampSeconds: 1706198400, powerWatts: 7, source: 'pubsub' })
      expect(result.notes).toEqual([expect.stringContaining('is left out')])
    },
  )

  it('are read from quoted numbers with a note, as is the power', () => {
    const result = accepted('{"timestamp": 1706198400, "power_total": "3500.0", "voltage": " 230.5 "}')
    expect(result.sample).toMatchObject({ powerWatts: 3500, voltageVolts: 230.5 })
    expect(result.notes).toHaveLength(2)
  })

  it('are never too small for a REAL column, nor minus zero', () => {
    const { sample } = accepted('{"timestamp": 1706198400, "power_total": -0.0, "voltage": 1e-50}')
    expect(Object.is(sample.powerWatts, 0)).toBe(true)
    expect(sample.voltageVolts).toBe(0)
  })
})

describe('what is no message at all', () => {
  const texts = ['', 'hello', '{', '{"timestamp": 1706198400, "power_total": NaN', '\u0000', '{"a": NaNa}']
  it.each(texts)('is rejected: %j', (text) => {
    expect(reason(text)).toContain('not JSON')
  })

  it.each(['null', '1', '"text"', '[]', '[{"timestamp": 1706198400, "power_total": 1}]', 'NaN'])('is rejected: %s', (text) => {
    expect(reason(text)).not.toBe('accepted')
  })

  it('leaves a NaN within a quoted text as it is', () => {
    const result = accepted('{"timestamp": 1706198400, "power_total": 5, "note": "a \\"NaN\\" here", "thd": NaN}')
    expect(result.notes).toEqual([expect.stringContaining('thd of NaN')])
  })

  it('is rejected without being parsed when it is far too long', () => {
    expect(reason(`{"timestamp": 1706198400, "power_total": 1, "x": "${'y'.repeat(5_000)}"}`)).toContain('at most 4096')
  })
})

const unsafeIds = ['', 'a b', '../etc', 'b*', 'a/b', 'ä', 'x'.repeat(65), 'a\n']
it.each(unsafeIds)('rejects the building id %j, which would not be safe in a channel or path', (id) => {
  expect(reason(withTime('1706198400'), id)).toContain('not a building id')
})

it.each(['building_1', 'site:7.a-B', 'x'.repeat(64)])('accepts the building id %j', (id) => {
  expect(parse(withTime('1706198400'), id)).toMatchObject({ ok: true, sample: { buildingId: id } })
})
