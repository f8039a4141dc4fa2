import { renderToStaticMarkup } from 'react-dom/server'
import { IntlProvider } from 'use-intl'
import { describe, expect, it } from 'vitest'
import { MESSAGES } from '@/components/i18n/messages'
import type { AnomalyWatch } from '@/lib/contracts/anomalies'
import type { Site } from '@/lib/contracts/sites'
import { InsightsView } from './insights-view'

const NOW = Date.parse('2026-04-09T12:00:00Z') / 1000
const DAY = 86_400
const site = { id: 'site_1', name: 'Home', timeZone: 'Europe/Berlin', currency: 'EUR' } as Site

function shown(watch: Partial<AnomalyWatch>, locale: 'en' | 'de'): string {
  const all = { firstReadingAt: null, watchedFrom: null, lastLookAt: null, judgedFrom: null, ...watch }
  const view = <InsightsView site={site} locale={locale} anomalies={[]} watch={all} nowSeconds={NOW} mayDecide />
  const messages = MESSAGES[locale]
  return renderToStaticMarkup(<IntlProvider locale={locale} messages={messages} timeZone="Europe/Berlin">{view}</IntlProvider>)
}

describe('a page of insights without any', () => {
  it('says that it cannot be known yet, and when it will be, where the history is young', () => {
    const young = { firstReadingAt: NOW - 6 * DAY, judgedFrom: NOW + 16 * DAY }
    expect(shown(young, 'en')).toContain('Not known yet')
    expect(shown(young, 'en')).toContain('From about Saturday, April 25 on')
    expect(shown(young, 'de')).toContain('Etwa ab Samstag, 25. April lässt sich sagen')
    expect(shown(young, 'en')).not.toContain('Nothing looks wrong')
  })

  it('says that nothing looks wrong only where that can be known', () => {
    expect(shown({ firstReadingAt: NOW - 40 * DAY, judgedFrom: NOW - 18 * DAY }, 'en')).toContain('Nothing looks wrong')
    expect(shown({}, 'en')).toContain('Nothing has been measured yet')
    expect(shown({}, 'de')).toContain('Noch nichts gemessen')
  })
})
