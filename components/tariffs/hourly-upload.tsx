'use client'

import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { hourlyValuesStoredSchema, type HourlyValueKind } from '@/lib/contracts/tariffs'
import { ChangeNote } from './fields'
import { send } from './send-json'
import { useChange } from './use-change'

export interface HourlyExtent {
  count: number
  firstSeconds: number
  lastSeconds: number
}

const PATHS: Record<HourlyValueKind, string> = { price: 'prices', carbon: 'carbon' }

/** What is stored of hourly values, and a file with more of them. */
export function HourlyUpload({
  siteId,
  kind,
  extent,
  mayWrite,
}: {
  siteId: string
  kind: HourlyValueKind
  extent: HourlyExtent | null
  mayWrite: boolean
}) {
  const t = useTranslations('tariffs.hourly')
  const format = useFormat()
  const change = useChange()
  const input = useRef<HTMLInputElement>(null)
  const title = t(`${kind}.title`)
  const day = (seconds: number) => format.local(seconds, { dateStyle: 'medium' })
  const upload = async (file: File) => {
    const answer = await send(
      `/api/v1/sites/${encodeURIComponent(siteId)}/${PATHS[kind]}/csv`,
      'POST',
      await file.text(),
      'text/csv',
    )
    const { stored, rejected, rejectedCount } = hourlyValuesStoredSchema.parse(answer)
    const first = rejected[0]
    const sentences = [t('stored', { count: stored })]
    if (first) sentences.push(t('leftOut', { count: rejectedCount, line: String(first.line), reason: first.reason }))
    return sentences.join(' ')
  }
  return (
    <Card aria-label={title} className="space-y-3 p-4 sm:p-5">
      <h2 className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
      <p className="text-sm text-ink-soft">{t(`${kind}.text`)}</p>
      <p className="figures text-sm">
        {extent
          ? t('extent', { count: extent.count, from: day(extent.firstSeconds), to: day(extent.lastSeconds) })
          : t('none')}
      </p>
      <ChangeNote change={change} />
      {mayWrite && (
        <>
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv,text/plain"
            className="sr-only"
            aria-label={t('file', { title })}
            tabIndex={-1}
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) void change.run(() => upload(file))
              target.value = ''
            }}
          />
          <Button disabled={change.isBusy} onClick={() => input.current?.click()}>
            {change.isBusy ? t('reading') : t('choose')}
          </Button>
        </>
      )}
    </Card>
  )
}
