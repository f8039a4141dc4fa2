'use client'

import { useTranslations } from 'use-intl'
import { itemColor, ItemIcon } from '@/components/charts/item-look'
import { useItemLabel } from '@/components/charts/use-series-label'
import { useFormat } from '@/components/format/format-context'
import type { EnergyItemInfo, EnergySumAnswer } from '@/lib/contracts/energy'

/** The shares of a sum, largest first: estimated energy and money side by side, bars to compare them. */
export function ItemBars({
  sum,
  items,
  most,
  highlighted,
  onHighlight,
}: {
  sum: EnergySumAnswer
  items: readonly EnergyItemInfo[]
  /** The rest is left out; without it all are shown. */
  most?: number
  highlighted?: string | null
  onHighlight?: (key: string | null) => void
}) {
  const t = useTranslations('energy.items')
  const itemLabel = useItemLabel()
  const format = useFormat()
  const infoOf = new Map(items.map((info) => [info.key, info]))
  const shown = [...sum.items].sort((a, b) => b.energyKwh - a.energyKwh).slice(0, most)
  const largest = Math.max(...shown.map(({ energyKwh }) => Math.abs(energyKwh)), 1e-9)
  if (shown.length === 0) return <p className="text-ink-soft">{t('nothing')}</p>
  return (
    <ul className="figures -mx-2 space-y-0.5">
      {shown.map((item) => {
        const info = infoOf.get(item.key)
        if (!info) return null
        const isChosen = highlighted === item.key
        const content = (
          <>
            <span className="flex items-baseline gap-2.5">
              <ItemIcon info={info} className="size-4 shrink-0 self-center text-ink-soft" />
              <span className="min-w-0 grow truncate text-left">{itemLabel(info)}</span>
              <span className="whitespace-nowrap text-ink-soft">{format.energyText(item.energyKwh)}</span>
              <span className="w-20 text-right font-semibold whitespace-nowrap">
                {item.cost === null ? t('noPrice') : format.money(item.cost)}
              </span>
            </span>
            <span aria-hidden className="mt-1.5 ml-6.5 block h-1.5 rounded-full bg-sunken">
              <span
                className="block h-full rounded-full"
                style={{ width: `${(Math.abs(item.energyKwh) / largest) * 100}%`, background: barFill(info, items) }}
              />
            </span>
          </>
        )
        return (
          <li key={item.key}>
            {onHighlight ? (
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onHighlight(isChosen ? null : item.key)}
                className={`block w-full rounded-lg px-2 py-2 text-[0.9375rem] ${isChosen ? 'bg-accent-wash' : 'hover:bg-sunken'}`}
              >
                {content}
              </button>
            ) : (
              <div className="px-2 py-2 text-[0.9375rem]">{content}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function barFill(info: EnergyItemInfo, items: readonly EnergyItemInfo[]): string {
  const color = itemColor(info, items)
  if (!info.isEstimated) return color
  return (
    `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 90%, transparent) 0 1.5px, ` +
    `color-mix(in oklab, ${color} 55%, transparent) 1.5px 4px)`
  )
}
