'use client'

import { useTranslations } from 'use-intl'
import { StatePage } from '@/components/shell/state-page'
import { Button } from '@/components/ui/button'

/** The server could not make a page; the reading of the meter goes on regardless. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations('shell.error')
  return (
    <StatePage
      title={t('title')}
      text={error.digest ? t('textWithReason', { digest: error.digest }) : t('text')}
      action={<Button look="primary" onClick={reset}>{t('action')}</Button>}
    />
  )
}
