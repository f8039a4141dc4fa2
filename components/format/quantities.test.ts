import { describe, expect, it } from 'vitest'
import { createTranslator } from 'use-intl/core'
import { MESSAGES } from '@/components/i18n/messages'
import { createFormat, durationInWords } from './quantities'

const british = createFormat({ locale: 'en-GB', timeZone: 'Europe/Berlin', currency: 'EUR' })
const english = createTranslator({ locale: 'en-GB', messages: MESSAGES.en, namespace: 'format' })
const german = createFormat({ locale: 'de-DE', timeZone: 'Europe/Berlin', currency: 'EUR' })

describe('numbers', () => {
  it('take the unit that fits and three significant digits', () => {
    expect(british.power(84.4)).toEqual({ value: '84', unit: 'W' })
    expect(british.power(2140)).toEqual({ value: '2.14', unit: 'kW' })
    expect(british.power(2100)).toEqual({ value: '2.10', unit: 'kW' })
    expect(british.power(12_345)).toEqual({ value: '12.3', unit: 'kW' })
    expect(british.energy(0.3604)).toEqual({ value: '360', unit: 'Wh' })
    expect(british.energy(9.8371)).toEqual({ value: '9.84', unit: 'kWh' })
  })

  it('never read "1,000 W" where one kilowatt is meant', () => {
    expect(british.powerText(999.4)).toBe('999\u00a0W')
    expect(british.powerText(999.6)).toBe('1.00\u00a0kW')
  })

  it('keep the sign of an export and have no negative zero', () => {
    expect(british.power(-1234)).toEqual({ value: '-1.23', unit: 'kW' })
    expect(british.power(-0.2)).toEqual({ value: '0', unit: 'W' })
  })

  it('are written as the reader is used to', () => {
    expect(german.power(2140).value).toBe('2,14')
    expect(german.money(0.58).replaceAll('\u00a0', ' ')).toBe('0,58 €')
    expect(british.money(0.58)).toBe('€0.58')
  })

  it('do not round a small cost or energy down to nothing', () => {
    expect(british.energyText(0.0001)).toBe('<1\u00a0Wh')
    expect(british.energyText(0)).toBe('0\u00a0Wh')
    expect(british.money(0.002)).toBe('<€0.01')
    expect(british.money(0)).toBe('€0.00')
  })
})

describe('times', () => {
  const noonUtc = Date.UTC(2026, 0, 15, 12, 3, 9) / 1000

  it('are those of the site, not of the reader', () => {
    expect(british.clock(noonUtc)).toBe('13:03')
    const newYork = createFormat({ locale: 'en-GB', timeZone: 'America/New_York', currency: 'USD' })
    expect(newYork.clockWithSeconds(noonUtc)).toBe('07:03:09')
  })

  it('contain no space that differs between server and browser', () => {
    expect(createFormat({ locale: 'en-US', timeZone: 'UTC', currency: 'USD' }).clock(noonUtc)).toBe('12:03 PM')
  })

  it('read a span in its largest unit', () => {
    expect(durationInWords(1, english)).toBe('1 second')
    expect(durationInWords(59.9, english)).toBe('59 seconds')
    expect(durationInWords(125, english)).toBe('2 minutes')
    expect(durationInWords(3_600, english)).toBe('1 hour')
    expect(durationInWords(200_000, english)).toBe('2 days')
    expect(durationInWords(-3, english)).toBe('0 seconds')
  })
})
