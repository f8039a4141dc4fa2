'use client'

import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { WEATHER_CREDIT } from '@/lib/contracts/weather'

/** Who made the weather forecasts, as their licence asks: wherever they, or what follows them, are shown. */
export function WeatherCredit() {
  const t = useTranslations('weather')
  const { name, url, licence, licenceUrl } = WEATHER_CREDIT
  const link = (href: string) => (text: ReactNode) => (
    <a className="underline underline-offset-3" href={href} target="_blank" rel="noreferrer">{text}</a>
  )
  return <p className="text-[0.8125rem] text-ink-soft">{t.rich('credit', { name, licence, source: link(url), link: link(licenceUrl) })}</p>
}
