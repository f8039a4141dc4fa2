'use client'

import { useTranslations } from 'use-intl'

/** Says what a bar's height, its parts, the dashed line and a hatched column mean. */
export function BarsLegend({
  hasGaps,
  isSimulated,
  comparedName,
}: {
  hasGaps: boolean
  isSimulated: boolean
  comparedName?: string | null
}) {
  const t = useTranslations('energy.legend')
  const ui = useTranslations('ui')
  return (
    <span className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <span>{t('bars')}</span>
      {comparedName && (
        <span className="inline-flex items-center gap-2">
          <span aria-hidden className="w-6 border-t-2 border-dashed border-ink-soft" />
          {comparedName}
        </span>
      )}
      {hasGaps && <span>{t('gaps')}</span>}
      {isSimulated && <span className="font-medium text-accent">{ui('simulated')}</span>}
    </span>
  )
}
