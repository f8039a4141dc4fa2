'use client'

import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button'

const CONFIRM_MILLISECONDS = 2000

/** Text to take along, with a button that copies it. */
export function CopyText({ text, name }: { text: string; name: string }) {
  const t = useTranslations('ui')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), CONFIRM_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <div className="flex items-center gap-2 rounded-xl bg-sunken p-1 pl-3.5">
      <code className="min-w-0 grow py-2 text-sm wrap-anywhere">{text}</code>
      <Button
        look="quiet"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
        aria-label={isCopied ? t('copied') : t('copy', { name })}
      >
        {isCopied ? <Check aria-hidden className="size-4 text-good" /> : <Copy aria-hidden className="size-4" />}
      </Button>
    </div>
  )
}
