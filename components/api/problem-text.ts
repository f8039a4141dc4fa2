'use client'

import { useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { RequestFailure } from './request-api'

/** Says what was caught: the server's own sentence as it came, ours in the reader's language. */
export function useProblemText(): (error: unknown) => string {
  const t = useTranslations('api')
  return useCallback(
    (error) => {
      if (error instanceof RequestFailure) return t(error.kind)
      return error instanceof Error ? error.message : t('unknown')
    },
    [t],
  )
}
