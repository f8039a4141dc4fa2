import { describe, expect, it } from 'vitest'
import { chooseLanguage, localeFor } from './languages'

describe('the language of a page', () => {
  it('is the one the person chose, whatever the browser wants', () => {
    expect(chooseLanguage('en', 'de-DE')).toBe('en')
    expect(chooseLanguage('de', 'en')).toBe('de')
  })

  it('is else the one the browser wants most of those there are', () => {
    expect(chooseLanguage(undefined, 'de-CH,de;q=0.9,en;q=0.8')).toBe('de')
    expect(chooseLanguage(undefined, 'fr;q=0.9,en;q=0.3,de;q=0.5')).toBe('de')
    expect(chooseLanguage(undefined, 'fr,en-US')).toBe('en')
    expect(chooseLanguage(undefined, 'de;q=0,en')).toBe('en')
  })

  it('is English where nothing that can be spoken is asked for', () => {
    expect(chooseLanguage(undefined, null)).toBe('en')
    expect(chooseLanguage('klingon', '*')).toBe('en')
    expect(chooseLanguage('toString', '!!nonsense;q=x')).toBe('en')
  })
})

describe('numbers and dates', () => {
  it('are written as in the country the browser names', () => {
    expect(localeFor('de', 'de-CH,de;q=0.9')).toBe('de-CH')
    expect(localeFor('en', 'en-US,en;q=0.9')).toBe('en-US')
  })

  it('follow the language of the page, not another the browser wants too', () => {
    expect(localeFor('de', 'en-US,en;q=0.9')).toBe('de-DE')
    expect(localeFor('en', 'de-DE')).toBe('en-GB')
    expect(localeFor('de', 'de')).toBe('de-DE')
    expect(localeFor('en', null)).toBe('en-GB')
  })
})
