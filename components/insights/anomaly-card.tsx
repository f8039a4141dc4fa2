'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { AnomalyDetail } from '@/lib/contracts/anomalies'
import { AnomalyActions } from './anomaly-actions'
import { AnomalyChart, AnomalyCurve } from './anomaly-curve'
import { anomalyWords } from './anomaly-words'

const TONES = { critical: 'bad', warning: 'warn', info: 'neutral' } as const

/** One thing that looks wrong: what, why, how sure, what to do about it. */
export function AnomalyCard({ anomaly, mayDecide, isAlone = false }: {
  anomaly: AnomalyDetail
  mayDecide: boolean
  /** On its own page, which links to no other. */
  isAlone?: boolean
}) {
  const t = useTranslations('anomalies')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const words = anomalyWords(anomaly, format.settings.locale, t, appliances)
  const moment = (iso: string) => {
    const seconds = Date.parse(iso) / 1000
    return `${format.day(seconds)}, ${format.clock(seconds)}`
  }
  return (
    <Card className="flex flex-col gap-3 p-5" data-anomaly={anomaly.id}>
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={TONES[anomaly.severity]}>{t(`severities.${anomaly.severity}`)}</Badge>
        {anomaly.status !== 'open' && (
          <Badge>
            {anomaly.snoozedUntil
              ? t('snoozedUntil', { date: format.day(Date.parse(anomaly.snoozedUntil) / 1000) })
              : t(`statuses.${anomaly.status}`)}
          </Badge>
        )}
        <span className="text-sm text-ink-soft">{t('confidence', { percent: format.percent(anomaly.confidence) })}</span>
      </div>
      <h2 className="text-lg font-semibold tracking-[-0.01em]">{words.title}</h2>
      <p className="text-[0.9375rem]">{words.message}</p>
      {isAlone ? <AnomalyChart anomaly={anomaly} /> : <AnomalyCurve curve={anomaly.curve} className="h-22 w-full" />}
      <p className="figures text-sm text-ink-soft">
        <span className="font-semibold text-ink">{words.value}</span> · {words.expected} · {t('since', { start: moment(anomaly.timestamp) })}
        {' · '}{t('seen', { end: moment(anomaly.lastSeenAt) })}
      </p>
      <p className="text-sm"><span className="font-medium">{t('what')}:</span> <span className="text-ink-soft">{words.advice}</span></p>
      <div className="mt-auto flex flex-wrap items-start justify-between gap-2">
        {mayDecide ? <AnomalyActions anomaly={anomaly} /> : <span />}
        {!isAlone && (
          <Link
            className={buttonClass('quiet')}
            href={`/insights/${encodeURIComponent(anomaly.id)}?site=${encodeURIComponent(anomaly.siteId)}`}
            aria-label={`${t('details')}: ${words.title}`}
          >
            {t('details')}
          </Link>
        )}
      </div>
    </Card>
  )
}
