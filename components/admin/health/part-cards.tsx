import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { Card } from '@/components/ui/card'
import type { SystemHealth } from '@/lib/contracts/system-health'
import { countText } from '../figures'

const TEXT = {
  parts: { app: 'Application', database: 'Database', liveStore: 'Live store', model: 'Model', worker: 'Inference' },
  states: { ok: 'Well', degraded: 'Not as it should be', down: 'Down' },
  answers: 'Answers.',
  uptime: (words: string) => `Up for ${words}.`,
  workers: (count: string, waiting: string) => `Workers: ${count}. Readings that wait: ${waiting}.`,
  kinds: { redis: 'Redis answers.', postgres: 'PostgreSQL carries it.' },
} as const

const LOOKS = {
  ok: { Icon: CircleCheck, color: 'text-good' },
  degraded: { Icon: TriangleAlert, color: 'text-warn' },
  down: { Icon: CircleAlert, color: 'text-bad' },
} as const

type Health = SystemHealth['health']
type PartName = keyof Health['parts']

/** One card for each thing that the application cannot do without. */
export function PartCards({ health, locale }: { health: Health; locale: string }) {
  const tFormat = useTranslations('format')
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
      {(Object.keys(TEXT.parts) as PartName[]).map((name) => {
        const { state, detail } = health.parts[name]
        const { Icon, color } = LOOKS[state]
        return (
          <Card key={name} aria-label={TEXT.parts[name]} className="p-4">
            <div className="flex items-center justify-between gap-2">
              <h2 className="text-sm font-medium text-ink-soft">{TEXT.parts[name]}</h2>
              <Icon aria-hidden className={`size-5 shrink-0 ${color}`} />
            </div>
            <p className="mt-1 text-lg font-semibold">{TEXT.states[state]}</p>
            <p className="mt-1 text-[0.8125rem] leading-5 wrap-anywhere text-ink-soft">{detail ?? factOf(name, health, locale, tFormat)}</p>
          </Card>
        )
      })}
    </div>
  )
}

function factOf(name: PartName, { parts }: Health, locale: string, tFormat: Translator<'format'>): string {
  switch (name) {
    case 'app':
      return TEXT.uptime(durationInWords(parts.app.uptimeSeconds, tFormat))
    case 'database':
      return TEXT.answers
    case 'liveStore':
      return parts.liveStore.kind === 'postgres' ? TEXT.kinds.postgres : TEXT.kinds.redis
    case 'model':
      return parts.model.version ?? TEXT.answers
    case 'worker':
      return TEXT.workers(countText(parts.worker.liveWorkers ?? 0, locale), countText(parts.worker.unacknowledgedSamples ?? 0, locale))
  }
}
