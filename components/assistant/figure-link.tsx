'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { classNames } from '@/components/ui/class-names'
import { LinkNote } from '@/components/ui/tooltip'
import type { Figure, ToolResult } from '@/lib/contracts/assistant'
import { periodText } from './tool-words'

export type Evidence = { figure: Figure } | { moment: ToolResult['moments'][number] }

/** What an answer's numbers may refer to, by id. */
export function evidenceOf(results: readonly ToolResult[]): ReadonlyMap<string, Evidence> {
  const figures = results.flatMap((result) => result.figures.map((figure) => [figure.id, { figure }] as const))
  const moments = results.flatMap((result) => result.moments.map((moment) => [moment.id, { moment }] as const))
  return new Map<string, Evidence>([...figures, ...moments])
}

/** A page of this application, never another address. */
export const isOwnPage = (href: string) => /^\/(?![/\\])/.test(href)

/** A number of an answer: leads to the page that shows it, and says on demand what it is. */
export function FigureLink({ evidence, children }: { evidence: Evidence; children: ReactNode }) {
  const t = useTranslations('assistant.figure')
  const format = useFormat()
  const { href, label } = 'figure' in evidence ? evidence.figure : evidence.moment
  const figure = 'figure' in evidence ? evidence.figure : null
  if (!isOwnPage(href)) return <>{children}</>
  return (
    <LinkNote
      content={
        <>
          <span className="block font-medium first-letter:uppercase">{label}</span>
          {figure?.period && <span className="block">{periodText(figure.period, format)}</span>}
          <span className="block opacity-80">{t(figure?.origin ?? 'moment')}</span>
          <span className="sr-only">{t('open')}</span>
        </>
      }
    >
      <Link
        href={href}
        data-figure={figure?.id ?? 'moment'}
        className={classNames(
          'figures rounded-sm font-medium whitespace-nowrap text-ink underline underline-offset-4 hover:text-accent hover:decoration-accent',
          figure?.origin === 'measured' || !figure ? 'decoration-line-strong' : 'decoration-accent decoration-dashed',
        )}
      >
        {children}
      </Link>
    </LinkNote>
  )
}
