import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { Comparison, HistoryPeriod, HistoryView } from '@/lib/domain/history-view'

/** What a period is called at the top of the page. */
export function periodName(period: HistoryPeriod, format: Format, t: Translator<'energy.history'>): string {
  const { view, fromSeconds, toSeconds } = period
  switch (view) {
    case 'day':
      return format.local(fromSeconds, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    case 'week':
      return t('week', {
        from: format.local(fromSeconds, { day: 'numeric', month: 'short' }),
        to: format.local(toSeconds - 1, { day: 'numeric', month: 'short', year: 'numeric' }),
      })
    case 'month':
      return format.local(fromSeconds, { month: 'long', year: 'numeric' })
    case 'year':
      return format.local(fromSeconds, { year: 'numeric' })
  }
}

/** What the page is about and its sum: "October 2026: 212 kWh, €61". */
export function headingText({ total }: EnergyReport, period: string, format: Format, t: Translator<'energy.history'>): string {
  if (total.energyKwh === null) return t('headingNothing', { period })
  const energy = format.energyText(total.energyKwh)
  if (total.cost === null) return t('heading', { period, energy })
  return t('headingCost', { period, energy, cost: format.money(total.cost) })
}

/** A bar under the axis. */
export function shortBucketName(fromSeconds: number, view: HistoryView, format: Format): string {
  switch (view) {
    case 'day':
      return format.clock(fromSeconds)
    case 'week':
      return format.local(fromSeconds, { weekday: 'short', day: 'numeric' })
    case 'month':
      return format.local(fromSeconds, { day: 'numeric' })
    case 'year':
      return format.local(fromSeconds, { month: 'short' })
  }
}

/** A bar by itself, in a tooltip or a table. */
export function bucketName(fromSeconds: number, view: HistoryView, format: Format): string {
  switch (view) {
    case 'day':
      return format.clock(fromSeconds)
    case 'week':
    case 'month':
      return format.local(fromSeconds, { weekday: 'short', day: 'numeric', month: 'short' })
    case 'year':
      return format.local(fromSeconds, { month: 'long' })
  }
}

export function comparisonName(comparison: Comparison, view: HistoryView, t: Translator<'energy.history'>): string {
  if (comparison === 'none') return t('alone')
  return comparison === 'before' ? t(`before.${view}`) : t('yearAgo')
}
