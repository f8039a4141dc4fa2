'use client'

import { StatePage } from '@/components/shell/state-page'
import { Button } from '@/components/ui/button'

/** The server could not make a page; the reading of the meter goes on regardless. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <StatePage
      title="This page could not be made"
      text={`Measuring goes on; only showing it failed.${error.digest ? ` The log has the reason under ${error.digest}.` : ''}`}
      action={<Button look="primary" onClick={reset}>Try again</Button>}
    />
  )
}
