import type { Translator } from '@/components/i18n/messages'
import type { SiteModelVersion } from '@/lib/contracts/training'

/** How a version did on what it had not seen, beside what was in use. */
export function scoreText(version: SiteModelVersion, locale: string, t: Translator<'models'>): string {
  const score = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const figure = (value: number | null) => (value === null ? t('versions.unknown') : score.format(value))
  if (version.model === 'appliances') {
    const { before, after, runs, notRuns } = version.metrics
    return t('versions.score', { before: figure(before.f1), after: figure(after.f1), runs: runs + notRuns })
  }
  if (version.model === 'anomalies') {
    const { before, after, days } = version.metrics
    const alarms = { alarmsBefore: before.alarms, falseBefore: before.falseAlarms, alarmsAfter: after.alarms, falseAfter: after.falseAlarms }
    return t('versions.anomalyScore', { days, ...alarms })
  }
  const { before, after, hours } = version.metrics
  if (!after) return t('versions.notCompared')
  const now = { after: figure(after.mase), coverageAfter: share.format(after.coverage), hours }
  if (!before) return t('versions.firstForecastScore', now)
  return t('versions.forecastScore', { ...now, before: figure(before.mase), coverageBefore: share.format(before.coverage) })
}
