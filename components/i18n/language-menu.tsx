'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { MenuChoices } from '@/components/ui/menu'
import { isLanguage, LANGUAGE_COOKIE, languageOf, LANGUAGES, type Language } from './languages'

const ONE_YEAR_SECONDS = 365 * 86_400

/** Changes the language of this browser, and makes the page anew in it. */
export function useLanguageChange(): (language: Language) => void {
  const router = useRouter()
  const [, startTransition] = useTransition()
  return (language) => {
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax${secure}`
    startTransition(() => router.refresh())
  }
}

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, lang: value }))

export function LanguageChoices() {
  const t = useTranslations('shell')
  const change = useLanguageChange()
  return (
    <MenuChoices
      label={t('language')}
      value={languageOf(useLocale()) ?? ''}
      choices={CHOICES}
      onChange={(value) => isLanguage(value) && change(value)}
    />
  )
}
