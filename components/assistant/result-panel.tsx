'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CategoryBars, type CategoryBarRow } from '@/components/charts/category-bars'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyTimeBars } from '@/components/charts/lazy-time-bars'
import { useFormat } from '@/components/format/format-context'
import { Card } from '@/components/ui/card'
import { SimulatedBadge } from '@/components/ui/badge'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { ToolResult } from '@/lib/contracts/assistant'
import { isEstimated, originOfResult, prepareChart, valueText, type PreparedChart } from './prepare-result'
import { ResultTable } from './result-table'
import { applianceOf, periodText, useToolWords } from './tool-words'

/** With more than these, the smaller ones are shown on demand. */
const MOST_BARS = 7
const SHORT = { hour: { hour: '2-digit' }, day: { day: 'numeric', month: 'short' }, month: { month: 'short' } } as const
const LONG = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
} as const

/** The rows behind an answer: as a chart where they make one, and always as a table. */
export function ResultPanel({ result }: { result: ToolResult }) {
  const words = useToolWords()
  const format = useFormat()
  const t = useTranslations('assistant.figure')
  if (!result.table || result.table.rows.length === 0) return null
  const when = result.period && periodText(result.period, format)
  const title = words.tool(result)
  const chart = prepareChart(result)
  const table = <ResultTable table={result.table} caption={[title, when].filter(Boolean).join(', ')} />
  const origin = originOfResult(result)
  const estimated = isEstimated(result)
  const isCalculated = result.tool === 'forecast' || result.tool === 'savings'
  const summary = <span className="text-sm text-ink-soft">{[...words.asked(result), when].filter(Boolean).join(' · ')}</span>
  const note = (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {chart && <span>{t(isCalculated ? 'calculated' : estimated ? 'estimated' : 'measured')}</span>}
      {origin === 'simulated' && <SimulatedBadge />}
    </span>
  )
  if (!chart) {
    return (
      <Card aria-label={title} className="p-4 sm:p-5">
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
          <h3 className="text-base font-semibold tracking-[-0.01em]">{title}</h3>
          {summary}
        </div>
        {table}
        {origin === 'simulated' && <div className="mt-3">{note}</div>}
      </Card>
    )
  }
  const drawn = <Chart prepared={chart} result={result} title={title} />
  return <ChartPanel title={title} summary={summary} note={note} table={table} chart={drawn} />
}

function Chart({ prepared, result, title }: { prepared: PreparedChart; result: ToolResult; title: string }) {
  const words = useToolWords()
  const format = useFormat()
  const units = useTranslations('format')
  const t = useTranslations('assistant.table')
  const [isOpen, setOpen] = useState(false)
  const text = (value: number) => valueText(value, prepared.unit, format, units)
  if (prepared.kind === 'categories') {
    const rows = prepared.bars.map(({ name, value, before }): CategoryBarRow => ({
      key: name,
      series: applianceOf(name) ?? (name === 'Everything else' ? 'other' : null),
      name: words.name(name),
      value,
      text: text(value),
      ...(before !== null && { before: { value: before, text: text(before) } }),
    }))
    const isLong = rows.length > MOST_BARS
    const shown = isLong && !isOpen ? rows.filter(({ series }, index) => index < MOST_BARS - 1 || series === 'other') : rows
    return (
      <>
        <CategoryBars
          isEstimated={isEstimated(result)}
          rows={shown}
          describe={(row) => t('compared', { name: prepared.names.value, value: row.text, before: row.before?.text ?? '' })}
        />
        {isLong && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
            className="mt-2 min-h-10 rounded-md text-sm text-accent underline underline-offset-3"
          >
            {isOpen ? t('fewer') : t('more', { count: rows.length })}
          </button>
        )}
      </>
    )
  }
  const series = APPLIANCES.find((appliance) => appliance === result.arguments.subject) ?? null
  return (
    <div className="h-56">
      <LazyTimeBars
        label={title}
        series={series}
        isEstimated={isEstimated(result)}
        axisText={text}
        rows={prepared.bars.map(({ startSeconds, value }) => ({
          startSeconds,
          value,
          shortName: format.local(startSeconds, SHORT[prepared.bucket]),
          longName: format.local(startSeconds, LONG[prepared.bucket]),
          text: text(value),
        }))}
      />
    </div>
  )
}
