import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { HeadMetrics, HomeHeadInfo, LearningJob, RunLabel } from '@/lib/contracts/home-learning'

const lower = (appliance: Appliance) => {
  const label = APPLIANCE_LABELS[appliance]
  return label.charAt(0).toLowerCase() + label.slice(1)
}

export const withArticle = (appliance: Appliance) => `${/^[aeiou]/.test(lower(appliance)) ? 'an' : 'a'} ${lower(appliance)}`

/** "1 h 25 min", "3 min", "40 s". */
export function lengthText(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`
}

/** What a person said of a run, in a few words. */
export function labelText(label: RunLabel): string {
  if (label.estimatedAppliance === null) return 'You added this run'
  if (label.trueAppliance === label.estimatedAppliance) return 'Right, you said'
  if (label.trueAppliance === null) return `Not ${withArticle(label.estimatedAppliance)}, you said`
  return `It was ${withArticle(label.trueAppliance)}, you said`
}

export interface LearningFacts {
  appliance: Appliance
  runs: number
  notRuns: number
  needed: number
}

/** The state of one appliance's learning: what was learned, why not, or what is missing. */
export function learningText({ appliance, runs, notRuns, needed }: LearningFacts, head: HomeHeadInfo | undefined, day: string): string {
  const labels = runs + notRuns === 1 ? '1 label' : `${runs + notRuns} labels`
  if (head?.status === 'active') return `Learned on ${day}: ${gainText(head.metrics)}.`
  if (needed > 0) return `${needed} more ${lower(appliance)} ${needed === 1 ? 'label' : 'labels'} needed; ${labels} so far.`
  if (head?.status === 'rejected') return `Tried on ${day}, not used. ${head.metrics.refusal ?? ''} More labels may help.`
  if (head) return `Taken back: ${gainText(head.metrics)}.`
  return `${labels}: enough to learn from. Learning begins two minutes after the last label.`
}

/** "F1 0.62 → 0.91, 7 of 8 runs recognised instead of 5, false alarms 4 → 0, on runs it had not seen". */
export function gainText({ runs, notRuns, before, after }: HeadMetrics): string {
  const parts = [
    before.f1 !== null && after.f1 !== null && runs > 0 ? `F1 ${before.f1.toFixed(2)} → ${after.f1.toFixed(2)}` : null,
    runs > 0 ? `${after.runsFound} of ${runs} runs recognised instead of ${before.runsFound}` : null,
    notRuns > 0 ? `false alarms ${before.falseAlarms} → ${after.falseAlarms}` : null,
  ].filter((part) => part !== null)
  return `${parts.join(', ')}, on runs it had not seen`
}

export function jobText(job: LearningJob): string | null {
  if (job.status === 'queued') return 'Learning begins in a moment.'
  if (job.status === 'running') return `Learning from your labels: ${Math.round(100 * job.progress)} % done.`
  if (job.status === 'failed') return job.error
  return null
}
