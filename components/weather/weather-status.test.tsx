import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { FormatProvider } from '@/components/format/format-context'
import { MESSAGES } from '@/components/i18n/messages'
import { WEATHER_CREDIT, type WeatherState } from '@/lib/contracts/weather'
import { WeatherStatus } from './weather-status'

const AT = Date.parse('2026-04-09T12:00:00Z') / 1000
const HOUR = 3600

const NOTHING: WeatherState = {
  place: null, isOn: false, hosts: [], credit: WEATHER_CREDIT, lastFetchSeconds: null, nextFetchSeconds: null, lastError: null, fetched: null, own: null,
}
const ON: WeatherState = { ...NOTHING, place: { latitude: 52.52, longitude: 13.41 }, isOn: true, nextFetchSeconds: AT }
const FETCHED: WeatherState = {
  ...ON, lastFetchSeconds: AT, nextFetchSeconds: AT + 3 * HOUR, fetched: { hours: 192, fromSeconds: AT, toSeconds: AT + 192 * HOUR },
}

function shown(weather: WeatherState, locale: 'en' | 'de' = 'en'): string {
  const html = renderToStaticMarkup(
    <IntlProvider locale={locale} messages={MESSAGES[locale]} timeZone="Europe/Berlin">
      <FormatProvider locale={locale} timeZone="Europe/Berlin" currency="EUR"><WeatherStatus weather={weather} /></FormatProvider>
    </IntlProvider>,
  )
  // Editions of the locale data differ in the spaces of times.
  return html.replace(/[\u00A0\u202F]/g, ' ')
}

describe('the status of the weather', () => {
  it('says that nothing is fetched while there is no place, or it is off', () => {
    expect(shown(NOTHING)).toContain('No place is given, and nothing is fetched.')
    expect(shown({ ...ON, isOn: false, nextFetchSeconds: null })).toContain('Off: nothing is fetched.')
    expect(shown(NOTHING, 'de')).toContain('nichts wird abgerufen')
  })

  it('says when it was fetched, how far it reaches and when it is fetched next, by the clock of the site', () => {
    expect(shown(ON)).toContain('The first forecast is being fetched')
    expect(shown(FETCHED)).toMatch(/Fetched last on Apr 9, 2026, 2:00 PM; known until Apr 17, 2026, 2:00 PM\. Next on Apr 9, 2026, 5:00 PM\./)
    expect(shown(FETCHED, 'de')).toMatch(/Zuletzt abgerufen: 09\.04\.2026, 14:00/)
  })

  it('says what went wrong and when it is tried again, and that what was fetched before is still there', () => {
    const lastError = { kind: 'status', status: 429, reason: 'Too many.', atSeconds: AT, text: '' } as const
    const failed = shown({ ...FETCHED, lastError })
    expect(failed).toContain('On Apr 9, 2026, 2:00 PM the weather service answered 429 (Too many). The next try is on Apr 9, 2026, 5:00 PM.')
    expect(failed).toContain('known until')
    expect(shown({ ...FETCHED, lastError: { ...lastError, kind: 'timeout' } }, 'de')).toContain('Der Wetterdienst antwortete nicht rechtzeitig')
  })

  it('says what was brought along', () => {
    expect(shown({ ...NOTHING, own: { hours: 48, fromSeconds: AT, toSeconds: AT + 48 * HOUR } })).toContain('48 hours of forecasts were brought along')
  })
})
