'use client'

import { FlaskConical } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { itemColor, ItemIcon } from '@/components/charts/item-look'
import { useItemLabel } from '@/components/charts/use-series-label'
import { useFormat } from '@/components/format/format-context'
import { classNames } from '@/components/ui/class-names'
import type { EnergyItemInfo, EnergySumAnswer } from '@/lib/contracts/energy'

/** All rows share the widths of the list's columns: a name gets what the figures leave. */
const ROW = 'col-span-full grid grid-cols-subgrid items-baseline'
const ROW_TEXT = 'px-2 py-2 text-[0.9375rem] @max-[19rem]:text-sm'

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
  const isAnyExperimental = shown.some(({ key }) => infoOf.get(key)?.isExperimental)
  return (
    <div className="@container -mx-2">
      <ul className="figures grid grid-cols-[auto_minmax(0,1fr)_auto_auto] gap-x-2 gap-y-0.5">
        {shown.map((item) => {
          const info = infoOf.get(item.key)
          if (!info) return null
          const isChosen = highlighted === item.key
          const content = (
            <>
              <ItemIcon info={info} className="size-4 self-center text-ink-soft" />
              <span className="flex min-w-0 items-center gap-1 text-left">
                <span className="truncate">{itemLabel(info)}</span>
                {info.isExperimental && (
                  <FlaskConical role="img" aria-label={t('experimental')} className="size-3.5 shrink-0 text-ink-faint" />
                )}
              </span>
              <span className="text-right whitespace-nowrap text-ink-soft">{format.energyText(item.energyKwh)}</span>
              <span className="pl-1 text-right font-semibold whitespace-nowrap">
                {item.cost === null ? t('noPrice') : format.money(item.cost)}
              </span>
              <span aria-hidden className="col-span-3 col-start-2 mt-1.5 h-1.5 rounded-full bg-sunken">
                <span
                  className="block h-full rounded-full"
                  style={{ width: `${(Math.abs(item.energyKwh) / largest) * 100}%`, background: barFill(info, items) }}
                />
              </span>
            </>
          )
          return (
            <li key={item.key} className={ROW}>
              {onHighlight ? (
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => onHighlight(isChosen ? null : item.key)}
                  className={classNames(ROW, ROW_TEXT, 'rounded-lg', isChosen ? 'bg-accent-wash' : 'hover:bg-sunken')}
                >
                  {content}
                </button>
              ) : (
                <div className={classNames(ROW, ROW_TEXT)}>{content}</div>
              )}
            </li>
          )
        })}
      </ul>
      {isAnyExperimental && (
        <p className="flex items-start gap-1.5 px-2 pt-2 text-[0.8125rem] text-ink-faint">
          <FlaskConical aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {t('experimentalNote')}
        </p>
      )}
    </div>
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
