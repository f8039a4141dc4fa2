'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { EnergyItemInfo } from '@/lib/contracts/energy'
import { ItemSwatch } from './item-look'
import type { EnergyMeasure, EnergyRow } from './prepare-energy'
import { useItemLabel } from './use-series-label'

const MOST_ROWS = 6
const COVERAGE_WORTH_SAYING = 0.99

/** What a bar says: the tooltip of energy charts. */
export function EnergyCard({ row, items, title, measure }: {
  row: EnergyRow
  items: readonly EnergyItemInfo[]
  title: string
  measure: EnergyMeasure
}) {
  const t = useTranslations('charts')
  const itemLabel = useItemLabel()
  const format = useFormat()
  const text = (amount: number) => (measure === 'energy' ? format.energyText(amount) : format.money(amount))
  const shown = items
    .map((info) => ({ info, amount: row.bands?.[info.key] ?? 0 }))
    .filter(({ amount }) => Math.abs(amount) >= 0.0005)
    .sort((a, b) => b.amount - a.amount)
  const missing = row.isFuture ? t('stillToCome') : row.coverage > 0 ? t('noPrice') : t('notMeasured')
  return (
    <div className="figures w-60 rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
      <div className="flex items-baseline justify-between gap-3">
        <span className="text-ink-soft">{title}</span>
        <span className="font-semibold whitespace-nowrap">{row.total === null ? missing : text(row.total)}</span>
      </div>
      {row.ghost !== null && <p className="mt-1 text-ink-soft">{t('comparedWith', { amount: text(row.ghost) })}</p>}
      {shown.length > 0 && (
        <ul className="mt-2 space-y-1 border-t border-line pt-2">
          {shown.slice(0, MOST_ROWS).map(({ info, amount }) => (
            <li key={info.key} className="flex items-center gap-2">
              <ItemSwatch info={info} items={items} />
              <span className="grow truncate">{itemLabel(info)}</span>
              <span className="text-ink-soft">{text(amount)}</span>
            </li>
          ))}
        </ul>
      )}
      {row.total !== null && row.coverage < COVERAGE_WORTH_SAYING && (
        <p className="mt-2 text-xs text-ink-faint">{t('shareMeasured', { share: format.percent(row.coverage) })}</p>
      )}
    </div>
  )
}
