import type { RegularSeries } from './regular-series'
import { weightedQuantile } from './weighted-quantile'

const LITTLE_HISTORY_DAYS = 14
const ABSENCE_SHARE = 0.5

export interface HistoryNote {
  kind: 'short' | 'missing' | 'quiet'
  /** How long the history is, over how many days values are missing, how many days were quiet. */
  days: number
  /** How many of 100 values are missing; 0 otherwise. */
  percent: number
  /** The same as an English sentence. */
  text: string
}

/** What about a series' history makes its forecast less sure. */
export function historyNotes({ values, stepSeconds }: RegularSeries): HistoryNote[] {
  const notes: HistoryNote[] = []
  const perDay = Math.round(86_400 / stepSeconds)
  const days = values.length / perDay
  if (days < LITTLE_HISTORY_DAYS) {
    const text = `Only ${days.toFixed(1)} days of history: weekends and habits are hardly known yet, so the band may be off.`
    notes.push({ kind: 'short', days: Math.floor(days), percent: 0, text })
  }
  const recent = values.subarray(Math.max(0, values.length - 28 * perDay))
  const missing = recent.reduce((count, value) => count + Number(Number.isNaN(value)), 0)
  if (missing > recent.length * 0.05) {
    const percent = Math.round((100 * missing) / recent.length)
    const over = Math.round(Math.min(28, days))
    notes.push({ kind: 'missing', days: over, percent, text: `${percent} % of the last ${over} days was not measured.` })
  }
  const absence = quietDays(values, perDay)
  if (absence > 0) {
    const which = absence === 1 ? 'day was' : `${absence} days were`
    const text = `The last ${which} far below the usual; if somebody comes back, use will be higher than forecast.`
    notes.push({ kind: 'quiet', days: absence, percent: 0, text })
  }
  return notes
}

/** How many of the newest days in a row were below half the usual day. */
function quietDays(values: Float64Array, perDay: number): number {
  const means: number[] = []
  for (let end = values.length; end - perDay >= 0 && means.length < 35; end -= perDay) {
    const known = values.subarray(end - perDay, end).filter((value) => !Number.isNaN(value))
    means.push(known.length * 2 < perDay ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length)
  }
  const all = means.filter((mean) => !Number.isNaN(mean))
  if (all.length < 7) return 0
  const usual = weightedQuantile(all, all.map(() => 1), 0.5)
  if (!(usual > 0) || all.some((mean) => mean < 0)) return 0
  const first = means.findIndex((mean) => Number.isNaN(mean) || mean >= usual * ABSENCE_SHARE)
  return first === -1 ? 0 : first
}
