'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { FormatProvider } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle, Section } from '@/components/ui/section'
import type { Site } from '@/lib/contracts/sites'
import type { SiteModels } from '@/lib/contracts/training'
import { TrainingList } from './training-list'
import { VersionList } from './version-list'

const WATCH_MILLISECONDS = 3_000

interface ModelsViewProps {
  site: Site
  locale: string
  models: SiteModels
  mayTrain: boolean
}

/** A site's own models: train them, see how that goes, and go back to an earlier version. */
export function ModelsView({ site, locale, models, mayTrain }: ModelsViewProps) {
  const t = useTranslations('models')
  const router = useRouter()
  const change = useChange()
  const open = models.jobs.filter(({ status }) => status === 'queued' || status === 'running')
  const isOpen = open.length > 0
  useEffect(() => {
    if (!isOpen) return
    const timer = setInterval(() => router.refresh(), WATCH_MILLISECONDS)
    return () => clearInterval(timer)
  }, [isOpen, router])
  const train = (buildingId: string) =>
    change.run(() => requestApi('/api/v1/train', { method: 'POST', body: { siteId: site.id, buildingId, model: 'appliances' } }))
  const decide = (versionId: string, action: 'roll-back' | 'activate') =>
    change.run(() =>
      requestApi(`/api/v1/sites/${encodeURIComponent(site.id)}/models/${encodeURIComponent(versionId)}`, { method: 'POST', body: { action } }),
    )
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')} />
      <Section id="train" title={t('train.title')} text={t('train.text')}>
        <ul className="mt-3 space-y-3">
          {site.buildings.map(({ id, name }) => {
            const job = open.find(({ buildingId }) => buildingId === id)
            return (
              <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <span className="min-w-0 grow">{name}</span>
                {job && <progress aria-label={t('train.progress')} className="h-1.5 w-32 accent-accent" value={job.progress} max={1} />}
                {mayTrain && (
                  <Button
                    look="primary"
                    disabled={change.isBusy || job !== undefined}
                    onClick={() => void train(id)}
                    aria-label={`${t('train.start')}: ${name}`}
                  >
                    {t('train.start')}
                  </Button>
                )}
              </li>
            )
          })}
        </ul>
        <ProblemNote text={change.problem} />
      </Section>
      <TrainingList site={site} jobs={models.jobs} />
      <VersionList versions={models.versions} mayTrain={mayTrain} isBusy={change.isBusy} onDecide={(id, action) => void decide(id, action)} />
    </FormatProvider>
  )
}
