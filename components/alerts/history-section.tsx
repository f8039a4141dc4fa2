'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/section'
import type { AlertDelivery, AlertHistory } from '@/lib/contracts/alerts'
import { SEVERITY_TONES } from './severity-tones'

/** What happened, newest first, and who was told. */
export function HistorySection({ history }: { history: AlertHistory }) {
  const t = useTranslations('alerts')
  const format = useFormat()
  const deliveryText = ({ status, channelName: channel, dueAt, error }: AlertDelivery) => {
    if (status === 'waiting') {
      return t('history.delivery.waiting', { channel, time: format.local(dueAt, { dateStyle: 'short', timeStyle: 'short' }) })
    }
    return status === 'failed' ? t('history.delivery.failed', { channel, error: error ?? '' }) : t(`history.delivery.${status}`, { channel })
  }
  return (
    <Section id="history" title={t('history.title')}>
      {history.data.length === 0 && <p className="mt-3 text-ink-soft">{t('history.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {history.data.map((event) => (
          <li key={event.id} className="py-3">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <span className="break-words">{event.ruleName}</span>
              <Badge tone={event.state === 'active' ? SEVERITY_TONES[event.severity] : 'neutral'}>{t(`state.${event.state}`)}</Badge>
            </p>
            <p className="figures text-[0.9375rem]">{event.message}</p>
            {event.muted && <p className="text-sm text-ink-soft">{t('history.muted')}</p>}
            {event.deliveries.length > 0 && (
              <ul className="text-sm text-ink-soft">
                {event.deliveries.map((delivery) => (
                  <li key={`${delivery.channelId} ${delivery.transition}`}>{deliveryText(delivery)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
