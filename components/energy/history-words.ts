import type { Format } from '@/components/format/quantities'
import type { Comparison, HistoryPeriod, HistoryView } from '@/lib/domain/history-view'

/** What a period is called at the top of the page. */
export function periodName({ view, fromSeconds, toSeconds }: HistoryPeriod, format: Format): string {
  switch (view) {
    case 'day':
      return format.local(fromSeconds, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    case 'week':
      return (
        `${format.local(fromSeconds, { day: 'numeric', month: 'short' })} to ` +
        format.local(toSeconds - 1, { day: 'numeric', month: 'short', year: 'numeric' })
      )
    case 'month':
      return format.local(fromSeconds, { month: 'long', year: 'numeric' })
    case 'year':
      return format.local(fromSeconds, { year: 'numeric' })
  }
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

export function comparisonName(comparison: Comparison, view: HistoryView): string {
  if (comparison === 'none') return 'Alone'
  if (comparison === 'before')
    return `${view === 'day' ? 'Day' : view === 'week' ? 'Week' : view === 'month' ? 'Month' : 'Year'} before`
  return 'Year ago'
}
