import type { Translator } from '@/components/i18n/messages'
import type { Appliance } from '@/lib/contracts/appliances'
import { REFUSALS, type HeadMetrics, type HomeHeadInfo, type LearningJob, type RunLabel } from '@/lib/contracts/home-learning'

type RunTranslator = Translator<'runs'>

/** "1 h 25 min", "3 min", "40 s". */
export function lengthText(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** What a person said of a run, in a few words. */
export function labelText({ estimatedAppliance, trueAppliance }: RunLabel, t: RunTranslator): string {
  if (estimatedAppliance === null) return t('youAdded')
  if (trueAppliance === estimatedAppliance) return t('youSaidRight')
  if (trueAppliance === null) return t('youSaidNot', { notIt: t(`not.${estimatedAppliance}`) })
  return t('youSaidWas', { appliance: t(`withArticle.${trueAppliance}`) })
}

export interface LearningFacts {
  appliance: Appliance
  runs: number
  notRuns: number
  needed: number
}

interface LearningWords {
  /** When it was learned. */
  day: string
  /** The appliance's name within a sentence. */
  name: string
  locale: string
}

/** The state of one appliance's learning: what was learned, why not, or what is missing. */
export function learningText(
  { runs, notRuns, needed }: LearningFacts,
  head: HomeHeadInfo | undefined,
  { day, name, locale }: LearningWords,
  t: RunTranslator,
): string {
  const labels = t('learning.labels', { count: runs + notRuns })
  if (head?.status === 'active') return t('learning.learned', { day, gain: gainText(head.metrics, locale, t) })
  if (head?.status === 'retired') {
    const missing = needed > 0 ? [t('learning.needed', { needed, appliance: name, labels })] : []
    return [t('learning.retired'), ...missing].join(' ')
  }
  if (needed > 0) return t('learning.needed', { needed, appliance: name, labels })
  if (head?.status === 'rejected') return t('learning.tried', { day, refusal: refusalText(head.metrics.refusal, t) })
  if (head) return t('learning.takenBack', { gain: gainText(head.metrics, locale, t) })
  return t('learning.enough', { labels })
}

/** Older versions' reasons, which are known no more, as they were stored. */
export function refusalText(refusal: string | null, t: RunTranslator): string {
  const name = (Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]).find((known) => REFUSALS[known] === refusal)
  return name ? t(`learning.refusals.${name}`) : (refusal ?? '')
}

/** "F1 0.62 → 0.91, 7 of 8 runs recognised instead of 5, false alarms 4 → 0, on runs it had not seen". */
export function gainText({ runs, notRuns, before, after }: HeadMetrics, locale: string, t: RunTranslator): string {
  const f1 = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const parts = [
    before.f1 !== null && after.f1 !== null && runs > 0
      ? t('learning.f1', { before: f1.format(before.f1), after: f1.format(after.f1) })
      : null,
    runs > 0 ? t('learning.found', { after: after.runsFound, runs, before: before.runsFound }) : null,
    notRuns > 0 ? t('learning.falseAlarms', { before: before.falseAlarms, after: after.falseAlarms }) : null,
  ].filter((part) => part !== null)
  return t('learning.unseen', { gains: parts.join(', ') })
}

export function jobText(job: LearningJob, t: RunTranslator): string | null {
  if (job.status === 'queued') return t('learning.queued')
  if (job.status === 'running') return t('learning.running', { percent: Math.round(100 * job.progress) })
  if (job.status === 'failed') return job.error
  return null
}
