import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMeterPayload } from './meter-payload'
import { readTopicMappings } from './topic-mapping'

const NOW = Date.UTC(2026, 2, 1, 12) / 1000

function read(mapping: string, payload: unknown) {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload)
  return readMeterPayload(readTopicMappings(mapping)[0]!, 'my_home', Buffer.from(text), NOW)
}
const sampleOf = (mapping: string, payload: unknown) => {
  const reading = read(mapping, payload)
  if (reading.kind !== 'reading') throw new Error(JSON.stringify(reading))
  return reading.sample
}

describe('what meters write', () => {
  it('reads the input contract with its own time', () => {
    const sample = sampleOf('undercurrent/{building_id}/input', { timestamp: NOW - 60, power_total: 3500, voltage: 230 })
    expect(sample).toEqual({ buildingId: 'my_home', timestampSeconds: NOW - 60, powerWatts: 3500, voltageVolts: 230, source: 'mqtt' })
  })

  it('marks what is simulated', () => {
    const sample = sampleOf('undercurrent/{building_id}/input', { timestamp: NOW, power_total: 1, simulated: true })
    expect(sample.source).toBe('simulation')
  })

  it('reads Tasmota at its arrival, since its Time has no zone', () => {
    const ENERGY = { Power: 1234, Voltage: 229, Current: 5.4, Factor: 0.98, ReactivePower: 120, Today: 3.2 }
    const sample = sampleOf('tele/main/SENSOR?building=my_home', { Time: '2026-03-01T13:00:00', ENERGY })
    expect(sample).toEqual({
      buildingId: 'my_home', timestampSeconds: NOW, powerWatts: 1234, voltageVolts: 229, currentAmps: 5.4, powerFactor: 0.98,
      reactivePowerVar: 120, source: 'mqtt',
    })
  })

  it("reads Tasmota's Time in the zone that was named", () => {
    const sample = sampleOf('tele/main/SENSOR?building=my_home&time=Time&zone=Europe/Berlin', {
      Time: '2026-03-01T13:00:00', ENERGY: { Power: 5 },
    })
    expect(sample.timestampSeconds).toBe(NOW)
  })

  it('adds up phases in a list', () => {
    expect(sampleOf('tele/main/SENSOR?building=my_home', { ENERGY: { Power: [100, 200, -50], Voltage: [230, 231, 229] } })).toEqual({
      buildingId: 'my_home', timestampSeconds: NOW, powerWatts: 250, source: 'mqtt',
    })
  })

  it.each([
    [{ 'em:0': { id: 0, a_act_power: 100, total_act_power: 951.2 } }, 951.2],
    [{ 'em1:0': { id: 0, act_power: -20 } }, -20],
    [{ 'switch:0': { id: 0, apower: 8.9 } }, 8.9],
    [{ 'pm1:0': { id: 0, apower: 0 } }, 0],
  ])('reads the notification of a Shelly %j with its own time', (component, watts) => {
    const message = { src: 'shelly', dst: 'x', method: 'NotifyStatus', params: { ts: NOW - 5.5, ...component } }
    const sample = sampleOf('shellypro3em-1/events/rpc?building=my_home', message)
    expect([sample.powerWatts, sample.timestampSeconds]).toEqual([watts, NOW - 5.5])
  })

  it('reads the status of a Shelly at its arrival', () => {
    const sample = sampleOf('shellypro3em-1/status/em:0?building=my_home', { id: 0, total_act_power: 400.5 })
    expect([sample.powerWatts, sample.timestampSeconds]).toEqual([400.5, NOW])
  })

  it.each(['412.7', ' -3 ', '+5', '.5', '1e3'])('reads the plain number %s', (text) => {
    expect(sampleOf('shellies/em/emeter/0/power?building=my_home', text).powerWatts).toBe(Number(text))
  })

  it('reads zigbee2mqtt', () => {
    const sample = sampleOf('zigbee2mqtt/main?building=my_home', { power: 77, voltage: 231, current: 0.4, linkquality: 120 })
    expect(sample).toMatchObject({ powerWatts: 77, voltageVolts: 231, currentAmps: 0.4 })
  })

  it('reads any JSON by its paths, in kilowatts where told', () => {
    const sample = sampleOf('p1/reading?building=my_home&power=data.now&unit=kW&time=data.at', { data: { now: '1.25', at: (NOW - 1) * 1000 } })
    expect([sample.powerWatts, sample.timestampSeconds]).toEqual([1250, NOW - 1])
  })
})

describe('what cannot be a reading', () => {
  it.each([
    ['undercurrent/{building_id}/input', { power_total: 5 }, /timestamp is missing/],
    ['undercurrent/{building_id}/input', '5', /not a JSON object/],
    ['shellypro3em-1/events/rpc?building=a', { params: { ts: 0, 'em:0': { total_act_power: 5 } } }, /params.ts.*before the year 2000/],
    ['shellypro3em-1/events/rpc?building=a', { params: { ts: NOW + 9e6, 'em:0': { total_act_power: 5 } } }, /ahead/],
    ['p1/now?building=a&time=at', '5', /no at in a plain number/],
    ['p1/now?building=a&time=at', { power: 5, at: '2026-03-01 12:00' }, /no time zone/],
    ['p1/now?building=a', { power: '5 W' }, /not a number of watts/],
    ['p1/now?building=a', { power: [1, 'x'] }, /not a number of watts/],
    ['p1/now?building=a', { power: 1e9 }, /beyond 10 MW/],
    ['p1/now?building=a', 'NaN', /neither a number nor JSON/],
    ['p1/now?building=a', '', /neither a number nor JSON/],
    ['p1/now?building=a', '[1,2]', /no power/],
    ['p1/now?building=a', `"${'x'.repeat(20_000)}"`, /at most 16384/],
  ])('%s %j is rejected with a reason', (mapping, payload, reason) => {
    const reading = read(mapping, payload)
    expect(reading.kind === 'rejected' ? reading.reason : reading).toMatch(reason)
  })

  it.each([
    ['tele/main/SENSOR?building=a', { Time: '2026-03-01T13:00:00', DS18B20: { Temperature: 20 } }],
    ['shellypro3em-1/events/rpc?building=a', { method: 'NotifyEvent', params: { ts: NOW, events: [] } }],
    ['p1/now?building=a', { __proto__: { power: 5 } }],
    ['p1/now?building=a&power=constructor.name', {}],
  ])('%s %j is other news of the device, not a fault', (mapping, payload) => {
    expect(read(mapping, payload)).toEqual({ kind: 'noPower' })
  })

  it('never throws, whatever the bytes', () => {
    const mappings = ['undercurrent/{building_id}/input', 'p1/x?building=a', 'x/events/rpc?building=a'].map((text) => readTopicMappings(text)[0]!)
    const payload = fc.oneof(fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), fc.json().map((text) => Buffer.from(text)))
    fc.assert(fc.property(fc.constantFrom(...mappings), payload, (mapping, bytes) => {
      expect(['reading', 'rejected', 'noPower']).toContain(readMeterPayload(mapping, 'a', bytes, NOW).kind)
    }))
  })
})
