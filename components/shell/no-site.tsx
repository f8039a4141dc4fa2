'use client'

import { useTranslations } from 'use-intl'
import { NothingHere } from '@/components/live/first-reading'

/** A user who belongs to no site: whom to ask. */
export function NoSite() {
  const t = useTranslations('shell.noSite')
  return <NothingHere title={t('title')} text={t('text')} />
}
