'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Today } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Series } from '@/components/charts/appliance-colors'
import { ApplianceTile, OtherTile } from './appliance-tile'
import type { BuildingState } from './live-state'
import { useGentleReorder } from './use-gentle-reorder'

export function ApplianceTiles({ siteId, building, latest, isCurrent, selected, onSelect }: {
  siteId: string
  building: BuildingState
  latest: PredictionMessage
  /** False once readings have stopped: the tiles then say of when they are. */
  isCurrent: boolean
  selected: Series | null
  onSelect: (series: Series) => void
}) {
  const t = useTranslations('live.tiles')
  const format = useFormat()
  const order = building.tileOrder?.appliances ?? APPLIANCES
  const list = useGentleReorder(order.join())
  const { today } = building
  const place = new URLSearchParams({ site: siteId, building: building.buildingId }).toString()
  return (
    <section aria-labelledby="appliances-heading">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="appliances-heading" className="text-base font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="figures text-[0.8125rem] text-ink-soft">
          {isCurrent
            ? t('addUp', { power: format.powerText(latest.total_power) })
            : <span className="font-medium text-warn">{t('asOf', { time: format.clockWithSeconds(latest.timestamp) })}</span>}
        </p>
      </div>
      <ul ref={list} className="grid gap-2.5 sm:grid-cols-2 sm:gap-3 lg:grid-cols-3 2xl:grid-cols-4">
        {order.map((appliance) => {
          const index = APPLIANCES.indexOf(appliance)
          const prediction = latest.predictions.find((candidate) => candidate.appliance === appliance)
          return prediction && (
            <ApplianceTile
              key={appliance}
              prediction={prediction}
              onSinceSeconds={building.onSinceSeconds[index] ?? null}
              today={today.appliances.find((entry) => entry.appliance === appliance) ?? null}
              totalWatts={latest.total_power}
              isSelected={selected === appliance}
              onSelect={onSelect}
              detailsHref={`/appliances/${appliance}?${place}`}
            />
          )
        })}
        <OtherTile
          watts={latest.other_watts}
          today={{ energyKwh: today.otherEnergyKwh, cost: otherCost(today) }}
          totalWatts={latest.total_power}
          isSelected={selected === 'other'}
          onSelect={onSelect}
        />
      </ul>
    </section>
  )
}

/** What is left of the day's cost, so that all tiles add up to it; null where something has no price. */
function otherCost({ cost, appliances }: Today): number | null {
  return appliances.reduce<number | null>((rest, item) => (rest === null || item.cost === null ? null : rest - item.cost), cost)
}
