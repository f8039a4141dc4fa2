import { createTranslator } from 'use-intl/core'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { LiveBuilding } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { freshnessText, judgeFreshness, staleAfterSeconds, type Connection } from './freshness'
import { joinNames, whatIsOn, type HeadlineWords } from './headline-words'
import { nextTileOrder } from './tile-order'

const translators = (locale: string, messages: (typeof MESSAGES)['en']) => ({
  live: createTranslator({ locale, messages, namespace: 'live' }),
  appliances: createTranslator({ locale, messages, namespace: 'appliances' }),
  format: createTranslator({ locale, messages, namespace: 'format' }),
})
const english = translators('en-GB', MESSAGES.en)
const german = translators('de-DE', MESSAGES.de)

const predictions = (watts: Partial<Record<Appliance, number>>, missing: Appliance[] = []) =>
  APPLIANCES.map((appliance) => ({
    appliance, power_watts: watts[appliance] ?? 0, probability: 0.9, is_on: appliance in watts, confidence: 0.8,
    available: !missing.includes(appliance), experimental: false,
  }))

describe('the sentence', () => {
  it('names what is on, largest first', () => {
    expect(whatIsOn(predictions({ Refrigerator: 90, Dishwasher: 1900 }), true, english)).toBe('Dishwasher and refrigerator are on')
    expect(whatIsOn(predictions({ Refrigerator: 90 }), true, english)).toBe('Refrigerator is on')
  })

  it('stays short when much is on', () => {
    expect(joinNames(['HeatPump', 'Dryer', 'ElectricKettle'], english)).toBe('Heat pump, dryer and kettle')
    const five: Appliance[] = ['HeatPump', 'Dryer', 'ElectricKettle', 'Computer', 'Freezer']
    expect(joinNames(five, english)).toBe('Heat pump, dryer and 3 more')
  })

  it('speaks of the past once the readings have stopped', () => {
    expect(whatIsOn(predictions({ Dryer: 900 }), false, english)).toBe('Dryer was on')
  })

  it('is German for who reads German', () => {
    const say = (on: Parameters<typeof predictions>[0], isCurrent: boolean, words: HeadlineWords = german) =>
      whatIsOn(predictions(on), isCurrent, words)
    expect(say({ Refrigerator: 90, Dishwasher: 1900 }, true)).toBe('Spülmaschine und Kühlschrank sind an')
    expect(say({ Dryer: 900 }, false)).toBe('Trockner war an')
    expect(freshnessText({ kind: 'offline', ageSeconds: 200_000 }, german)).toBe('letzter Messwert vor 2 Tagen')
  })

  it('claims nothing about appliances without a model', () => {
    expect(whatIsOn(predictions({}, ['Dryer', 'Freezer']), true, english)).toBe('None of the 9 known appliances is on')
    expect(whatIsOn(predictions({ Dryer: 900 }, [...APPLIANCES]), true, english)).toContain('not known')
  })
})

describe('freshness', () => {
  const latest = { timestamp: 1000 } as PredictionMessage
  const status = (interval: number, lastSample = 1000) =>
    ({ meter_interval_seconds: interval, last_sample_time: lastSample }) as BufferStatus
  const judge = (
    building: Pick<LiveBuilding, 'latest' | 'status'>,
    connection: Connection,
    nowSeconds: number,
    heardAtSeconds = nowSeconds,
  ) => judgeFreshness({ ...building, heardAtSeconds }, connection, nowSeconds)

  it('allows ten seconds, or three intervals of a slow meter', () => {
    expect(staleAfterSeconds(undefined)).toBe(10)
    expect(judge({ latest, status: status(1) }, 'live', 1010).kind).toBe('live')
    expect(judge({ latest, status: status(1) }, 'live', 1011)).toEqual({ kind: 'stale', ageSeconds: 11 })
    expect(judge({ latest, status: status(60) }, 'live', 1180).kind).toBe('live')
  })

  it('goes by the newest reading, not by the newest estimate', () => {
    expect(judge({ latest, status: status(1, 1059) }, 'live', 1060).kind).toBe('live')
  })

  it('tells no connection, no session and no reading apart', () => {
    expect(freshnessText(judge({ latest, status: null }, 'offline', 1180), english)).toContain('3 minutes ago')
    expect(judge({ latest, status: null }, 'expired', 1000).kind).toBe('expired')
    expect(judge({ latest: null, status: null }, 'live', 1000).kind).toBe('waiting')
  })

  it('does not call a meter stale whose clock runs ahead, while its readings come', () => {
    expect(judge({ latest, status: null }, 'live', 900).kind).toBe('live')
    expect(judge({ latest, status: null }, 'live', 910, 900).kind).toBe('live')
  })

  it('does not call a meter live whose clock ran ahead when its readings stopped', () => {
    expect(judge({ latest, status: null }, 'live', 911, 900)).toEqual({ kind: 'stale', ageSeconds: 11 })
    expect(judge({ latest, status: null }, 'offline', 960, 900)).toEqual({ kind: 'offline', ageSeconds: 60 })
  })
})

describe('the order of the tiles', () => {
  it('puts what is on first, by power, and what has no model last', () => {
    const order = nextTileOrder(null, predictions({ Freezer: 80, Dryer: 900 }, ['HeatPump']), 0).appliances
    expect(order.slice(0, 3)).toEqual(['Dryer', 'Freezer', 'Dishwasher'])
    expect(order.at(-1)).toBe('HeatPump')
  })

  it('does not move when only power changes', () => {
    const before = nextTileOrder(null, predictions({ Freezer: 80, Dryer: 900 }), 0)
    expect(nextTileOrder(before, predictions({ Freezer: 2000, Dryer: 900 }), 60)).toBe(before)
  })

  it('moves when an appliance starts, but not at every flicker', () => {
    const before = nextTileOrder(null, predictions({ Freezer: 80 }), 0)
    expect(nextTileOrder(before, predictions({ Freezer: 80, Dryer: 900 }), 2)).toBe(before)
    expect(nextTileOrder(before, predictions({ Freezer: 80, Dryer: 900 }), 5).appliances[0]).toBe('Dryer')
  })
})
