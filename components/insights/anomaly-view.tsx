'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { AnomalyDetail } from '@/lib/contracts/anomalies'
import type { Site } from '@/lib/contracts/sites'
import { AnomalyCard } from './anomaly-card'
import { curveUnit, numberText } from './anomaly-words'

/** One anomaly with its curve and the numbers of it. */
export function AnomalyView({ site, locale, anomaly, mayDecide }: {
  site: Site
  locale: string
  anomaly: AnomalyDetail
  mayDecide: boolean
}) {
  const t = useTranslations('anomalies')
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <Link className={buttonClass('quiet', 'self-start')} href={`/insights?site=${encodeURIComponent(site.id)}`}>← {t('back')}</Link>
      <h1 className="sr-only">{t('title')}</h1>
      <AnomalyCard anomaly={anomaly} mayDecide={mayDecide} isAlone />
      <CurveTable anomaly={anomaly} />
    </FormatProvider>
  )
}

function CurveTable({ anomaly }: { anomaly: AnomalyDetail }) {
  const t = useTranslations('anomalies.curve')
  const format = useFormat()
  const when = (at: number) => format.local(at, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const unit = curveUnit(anomaly.type, anomaly.unit)
  const text = (value: number | null) => (value === null ? '' : `${numberText(value, anomaly.unit, format.settings.locale)} ${unit}`)
  return (
    <Card className="p-5">
      <h2 className="mb-2 text-lg font-semibold">{t('table')}</h2>
      <div className="max-h-80 overflow-auto" role="region" aria-label={t('label')} tabIndex={0}>
        <table className="figures w-full text-sm">
          <thead>
            <tr className="border-b border-line text-ink-soft">
              <th scope="col" className="py-2 text-left font-medium">{t('time')}</th>
              <th scope="col" className="py-2 pl-4 text-right font-medium">{t('measured')}</th>
              <th scope="col" className="py-2 pl-4 text-right font-medium">{t('expected')}</th>
            </tr>
          </thead>
          <tbody>
            {anomaly.curve.map(([at, value, expected]) => (
              <tr key={at} className="border-b border-line/60 last:border-0">
                <th scope="row" className="py-2 text-left font-normal">{when(at)}</th>
                <td className="py-2 pl-4 text-right whitespace-nowrap">{text(value)}</td>
                <td className="py-2 pl-4 text-right whitespace-nowrap text-ink-soft">{text(expected)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
