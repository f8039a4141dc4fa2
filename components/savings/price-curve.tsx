'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { PlannerDay } from '@/lib/contracts/optimisation'

const HEIGHT = 60
const SLOT_SECONDS = 900
const LABELLED_HOURS = 6

/** What a kWh costs over the day, above the runs on the same scale of time. */
export function PriceCurve({ day: { startSeconds, importPrices } }: { day: Pick<PlannerDay, 'startSeconds' | 'importPrices'> }) {
  const t = useTranslations('savings.planner')
  const format = useFormat()
  const low = Math.min(0, ...importPrices)
  const high = Math.max(...importPrices)
  const y = (price: number) => HEIGHT - 2 - ((price - low) / (high - low || 1)) * (HEIGHT - 6)
  const line = importPrices.flatMap((price, slot) => [`${slot},${y(price)}`, `${slot + 1},${y(price)}`]).join(' ')
  const labels = importPrices.flatMap((_, slot) => (slot % (LABELLED_HOURS * 4) === 0 ? [slot] : []))
  const cheapest = Math.min(...importPrices)
  return (
    <figure className="figures">
      <figcaption className="mb-1 text-[0.8125rem] text-ink-soft">
        {cheapest === high ? t('price', { price: format.price(high) }) : t('prices', { low: format.price(cheapest), high: format.price(high) })}
      </figcaption>
      <svg
        aria-hidden
        viewBox={`0 0 ${importPrices.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-16 w-full border-b border-line text-accent"
      >
        <polygon points={`0,${y(low)} ${line} ${importPrices.length},${y(low)}`} fill="currentColor" opacity="0.15" />
        <polyline points={line} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
      </svg>
      <div aria-hidden className="relative h-5 text-[0.75rem] text-ink-soft">
        {labels.map((slot) => (
          <span key={slot} className="absolute" style={{ left: `${(slot / importPrices.length) * 100}%` }}>
            {format.clock(startSeconds + slot * SLOT_SECONDS)}
          </span>
        ))}
      </div>
    </figure>
  )
}
