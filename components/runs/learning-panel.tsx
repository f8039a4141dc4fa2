'use client'

import { GraduationCap } from 'lucide-react'
import { useId } from 'react'
import { SeriesIcon, seriesLabel } from '@/components/charts/series-identity'
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
  const { appliances, job } = building
  const headingId = useId()
  const isRunning = job?.status === 'queued' || job?.status === 'running'
  const progress = job ? jobText(job) : null
  return (
    <Card aria-labelledby={headingId} className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 id={headingId} className="flex grow items-center gap-2 text-lg font-semibold tracking-[-0.01em]">
          <GraduationCap aria-hidden className="size-5 text-accent" />
          {name === undefined ? 'What this home has learned' : `What ${name} has learned`}
        </h2>
        {mayTeach && appliances.some(({ needed }) => needed === 0) && (
          <Button onClick={onLearn} disabled={isBusy || isRunning}>Learn now</Button>
        )}
      </div>
      <div role="status" className="text-sm text-ink-soft">
        {progress && <p className="mt-2">{progress}</p>}
        {isRunning && <progress aria-label="Learning" className="mt-2 h-1.5 w-full accent-accent" value={job.progress} max={1} />}
      </div>
      {appliances.length === 0 ? (
        <p className="mt-2 max-w-prose text-ink-soft">
          Nothing yet. Say of a few runs below what they were: from four labels of an appliance on, this home learns to recognise it
          better. What it learns is used only if it proves better on runs it has not seen.
        </p>
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
  const label = seriesLabel(facts.appliance)
  const isActive = head?.status === 'active'
  const mayUseAgain = head?.status === 'rolled_back' || head?.status === 'replaced'
  return (
    <li className="flex items-center gap-3 border-b border-line/60 py-2.5 last:border-0">
      <SeriesIcon series={facts.appliance} className="size-5 shrink-0 text-ink-soft" />
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-2 text-[0.9375rem] font-medium">
          {label}
          {isActive && <Badge tone="accent">{head.effectiveFrom === null ? 'Takes effect in a moment' : 'In use'}</Badge>}
        </p>
        <p className="figures text-[0.8125rem] text-ink-soft">{learningText(facts, head, head ? format.day(head.createdAt) : '')}</p>
      </div>
      {mayTeach && head && (isActive || mayUseAgain) && (
        <Button
          look="quiet"
          disabled={isBusy}
          onClick={() => onChangeHead(head.id, isActive ? 'roll-back' : 'activate')}
          aria-label={isActive ? `Undo what was learned of the ${label}` : `Use again what was learned of the ${label}`}
        >
          {isActive ? 'Undo' : 'Use again'}
        </Button>
      )}
    </li>
  )
}
