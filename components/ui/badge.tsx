'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { classNames } from './class-names'

const TONES = {
  neutral: 'bg-sunken text-ink-soft',
  accent: 'bg-accent-wash text-accent',
  warn: 'bg-warn-wash text-warn',
  bad: 'bg-bad-wash text-bad',
} as const

interface BadgeProps {
  tone?: keyof typeof TONES
  children: ReactNode
  className?: string
}

export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex min-h-6 items-center gap-1.5 rounded-full px-2.5 text-[0.8125rem] leading-6 font-medium',
        TONES[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}

/** The plain label of everything the built-in simulator made. */
export function SimulatedBadge() {
  return <Badge tone="accent">{useTranslations('ui')('simulated')}</Badge>
}
