'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'

const CONFIRM_MILLISECONDS = 2000

/** A building that has never sent anything: how to send the first reading. */
export function FirstReading({ buildingId, redisUrl }: { buildingId: string; redisUrl: string | null }) {
  const t = useTranslations('live.first')
  const channel = `nilm:${buildingId}:input`
  const command = `redis-cli -u ${redisUrl} PUBLISH ${channel} "{\\"timestamp\\": $(date +%s), \\"power_total\\": 350.0}"`
  return (
    <Card aria-labelledby="first-reading-heading" className="max-w-3xl p-5 sm:p-8">
      <h1 id="first-reading-heading" className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">
        {t('title')}
      </h1>
      {redisUrl ? (
        <>
          <p className="mt-3 max-w-prose text-ink-soft">
            {t.rich('publish', { channel, code: (code) => <Code>{code}</Code> })}
          </p>
          <Command text={command} />
        </>
      ) : (
        <>
          <p className="mt-3 max-w-prose text-ink-soft">{t('withoutRedis')}</p>
          <Command text={`npm run producer -- --source simulation --building-id ${buildingId}`} />
        </>
      )}
      <p className="mt-4 text-sm text-ink-soft">{t('note')}</p>
    </Card>
  )
}

/** A user with no site or a site with no building: nothing to show, and whom to ask. */
export function NothingHere({ title, text }: { title: string; text: string }) {
  return (
    <Card className="max-w-3xl p-5 sm:p-8">
      <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{title}</h1>
      <p className="mt-3 max-w-prose text-ink-soft">{text}</p>
    </Card>
  )
}

function Code({ children }: { children: ReactNode }) {
  return <code className="rounded bg-sunken px-1.5 py-0.5 text-[0.875em] wrap-anywhere text-ink">{children}</code>
}

function Command({ text }: { text: string }) {
  const t = useTranslations('live.first')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <div className="mt-5 flex items-start gap-2 rounded-xl bg-sunken p-2 pl-4">
      <pre className="min-w-0 grow py-2.5 text-sm wrap-anywhere whitespace-pre-wrap"><code>{text}</code></pre>
      <Button
        look="quiet"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        aria-label={t(isCopied ? 'copied' : 'copy')}
      >
        {isCopied ? <Check aria-hidden className="size-4 text-good" /> : <Copy aria-hidden className="size-4" />}
      </Button>
    </div>
  )
}
