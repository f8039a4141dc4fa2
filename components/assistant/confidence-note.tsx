'use client'

import { CircleCheck, CircleDashed, CircleHelp, type LucideIcon } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Tooltip } from '@/components/ui/tooltip'
import type { Grounding } from '@/lib/contracts/chat'

const HIGH = 0.9
const MEDIUM = 0.6

type Level = 'high' | 'medium' | 'low' | 'none'

const LOOKS: Record<Level, { Icon: LucideIcon; className: string }> = {
  high: { Icon: CircleCheck, className: 'text-good' },
  medium: { Icon: CircleDashed, className: 'text-warn' },
  low: { Icon: CircleDashed, className: 'text-bad' },
  none: { Icon: CircleHelp, className: 'text-ink-faint' },
}

/** How far an answer can be relied on, in words; what that is made of, on demand. */
export function ConfidenceNote({ grounding }: { grounding: Grounding }) {
  const t = useTranslations('assistant.confidence')
  const format = useFormat()
  const { confidence, results, ungrounded } = grounding
  const level: Level = results.length === 0 ? 'none' : confidence >= HIGH ? 'high' : confidence >= MEDIUM ? 'medium' : 'low'
  const { Icon, className } = LOOKS[level]
  const coverages = results.flatMap(({ coverage }) => coverage ?? [])
  const explanation =
    level === 'none' ? (
      t('noneText')
    ) : (
      <>
        {t('text', { share: format.percent(confidence), claims: t(ungrounded.length > 0 ? 'claimsSome' : 'claimsAll') })}
        {coverages.length > 0 && ` ${t('coverage', { share: format.percent(Math.min(...coverages)) })}`}
      </>
    )
  return (
    <Tooltip content={explanation}>
      <button
        type="button"
        className="inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2 text-sm text-ink-soft hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden className={`size-4 ${className}`} />
        {t(level)}
      </button>
    </Tooltip>
  )
}
