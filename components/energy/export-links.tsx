'use client'

import { Download } from 'lucide-react'
import { useTranslations } from 'use-intl'

const FORMATS = [
  { value: 'csv', text: 'CSV' },
  { value: 'parquet', text: 'Parquet' },
] as const

/** Downloads of what is on screen. @param href the endpoint with its query, without the format */
export function ExportLinks({ href }: { href: string }) {
  const t = useTranslations('energy')
  return (
    <span className="inline-flex items-center gap-1 text-sm text-ink-soft">
      <Download aria-hidden className="size-4" />
      {FORMATS.map(({ value, text }) => (
        <a
          key={value}
          href={`${href}&format=${value}`}
          download
          aria-label={t('download', { format: text })}
          className="relative rounded-md px-1.5 py-1 underline underline-offset-3 after:absolute after:-inset-y-2 after:inset-x-0 hover:text-ink"
        >
          {text}
        </a>
      ))}
    </span>
  )
}
