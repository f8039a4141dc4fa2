'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { LanguageButtons } from '@/components/i18n/language-menu'
import { Card } from '@/components/ui/card'
import { Mark } from '@/components/ui/wordmark'

/** A page for who is not logged in yet. */
export function EntryPage({ children }: { children: ReactNode }) {
  const t = useTranslations('entry')
  return (
    <main
      id="content"
      className={
        'mx-auto flex min-h-dvh max-w-[27rem] flex-col justify-center px-4 ' +
        'pt-[max(2rem,env(safe-area-inset-top))] pb-[max(2rem,env(safe-area-inset-bottom))]'
      }
    >
      <div className="mb-7 flex items-center gap-4 px-1">
        <Mark className="size-12" />
        <div>
          <h1 className="text-2xl leading-7 font-semibold tracking-[-0.02em]">Undercurrent</h1>
          <p className="mt-0.5 text-ink-soft">{t('tagline')}</p>
        </div>
      </div>
      <Card className="p-5 sm:p-7">{children}</Card>
      <div className="mt-4"><LanguageButtons /></div>
    </main>
  )
}
