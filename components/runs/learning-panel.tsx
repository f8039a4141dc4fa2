'use client'

import { GraduationCap } from 'lucide-react'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useFormat } from '@/components/format/format-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { HomeHeadInfo, HomeLearning } from '@/lib/contracts/home-learning'
import { jobText, learningText } from './run-words'

type BuildingLearning = HomeLearning['buildings'][number]

interface LearningPanelProps {
  building: BuildingLearning
  /** Where the site has more than one building. */
  name?: string
  mayTeach: boolean
  isBusy: boolean
  onLearn: () => void
  onChangeHead: (headId: string, action: 'roll-back' | 'activate') => void
}

/** What the home has learned from its labels, what it still needs, and the way back. */
export function LearningPanel({ building, name, mayTeach, isBusy, onLearn, onChangeHead }: LearningPanelProps) {
  const t = useTranslations('runs')
  const { appliances, job } = building
  const headingId = useId()
  const isRunning = job?.status === 'queued' || job?.status === 'running'
  const progress = job ? jobText(job, t) : null
  return (
    <Card aria-labelledby={headingId} className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={headingId} className="flex grow items-center gap-2 text-lg font-semibold tracking-[-0.01em]">
          <GraduationCap aria-hidden className="size-5 text-accent" />
          {name === undefined ? t('learning.title') : t('learning.titleNamed', { building: name })}
        </h2>
        {mayTeach && appliances.some(({ needed }) => needed === 0) && (
          <Button onClick={onLearn} disabled={isBusy || isRunning}>{t('learning.learnNow')}</Button>
        )}
      </div>
      <div role="status" className="text-sm text-ink-soft">
        {progress && <p className="mt-2">{progress}</p>}
        {isRunning && (
          <progress aria-label={t('learning.progress')} className="mt-2 h-1.5 w-full accent-accent" value={job.progress} max={1} />
        )}
      </div>
      {appliances.length === 0 ? (
        <p className="mt-2 max-w-prose text-ink-soft">{t('learning.nothing')}</p>
      ) : (
        <ul className="mt-2">
          {appliances.map((facts) => (
            <ApplianceLearning
              key={facts.appliance}
              facts={facts}
              head={latestOf(building, facts.appliance)}
              mayTeach={mayTeach}
              isBusy={isBusy}
              onChangeHead={onChangeHead}
            />
          ))}
        </ul>
      )}
    </Card>
  )
}

/** The one in effect; else the newest. */
function latestOf(building: BuildingLearning, appliance: HomeHeadInfo['appliance']): HomeHeadInfo | undefined {
  const own = building.heads.filter((head) => head.appliance === appliance)
  return own.find((head) => head.status === 'active') ?? own[0]
}

function ApplianceLearning({ facts, head, mayTeach, isBusy, onChangeHead }: {
  facts: BuildingLearning['appliances'][number]
  head: HomeHeadInfo | undefined
} & Pick<LearningPanelProps, 'mayTeach' | 'isBusy' | 'onChangeHead'>) {
  const format = useFormat()
  const t = useTranslations('runs')
  const appliances = useTranslations('appliances')
  const label = appliances(`label.${facts.appliance}`)
  const name = appliances(`inText.${facts.appliance}`)
  const words = { day: head ? format.day(head.createdAt) : '', name, locale: format.settings.locale }
  const isActive = head?.status === 'active'
  const mayUseAgain = head?.status === 'rolled_back' || head?.status === 'replaced'
  return (
    <li className="flex items-center gap-3 border-b border-line/60 py-2.5 last:border-0">
      <SeriesIcon series={facts.appliance} className="size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
          {label}
          {isActive && <Badge tone="accent">{head.effectiveFrom === null ? t('learning.soon') : t('learning.inUse')}</Badge>}
        </p>
        <p className="figures text-[0.8125rem] text-ink-soft">{learningText(facts, head, words, t)}</p>
      </div>
      {mayTeach && head && (isActive || mayUseAgain) && (
        <Button
          look="quiet"
          disabled={isBusy}
          onClick={() => onChangeHead(head.id, isActive ? 'roll-back' : 'activate')}
          aria-label={t(isActive ? 'learning.undoNamed' : 'learning.useAgainNamed', { appliance: label })}
        >
          {isActive ? t('learning.undo') : t('learning.useAgain')}
        </Button>
      )}
    </li>
  )
}
