'use client'

import { useTranslations } from 'use-intl'
import { freshnessText, type Freshness } from './freshness'

/** What is wrong, in the reader's language; null while all is well. */
export function useFreshnessText(freshness: Freshness): string | null {
  return freshnessText(freshness, { live: useTranslations('live'), format: useTranslations('format') })
}
