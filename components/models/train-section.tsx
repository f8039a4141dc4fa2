'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import type { TrainableModel, TrainingJob } from '@/lib/contracts/training'

export interface TrainRow {
  key: string
  name: string
  /** What its button is said to be about. */
  label: string
  /** The job that waits or runs. */
  job: TrainingJob | undefined
}

interface TrainSectionProps {
  model: TrainableModel
  rows: readonly TrainRow[]
  mayTrain: boolean
  isBusy: boolean
  onTrain: (key: string) => void
}

/** One model with a row for each place it is fitted to. */
export function TrainSection({ model, rows, mayTrain, isBusy, onTrain }: TrainSectionProps) {
  const t = useTranslations('models')
  return (
    <Section id={`train-${model}`} title={t(`train.${model}.title`)} text={t(`train.${model}.text`)}>
      <ul className="mt-3 space-y-3">
        {rows.map(({ key, name, label, job }) => (
          <li key={key} className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <span className="min-w-0 grow">{name}</span>
            {job && <progress aria-label={t('train.progress')} className="h-1.5 w-32 accent-accent" value={job.progress} max={1} />}
            {mayTrain && (
              <Button
                look="primary"
                disabled={isBusy || job !== undefined}
                onClick={() => onTrain(key)}
                aria-label={`${t('train.start')}: ${label}`}
              >
                {t('train.start')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
