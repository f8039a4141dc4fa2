'use client'

import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { Button } from '@/components/ui/button'
import type { Anomaly, AnomalyDecision } from '@/lib/contracts/anomalies'

const SNOOZE_DAYS = 7

/** What a person may say of an anomaly. */
export function AnomalyActions({ anomaly }: { anomaly: Anomaly }) {
  const t = useTranslations('anomalies')
  const change = useChange()
  const decide = (body: AnomalyDecision) =>
    void change.run(() => requestApi(`/api/v1/anomalies/${encodeURIComponent(anomaly.id)}`, { method: 'PATCH', body }))
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        {anomaly.status === 'open' ? (
          <>
            <Button disabled={change.isBusy} onClick={() => decide({ status: 'acknowledged' })}>{t('acknowledge')}</Button>
            <Button look="quiet" disabled={change.isBusy} onClick={() => decide({ status: 'snoozed', days: SNOOZE_DAYS })}>
              {t('snooze')}
            </Button>
            <Button look="quiet" title={t('dismissHint')} disabled={change.isBusy} onClick={() => decide({ status: 'dismissed' })}>
              {t('dismiss')}
            </Button>
          </>
        ) : (
          <Button look="quiet" disabled={change.isBusy} onClick={() => decide({ status: 'open' })}>{t('reopen')}</Button>
        )}
      </div>
      <p role="alert" className="text-sm text-bad empty:hidden">{change.problem}</p>
    </div>
  )
}
