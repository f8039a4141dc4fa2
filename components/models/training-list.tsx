'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Section } from '@/components/ui/section'
import type { Site } from '@/lib/contracts/sites'
import type { TrainingJob } from '@/lib/contracts/training'
import { jobName, type ModelWords, partName } from './model-names'
import { refusalText } from './refusal-text'

/** The last jobs and what came of each. */
export function TrainingList({ site, jobs }: { site: Site; jobs: readonly TrainingJob[] }) {
  const t = useTranslations('models')
  const words: ModelWords = { models: t, appliances: useTranslations('appliances'), forecast: useTranslations('forecast'), site }
  const format = useFormat()
  const resultText = (result: TrainingJob['results'][number]) => {
    const { promoted, reason } = result
    if (promoted) return t('jobs.promoted')
    if ('labelsNeeded' in result && result.labelsNeeded > 0) return t('jobs.needed', { count: result.labelsNeeded })
    return `${t('jobs.kept')}. ${reason === null ? '' : refusalText(reason, t)}`
  }
  return (
    <Section id="jobs" title={t('jobs.title')}>
      {jobs.length === 0 && <p className="mt-3 text-ink-soft">{t('jobs.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {jobs.map((job) => (
          <li key={job.jobId} className="py-3">
            <p className="flex flex-wrap items-center gap-2">
              <span className="figures">{format.local(job.createdAt, { dateStyle: 'medium', timeStyle: 'short' })}</span>
              <span>{jobName(job, words)}</span>
              <Badge tone={job.status === 'failed' ? 'bad' : 'neutral'}>{t(`jobs.state.${job.status}`)}</Badge>
            </p>
            {job.error && <p className="text-sm text-ink-soft">{t('jobs.stopped', { error: job.error })}</p>}
            {job.status === 'done' && job.results.length === 0 && <p className="text-sm text-ink-soft">{t('jobs.nothing')}</p>}
            <ul className="text-sm text-ink-soft">
              {job.results.map((result) => {
                const name = partName(result, words)
                return <li key={name}>{name}: {resultText(result)}</li>
              })}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
