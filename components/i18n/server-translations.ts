import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { createTranslator } from 'use-intl/core'
import { chooseLanguage, LANGUAGE_COOKIE, localeFor, type Language } from './languages'
import { MESSAGES, type Namespace, type Translator } from './messages'

interface Reader {
  /** Of the texts. */
  language: Language
  /** Of numbers and dates, as BCP 47: the language as in the reader's country. */
  locale: string
}

/** Who reads the page that is being made. */
export const currentReader = cache(async (): Promise<Reader> => {
  const acceptLanguage = (await headers()).get('accept-language')
  const language = chooseLanguage((await cookies()).get(LANGUAGE_COOKIE)?.value, acceptLanguage)
  return { language, locale: localeFor(language, acceptLanguage) }
})

/** `useTranslations` for what the server renders. */
export async function getTranslations<Name extends Namespace>(namespace: Name): Promise<Translator<Name>> {
  const { language, locale } = await currentReader()
  return createTranslator({ locale, messages: MESSAGES[language], namespace })
}
