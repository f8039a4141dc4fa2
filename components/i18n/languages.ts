/** The languages the pages speak, each under its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const

export type Language = keyof typeof LANGUAGES

/** Holds the language a person chose; without it the browser's wish counts. */
export const LANGUAGE_COOKIE = 'language'

/** How numbers and dates are written where nothing is known of the reader but the language. */
const USUAL_LOCALES: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }

export function isLanguage(text: string | undefined): text is Language {
  return text !== undefined && Object.hasOwn(LANGUAGES, text)
}

/** The tags of an Accept-Language header that Intl understands, the most wanted first. */
function wantedLocales(acceptLanguage: string | null): string[] {
  const wanted = (acceptLanguage ?? '').split(',').flatMap((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
    return weight > 0 ? supportedLocales(tag).map((locale) => ({ locale, weight })) : []
  })
  return wanted.sort((a, b) => b.weight - a.weight).map(({ locale }) => locale)
}

function supportedLocales(tag: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag)
  } catch {
    return []
  }
}

/** "de" of "de-CH". */
export const languageOf = (locale: string) => locale.split('-')[0]?.toLowerCase()

/** The chosen language, else the first of the browser's that the pages speak, else English. */
export function chooseLanguage(chosen: string | undefined, acceptLanguage: string | null): Language {
  if (isLanguage(chosen)) return chosen
  return wantedLocales(acceptLanguage).map(languageOf).find(isLanguage) ?? 'en'
}

/**
 * How the reader writes numbers and dates: the language of the page as in the country the browser names (de-CH, en-US), as in
 * Britain or Germany where it names none.
 */
export function localeFor(language: Language, acceptLanguage: string | null): string {
  const wanted = wantedLocales(acceptLanguage).find((locale) => languageOf(locale) === language)
  return wanted?.includes('-') ? wanted : USUAL_LOCALES[language]
}
