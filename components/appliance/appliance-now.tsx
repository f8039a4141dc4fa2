'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { judgeFreshness, newestReadingSeconds, type Connection } from '@/components/live/freshness'
import { confidenceWords } from '@/components/live/headline-words'
import type { BuildingState } from '@/components/live/live-state'
import { Card } from '@/components/ui/card'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ApplianceReport } from '@/lib/contracts/appliance-report'

/** Whether it is on right now, in the largest words of the page. */
export function ApplianceNow({ report, building, connection, nowSeconds }: {
  report: ApplianceReport
  building: BuildingState
  connection: Connection
  nowSeconds: number
}) {
  const t = useTranslations('appliance')
  const live = useTranslations('live')
  const format = useFormat()
  const prediction = building.latest?.predictions.find(({ appliance }) => appliance === report.appliance)
  if (!building.latest || !prediction) return null
  const isCurrent = judgeFreshness(building, connection, nowSeconds).kind === 'live'
  const asOf = newestReadingSeconds(building) ?? building.latest.timestamp
  const since = building.onSinceSeconds[APPLIANCES.indexOf(report.appliance)] ?? null
  const today = building.today.appliances.find(({ appliance }) => appliance === report.appliance)
  const facts = [
    prediction.is_on && since !== null && t('now.since', { time: format.clock(since) }),
    // How sure a model is that was not shown to be right says nothing.
    !prediction.experimental && confidenceWords(prediction.confidence, live),
    today && t('now.today', { energy: format.energyText(today.energyKwh), cost: today.cost === null ? live('tile.unpriced') : format.money(today.cost) }),
  ].filter(Boolean)
  return (
    <Card className="p-4 sm:p-5" data-testid="appliance-now">
      {prediction.available
        ? (
          <>
            <p className="figures text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">
              {prediction.is_on
                ? t(isCurrent ? 'now.isOn' : 'now.wasOn', { power: format.powerText(prediction.power_watts) })
                : t(isCurrent ? 'now.isOff' : 'now.wasOff')}
            </p>
            <p className="figures mt-1 text-ink-soft">
              {!isCurrent && (
                <span className="font-medium text-warn">{t('now.asOf', { time: format.clockWithSeconds(asOf) })} · </span>
              )}
              {facts.join(' · ')}
            </p>
          </>
        )
        : (
          <p className="text-ink-soft">{t('notAvailable')}</p>
        )}
    </Card>
  )
}
