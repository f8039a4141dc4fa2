'use client'

import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { durationInWords } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { Card } from '@/components/ui/card'
import type { SystemHealth } from '@/lib/contracts/system-health'
import { countText } from '../figures'

const LOOKS = {
  ok: { Icon: CircleCheck, color: 'text-good' },
  degraded: { Icon: TriangleAlert, color: 'text-warn' },
  down: { Icon: CircleAlert, color: 'text-bad' },
} as const

type Health = SystemHealth['health']
type PartName = keyof Health['parts']

const PARTS: readonly PartName[] = ['app', 'database', 'liveStore', 'model', 'worker']

/** One card for each thing that the application cannot do without. */
export function PartCards({ health, locale }: { health: Health; locale: string }) {
  const t = useTranslations('adminHealth')
  const tFormat = useTranslations('format')
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5">
      {PARTS.map((name) => {
        const { state, detail } = health.parts[name]
        const { Icon, color } = LOOKS[state]
        return (
          <Card key={name} aria-label={t(`parts.${name}`)} className="p-4">
            <div className="flex items-center justify-between gap-2">
              <h2 className="text-sm font-medium text-ink-soft">{t(`parts.${name}`)}</h2>
              <Icon aria-hidden className={`size-5 shrink-0 ${color}`} />
            </div>
            <p className="mt-1 text-lg font-semibold">{t(`partStates.${state}`)}</p>
            <p className="mt-1 text-[0.8125rem] leading-5 wrap-anywhere text-ink-soft">
              {detail ?? factOf(name, health, locale, t, tFormat)}
            </p>
          </Card>
        )
      })}
    </div>
  )
}

function factOf(
  name: PartName,
  { parts }: Health,
  locale: string,
  t: Translator<'adminHealth'>,
  tFormat: Translator<'format'>,
): string {
  switch (name) {
    case 'app':
      return t('partFacts.uptime', { duration: durationInWords(parts.app.uptimeSeconds, tFormat) })
    case 'database':
      return t('partFacts.answers')
    case 'liveStore':
      return t(parts.liveStore.kind === 'postgres' ? 'partFacts.postgres' : 'partFacts.redis')
    case 'model':
      return parts.model.version ?? t('partFacts.answers')
    case 'worker':
      return t('partFacts.workers', {
        count: countText(parts.worker.liveWorkers ?? 0, locale),
        waiting: countText(parts.worker.unacknowledgedSamples ?? 0, locale),
      })
  }
}
