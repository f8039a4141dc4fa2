'use client'

import Markdown from 'markdown-to-jsx'
import Link from 'next/link'
import { useMemo, type ComponentProps, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { Grounding } from '@/lib/contracts/chat'
import { citedMarkdown, FIGURE_ADDRESS, UNCONFIRMED_ADDRESS } from './cited-markdown'
import { evidenceOf, FigureLink, isOwnPage } from './figure-link'

/** An answer's text, which is English whatever the page speaks: each number a link to what it rests on. */
export function AnswerText({ text, grounding }: { text: string; grounding: Grounding | null }) {
  const evidence = useMemo(() => evidenceOf(grounding?.results ?? []), [grounding])
  const options = useMemo(() => {
    const Anchor = ({ href = '', children }: ComponentProps<'a'>) => {
      if (href === UNCONFIRMED_ADDRESS) return <Unconfirmed>{children}</Unconfirmed>
      const found = href.startsWith(FIGURE_ADDRESS) ? evidence.get(href.slice(FIGURE_ADDRESS.length)) : undefined
      if (found) return <FigureLink evidence={found}>{children}</FigureLink>
      return isOwnPage(href) ? <Link href={href}>{children}</Link> : <>{children}</>
    }
    const none = { component: () => null }
    return {
      disableParsingRawHTML: true,
      disableAutoLink: true,
      forceBlock: true,
      forceWrapper: true,
      overrides: { a: Anchor, img: none, iframe: none, script: none, style: none, input: none },
    }
  }, [evidence])
  return (
    <div
      lang="en"
      data-answer-text
      className={
        'space-y-3 text-[1.0625rem] leading-7 wrap-anywhere [&_ol]:list-decimal [&_ol]:pl-6 [&_ul]:list-disc [&_ul]:pl-6 ' +
        '[&_li]:my-1 [&_li]:marker:text-ink-faint'
      }
    >
      <Markdown options={options}>{citedMarkdown(text, grounding)}</Markdown>
    </div>
  )
}

/** A part that nothing measured supports: marked by more than its colour. */
function Unconfirmed({ children }: { children: ReactNode }) {
  const t = useTranslations('assistant.answer')
  return (
    <mark title={t('unconfirmedNote')} className="rounded-sm bg-warn-wash px-1 text-warn">
      {children}
      <span className="ml-1 inline-block text-xs font-medium ">({t('unconfirmed')})</span>
    </mark>
  )
}
