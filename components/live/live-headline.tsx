'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { whatIsOn } from './headline-words'

/** The answer: what is on and what the building draws. The total is measured, the cost of an hour assumes that it stays so. */
export function LiveHeadline({ latest, pricePerKwh, isCurrent }: {
  latest: PredictionMessage
  pricePerKwh: number | null
  isCurrent: boolean
}) {
  const t = useTranslations('live')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const watts = latest.total_power
  return (
    <h1 className="text-[1.75rem] leading-[1.18] font-semibold tracking-[-0.025em] sm:text-4xl lg:text-[2.75rem]">
      <span className="flex min-h-[2.36em] items-end text-balance lg:min-h-0">
        {whatIsOn(latest.predictions, isCurrent, { live: t, appliances })}
      </span>{' '}
      <span className="figures mt-1 block" data-testid="total-power">
        {watts < 0 ? (
          <span className="text-accent">
            {format.powerText(-watts)} <span className="text-ink-soft">{t('headline.intoGrid')}</span>
          </span>
        ) : (
          <>
            <span className="text-accent">{format.powerText(watts)}</span>{' '}
            <span className="font-medium text-ink-soft">
              {pricePerKwh === null ? t('headline.inAllUnpriced') : t('headline.inAll')}{' '}
              {pricePerKwh !== null && (
                <span className="block sm:inline">
                  {t('headline.perHour', { cost: format.money((watts / 1000) * pricePerKwh) })}
                </span>
              )}
            </span>
          </>
        )}
      </span>
    </h1>
  )
}
