'use client'

import { useTranslations } from 'use-intl'
import type { Statement } from '@/lib/contracts/optimisation'

/** What a figure rests on, or why there is none. */
export function Statements({ statements }: { statements: readonly Statement[] }) {
  const t = useTranslations('savings.statement')
  return (
    <ul className="list-disc space-y-1 pl-5 text-sm text-ink-soft">
      {statements.map(({ key, values }) => (
        <li key={`${key} ${Object.values(values).join(' ')}`}>{t(key, values)}</li>
      ))}
    </ul>
  )
}
