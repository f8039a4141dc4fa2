'use client'

import Link from 'next/link'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { ChartPanel } from '@/components/charts/chart-panel'
import { lazyChart } from '@/components/charts/lazy-chart'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { PageTitle } from '@/components/shell/page-title'
import { SimulatedBadge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { ChoiceButtons } from '@/components/ui/choice-buttons'
import { Skeleton } from '@/components/ui/skeleton'
import { WeatherCredit } from '@/components/weather/weather-credit'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { type ForecastReport, forecastReportSchema } from '@/lib/contracts/forecast'
import type { Site } from '@/lib/contracts/sites'
import { methodKey } from './method-names'
import { type BandRow, bandRows, bandScore } from './prepare-band'

const LazyForecastChart = lazyChart(() => import('./forecast-chart'))

const HORIZONS = ['24h', '3d', '7d'] as const
type Horizon = (typeof HORIZONS)[number]
const SERIES = ['load', 'solar'] as const
type What = (typeof SERIES)[number] | (typeof APPLIANCES)[number]

/** Dozens of ways may have some part in a mix. */
const LEAST_SHARE_SHOWN = 0.05
/** While the report is a first guess. */
const ASK_AGAIN_MILLISECONDS = 15_000

type Answer = { report: ForecastReport } | { problem: string } | null

/** What a site will draw, in its band, and how yesterday's forecast did. */
export function ForecastView({ site, locale }: { site: Site; locale: string }) {
  const t = useTranslations('forecast')
  const appliances = useTranslations('appliances.label')
  const problemText = useProblemText()
  const [horizon, setHorizon] = useState<Horizon>('24h')
  const [what, setWhat] = useState<What>('load')
  const [answer, setAnswer] = useState<Answer>(null)
  useEffect(() => {
    const leaving = new AbortController()
    let again: ReturnType<typeof setTimeout> | undefined
    const isSeries = what === 'load' || what === 'solar'
    const query = new URLSearchParams({ horizon, ...(isSeries ? { series: what } : { appliance: what }) })
    const ask = () =>
      requestApi(`/api/v1/sites/${encodeURIComponent(site.id)}/forecast?${query}`).then(
        (given) => {
          if (leaving.signal.aborted) return
          const next = forecastReportSchema.parse(given)
          setAnswer({ report: next })
          if (next.notes.some(({ kind }) => kind === 'provisional')) again = setTimeout(ask, ASK_AGAIN_MILLISECONDS)
        },
        (error: unknown) => leaving.signal.aborted || setAnswer({ problem: problemText(error) }),
      )
    void ask()
    return () => {
      leaving.abort()
      clearTimeout(again)
    }
  }, [site.id, horizon, what, problemText])
  const report = answer && 'report' in answer ? answer.report : null
  const choose = <Value,>(set: (value: Value) => void) => (value: Value) => {
    setAnswer(null)
    set(value)
  }
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <PageTitle title={t('title')} text={t('text')}>
        <div className="flex flex-wrap items-center gap-3">
          {report?.isSimulated && <SimulatedBadge />}
          <select
            aria-label={t('what')}
            className="min-h-11 rounded-lg border border-line-strong/60 bg-surface px-3 text-ink"
            value={what}
            onChange={({ target }) => choose(setWhat)(target.value as What)}
          >
            {SERIES.map((series) => <option key={series} value={series}>{t(series)}</option>)}
            {APPLIANCES.map((appliance) => <option key={appliance} value={appliance}>{appliances(appliance)}</option>)}
          </select>
          <ChoiceButtons
            label={t('horizon')}
            value={horizon}
            choices={HORIZONS.map((value) => ({ value, label: t(`horizons.${value}`) }))}
            onChange={choose(setHorizon)}
          />
        </div>
      </PageTitle>
      {answer === null && <Skeleton className="h-72 w-full" />}
      {answer && 'problem' in answer && (
        <Card className="max-w-3xl p-5 sm:p-8">
          <h2 className="text-xl font-semibold tracking-[-0.02em]">{t('none')}</h2>
          <p role="alert" className="mt-3 max-w-prose text-ink-soft">{answer.problem}</p>
        </Card>
      )}
      {report && <ForecastPanels report={report} />}
    </FormatProvider>
  )
}

function ForecastPanels({ report }: { report: ForecastReport }) {
  const t = useTranslations('forecast')
  const format = useFormat()
  const coming = bandRows(report.points)
  const yesterday = bandRows(report.lastDay)
  const { measured, inside, meanErrorWatts, forecastKwh, measuredKwh } = bandScore(yesterday)
  return (
    <div className="grid gap-5">
      {report.notes.map(({ kind, days, percent }) => (
        <p key={kind} className="text-sm text-ink-soft">{t(`notes.${kind}`, { days, percent })}</p>
      ))}
      <ChartPanel
        title={t('coming')}
        summary={<p className="figures text-sm text-ink-soft"><Total report={report} /></p>}
        note={<Accuracy report={report} />}
        chart={<div className="h-72"><LazyForecastChart rows={coming} label={t('coming')} /></div>}
        table={<BandTable rows={coming} label={t('coming')} />}
      />
      <ChartPanel
        title={t('yesterday')}
        note={t('yesterdayNote', {
          inside,
          measured,
          error: format.powerText(meanErrorWatts),
          forecast: format.energyText(forecastKwh),
          actual: format.energyText(measuredKwh),
        })}
        chart={<div className="h-56"><LazyForecastChart rows={yesterday} label={t('yesterday')} /></div>}
        table={<BandTable rows={yesterday} label={t('yesterday')} withActual />}
      />
    </div>
  )
}

function Total({ report: { points, total } }: { report: ForecastReport }) {
  const t = useTranslations('forecast.total')
  const format = useFormat()
  // Less than the likely total where use comes in bursts: an hour of the line is as likely exceeded as not, but then by more.
  const line = format.energyText(points.reduce((sum, { value }) => sum + value / 1000, 0))
  if (!total.interval) return t('alone', { line })
  const { lowerKwh, upperKwh, percent } = total.interval
  return t('within', {
    energy: format.energyText(total.energyKwh), lower: format.energyText(lowerKwh), upper: format.energyText(upperKwh), percent, line,
  })
}

function Accuracy({ report: { siteId, backtest, blend, weather } }: { report: ForecastReport }) {
  const t = useTranslations('forecast')
  const format = useFormat()
  // By name only: a mix also moves away from ways whose errors are known, so that shares of the others add up to more than all.
  const mix = blend.filter(({ share }) => share >= LEAST_SHARE_SHOWN).map(({ name }) => {
    const key = methodKey(name)
    return key ? t(`methods.${key}`) : name
  })
  return (
    <>
      <p>
        {t('accuracy', {
          origins: backtest.origins,
          error: format.powerText(backtest.meanAbsoluteError),
          share: format.percent(backtest.naiveDayError > 0 ? backtest.meanAbsoluteError / backtest.naiveDayError : 1),
        })}
        {backtest.coverage !== null && ` ${t('coverage', { share: format.percent(backtest.coverage) })}`}
      </p>
      <p>{t('mix', { mix: mix.join(', ') })}</p>
      <p>
        {t(`weather.${weather ?? 'none'}`)}{' '}
        <Link className="underline underline-offset-3" href={`/settings/tariff?site=${encodeURIComponent(siteId)}#weather`}>
          {t('weather.settings')}
        </Link>
      </p>
      {weather === 'fetched' && <WeatherCredit />}
    </>
  )
}

function BandTable({ rows, label, withActual = false }: { rows: readonly BandRow[]; label: string; withActual?: boolean }) {
  const t = useTranslations('forecast')
  const format = useFormat()
  return (
    <div className="max-h-80 overflow-auto" role="region" aria-label={label} tabIndex={0}>
      <table className="figures w-full text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-2 text-left font-medium">{t('hour')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('forecast')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('band')}</th>
            {withActual && <th scope="col" className="py-2 text-right font-medium">{t('measured')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ startSeconds, value, band, actual }) => (
            <tr key={startSeconds} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 text-left font-normal">
                {format.local(startSeconds, { weekday: 'short', hour: '2-digit', minute: '2-digit' })}
              </th>
              <td className="py-2 text-right whitespace-nowrap">{format.powerText(value)}</td>
              <td className="py-2 text-right whitespace-nowrap">{format.powerText(band[0])} – {format.powerText(band[1])}</td>
              {withActual && (
                <td className="py-2 text-right whitespace-nowrap">{actual === null ? t('notMeasured') : format.powerText(actual)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
