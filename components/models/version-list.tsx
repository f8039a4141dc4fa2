'use client'

import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { Site } from '@/lib/contracts/sites'
import type { SiteModelVersion } from '@/lib/contracts/training'
import { type ModelWords, partName } from './model-names'
import { refusalText } from './refusal-text'
import { scoreText } from './score-text'

interface VersionListProps {
  site: Site
  versions: readonly SiteModelVersion[]
  mayTrain: boolean
  isBusy: boolean
  onDecide: (versionId: string, action: 'roll-back' | 'activate') => void
}

/** Every version with what it changed, and the way back. */
export function VersionList({ site, versions, mayTrain, isBusy, onDecide }: VersionListProps) {
  const t = useTranslations('models')
  const words: ModelWords = { models: t, appliances: useTranslations('appliances'), forecast: useTranslations('forecast'), site }
  const format = useFormat()
  // There is always a forecast: its only version cannot be taken back.
  const mayTakeBack = (version: SiteModelVersion) =>
    version.status === 'active' && (version.model !== 'forecast' || versions.some((other) => other.status === 'replaced' && isSamePart(other, version)))
  return (
    <Section id="versions" title={t('versions.title')}>
      {versions.length === 0 && <p className="mt-3 text-ink-soft">{t('versions.none')}</p>}
      <ul className="mt-3 divide-y divide-line">
        {versions.map((version) => {
          const { id, status, metrics, createdAt } = version
          const name = partName(version, words)
          return (
            <li key={id} data-version={id} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
              <div className="min-w-0 grow">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {name}
                  <Badge tone={status === 'active' ? 'accent' : 'neutral'}>{t(`versions.status.${status}`)}</Badge>
                </p>
                <p className="figures text-sm text-ink-soft">{scoreText(version, format.settings.locale, t)}</p>
                {metrics.refusal && <p className="text-sm text-ink-soft">{refusalText(metrics.refusal, t)}</p>}
                <p className="figures text-sm text-ink-soft">
                  {format.local(createdAt, { dateStyle: 'medium', timeStyle: 'short' })}
                  {version.model === 'appliances' && ` · ${version.baseVersion}`}
                </p>
              </div>
              {mayTrain && mayTakeBack(version) && (
                <Button disabled={isBusy} onClick={() => onDecide(id, 'roll-back')} aria-label={t('versions.rollBackNamed', { name })}>
                  {t('versions.rollBack')}
                </Button>
              )}
              {mayTrain && (status === 'replaced' || status === 'rolled_back') && (
                <Button disabled={isBusy} onClick={() => onDecide(id, 'activate')} aria-label={t('versions.activateNamed', { name })}>
                  {t('versions.activate')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

function isSamePart(one: SiteModelVersion, other: SiteModelVersion): boolean {
  return one.model === 'forecast' && other.model === 'forecast' && one.series === other.series && one.horizon === other.horizon
}
