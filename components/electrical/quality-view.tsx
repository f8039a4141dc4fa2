'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { lazyChart } from '@/components/charts/lazy-chart'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { PageTitle } from '@/components/shell/page-title'
import { Badge, SimulatedBadge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { ChoiceButtons } from '@/components/ui/choice-buttons'
import {
  powerQualitySchema, QUALITY_RANGES, type PowerQuality, type QualityRange, type QualitySeries,
} from '@/lib/contracts/power-quality'
import type { Site } from '@/lib/contracts/sites'
import { prepareQuality, qualityTable } from './prepare-quality'
import { judgement, quantityText } from './quality-words'

const LazyQualityChart = lazyChart(() => import('./quality-chart'))

/** Voltage, frequency, power factor and distortion over time, coloured by the limits of EN 50160. */
export function QualityView({ site, locale, first }: { site: Site; locale: string; first: PowerQuality }) {
  const t = useTranslations('electrical')
  const problemText = useProblemText()
  const [quality, setQuality] = useState(first)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const ask = async (range: QualityRange, buildingId: string) => {
    setBusy(true)
    try {
      const query = new URLSearchParams({ range, buildingId })
      const answer = await requestApi(`/api/v1/sites/${encodeURIComponent(site.id)}/power-quality?${query}`)
      setQuality(powerQualitySchema.parse(answer))
      setProblem(null)
    } catch (error) {
      setProblem(problemText(error))
    } finally {
      setBusy(false)
    }
  }
  const isEmpty = quality.series.every((series) => series.latest === null)
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        <div className="flex flex-wrap items-center gap-3">
          {quality.simulated && <SimulatedBadge />}
          {site.buildings.length > 1 && (
            <select
              aria-label={t('building')}
              className="min-h-11 rounded-lg border border-line-strong/60 bg-surface px-3 text-ink"
              value={quality.buildingId}
              disabled={isBusy}
              onChange={({ target }) => void ask(quality.range, target.value)}
            >
              {site.buildings.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          )}
          <ChoiceButtons
            label={t('timeShown')}
            value={quality.range}
            choices={QUALITY_RANGES.map((value) => ({ value, label: t(`ranges.${value}`) }))}
            isBusy={isBusy}
            onChange={(range) => void ask(range, quality.buildingId)}
          />
        </div>
      </PageTitle>
      <p role="alert" className="text-sm text-bad empty:hidden">{problem}</p>
      {isEmpty ? <NothingMeasured buildingId={quality.buildingId} /> : (
        <>
          {quality.basis === 'devices' && (
            <p className="text-sm text-ink-soft">{t('fromDevices')}</p>
          )}
          <div className="grid gap-5 lg:grid-cols-2">
            {quality.series.map((series) => <QualityPanel key={series.quantity} quality={quality} series={series} />)}
          </div>
        </>
      )}
    </FormatProvider>
  )
}

const TONES = { good: 'accent', warn: 'warn', bad: 'bad', neutral: 'neutral' } as const

function QualityPanel({ quality, series }: { quality: PowerQuality; series: QualitySeries }) {
  const t = useTranslations('electrical')
  const { locale } = useFormat().settings
  const { tone, badge, text } = judgement(series, locale, t)
  const title = t(`quantities.${series.quantity}`)
  const isMeasured = series.latest !== null
  return (
    <ChartPanel
      title={title}
      summary={isMeasured && (
        <p className="figures flex items-center gap-2 text-sm text-ink-soft">
          <span className="font-semibold text-ink">{quantityText(series.quantity, series.unit, series.latest ?? 0, locale)}</span>
          {badge && <Badge tone={TONES[tone]}>{badge}</Badge>}
        </p>
      )}
      note={text}
      chart={
        <div className="h-52">
          {isMeasured
            ? <LazyQualityChart data={prepareQuality(quality, series)} series={series} />
            : <p className="grid h-full place-items-center text-ink-soft">{t('noneSent')}</p>}
        </div>
      }
      table={<QualityTable quality={quality} series={series} />}
    />
  )
}

function QualityTable({ quality, series }: { quality: PowerQuality; series: QualitySeries }) {
  const t = useTranslations('electrical')
  const format = useFormat()
  const isDay = quality.range === '24h'
  const rows = qualityTable(quality, series, isDay ? 'hour' : 'day', format.settings.timeZone)
  const text = (value: number) => quantityText(series.quantity, series.unit, value, format.settings.locale)
  return (
    <div
      className="max-h-80 overflow-auto"
      role="region"
      aria-label={t('byTime', { quantity: t(`quantities.${series.quantity}`) })}
      tabIndex={0}
    >
      <table className="figures w-full text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-2 text-left font-medium">{t('table.from')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('table.mean')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('table.lowest')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('table.highest')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startSeconds, value }) => (
            <tr key={startSeconds} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 text-left font-normal">
                {isDay ? format.clock(startSeconds) : format.day(startSeconds)}
              </th>
              {value
                ? [value.mean, value.min, value.max].map((number, index) => (
                    <td key={index} className="py-2 text-right whitespace-nowrap">{text(number)}</td>
                  ))
                : <td colSpan={3} className="py-2 text-right text-ink-faint">{t('notMeasured')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NothingMeasured({ buildingId }: { buildingId: string }) {
  const t = useTranslations('electrical.nothing')
  const message = '{"timestamp": 1706198400.0, "power_total": 3500.0, "voltage": 230.4, "frequency": 50.01, "power_factor": 0.95}'
  return (
    <Card className="max-w-3xl p-5 sm:p-8">
      <h2 className="text-xl font-semibold tracking-[-0.02em]">{t('title')}</h2>
      <p className="mt-3 max-w-prose text-ink-soft">
        {t.rich('text', { code: (chunks) => <code>{chunks}</code>, channel: `nilm:${buildingId}:input` })}
      </p>
      <pre className="mt-4 rounded-xl bg-sunken p-4 text-sm wrap-anywhere whitespace-pre-wrap"><code>{message}</code></pre>
      <p className="mt-4 text-sm text-ink-soft">{t('then')}</p>
    </Card>
  )
}
