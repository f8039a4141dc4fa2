'use client'

import { useRef } from 'react'
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

const TEXTS: Record<HourlyValueKind, { title: string; what: string; path: string }> = {
  price: {
    title: 'Hourly prices',
    what: 'For tariffs that go by them. A CSV file with the columns timestamp and price, in the currency of the site per kWh',
    path: 'prices',
  },
  carbon: {
    title: 'Hourly CO₂',
    what: 'Goes before the factors below. A CSV file with the columns timestamp and value, in grams of CO₂ per kWh',
    path: 'carbon',
  },
}

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
  const format = useFormat()
  const change = useChange()
  const input = useRef<HTMLInputElement>(null)
  const { title, what, path } = TEXTS[kind]
  const day = (seconds: number) => format.local(seconds, { dateStyle: 'medium' })
  const upload = async (file: File) => {
    const answer = await send(
      `/api/v1/sites/${encodeURIComponent(siteId)}/${path}/csv`,
      'POST',
      await file.text(),
      'text/csv',
    )
    const { stored, rejected, rejectedCount } = hourlyValuesStoredSchema.parse(answer)
    const first = rejected[0]
    const left = first
      ? ` ${rejectedCount === 1 ? 'One line was' : `${rejectedCount} lines were`} left out; line ${first.line}: ${first.reason}`
      : ''
    return `${stored} values stored.${left}`
  }
  return (
    <Card aria-label={title} className="space-y-3 p-4 sm:p-5">
      <h2 className="text-lg font-semibold tracking-[-0.01em]">{title}</h2>
      <p className="text-sm text-ink-soft">{what}. Times without an offset are the site’s own.</p>
      <p className="figures text-sm">
        {extent
          ? `${new Intl.NumberFormat(format.settings.locale).format(extent.count)} values, ${day(extent.firstSeconds)} to ${day(extent.lastSeconds)}`
          : 'None stored yet.'}
      </p>
      <ChangeNote change={change} />
      {mayWrite && (
        <>
          <input
            ref={input}
            type="file"
            accept=".csv,text/csv,text/plain"
            className="sr-only"
            aria-label={`${title}, CSV file`}
            tabIndex={-1}
            onChange={({ target }) => {
              const file = target.files?.[0]
              if (file) void change.run(() => upload(file))
              target.value = ''
            }}
          />
          <Button disabled={change.isBusy} onClick={() => input.current?.click()}>
            {change.isBusy ? 'Reading the file' : 'Choose a CSV file'}
          </Button>
        </>
      )}
    </Card>
  )
}
