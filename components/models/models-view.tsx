'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { requestApi } from '@/components/api/request-api'
import { useChange } from '@/components/api/use-change'
import { FormatProvider } from '@/components/format/format-context'
import { ProblemNote } from '@/components/ui/problem-note'
import { PageTitle } from '@/components/ui/section'
import type { Site } from '@/lib/contracts/sites'
import type { SiteModels, TrainableModel } from '@/lib/contracts/training'
import { TrainSection } from './train-section'
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
  const train = (model: TrainableModel, buildingId?: string) =>
    change.run(() => requestApi('/api/v1/train', { method: 'POST', body: { siteId: site.id, model, ...(buildingId && { buildingId }) } }))
  const rowsOf = (model: 'appliances' | 'anomalies') =>
    site.buildings.map(({ id, name }) => ({
      key: id,
      name,
      label: t('jobs.of', { model: t(`train.${model}.title`), place: name }),
      job: open.find((job) => job.model === model && job.buildingId === id),
    }))
  const decide = (versionId: string, action: 'roll-back' | 'activate') =>
    change.run(() =>
      requestApi(`/api/v1/sites/${encodeURIComponent(site.id)}/models/${encodeURIComponent(versionId)}`, { method: 'POST', body: { action } }),
    )
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')} />
      <TrainSection
        model="appliances"
        rows={rowsOf('appliances')}
        mayTrain={mayTrain}
        isBusy={change.isBusy}
        onTrain={(buildingId) => void train('appliances', buildingId)}
      />
      {site.buildings.length > 0 && (
        <TrainSection
          model="forecast"
          rows={[{ key: site.id, name: site.name, label: t('train.forecast.title'), job: open.find(({ model }) => model === 'forecast') }]}
          mayTrain={mayTrain}
          isBusy={change.isBusy}
          onTrain={() => void train('forecast')}
        />
      )}
      <TrainSection
        model="anomalies"
        rows={rowsOf('anomalies')}
        mayTrain={mayTrain}
        isBusy={change.isBusy}
        onTrain={(buildingId) => void train('anomalies', buildingId)}
      />
      <ProblemNote text={change.problem} />
      <TrainingList site={site} jobs={models.jobs} />
      <VersionList
        site={site}
        versions={models.versions}
        mayTrain={mayTrain}
        isBusy={change.isBusy}
        onDecide={(id, action) => void decide(id, action)}
      />
    </FormatProvider>
  )
}
