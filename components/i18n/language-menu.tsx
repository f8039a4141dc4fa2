'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { classNames } from '@/components/ui/class-names'
import { MenuChoices } from '@/components/ui/menu'
import { isLanguage, LANGUAGE_COOKIE, languageOf, LANGUAGES, type Language } from './languages'

const ONE_YEAR_SECONDS = 365 * 86_400

/** Changes the language of this browser, and makes the page anew in it. */
function useLanguageChange(): (language: Language) => void {
  const router = useRouter()
  const [, startTransition] = useTransition()
  return (language) => {
    const secure = location.protocol === 'https:' ? '; secure' : ''
    document.cookie = `${LANGUAGE_COOKIE}=${language}; path=/; max-age=${ONE_YEAR_SECONDS}; samesite=lax${secure}`
    startTransition(() => router.refresh())
  }
}

const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label, lang: value }))

const useLanguage = () => languageOf(useLocale()) ?? ''

/** Within a menu. */
export function LanguageChoices() {
  const t = useTranslations('shell')
  const change = useLanguageChange()
  return (
    <MenuChoices
      label={t('language')}
      value={useLanguage()}
      choices={CHOICES}
      onChange={(value) => isLanguage(value) && change(value)}
    />
  )
}

/** Where there is no menu yet. */
export function LanguageButtons() {
  const t = useTranslations('shell')
  const language = useLanguage()
  const change = useLanguageChange()
  return (
    <div role="group" aria-label={t('language')} className="flex justify-center gap-1 text-sm">
      {CHOICES.map(({ value, label, lang }) => (
        <button
          key={value}
          type="button"
          lang={lang}
          aria-pressed={value === language}
          onClick={() => isLanguage(value) && change(value)}
          className={classNames(
            'min-h-11 rounded-lg px-3 hover:bg-sunken',
            value === language ? 'font-medium text-ink' : 'text-ink-soft hover:text-ink',
          )}
        >
          {label}
        </button>
      ))}
    </div>
  )
}
