'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyEnergyBars } from '@/components/charts/lazy-energy-bars'
import { prepareEnergy, type EnergyMeasure, type EnergyRow } from '@/components/charts/prepare-energy'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { SimulatedBadge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { EnergyReport } from '@/lib/contracts/energy'
import type { Site } from '@/lib/contracts/sites'
import { COMPARISONS, HISTORY_VIEWS, type Comparison, type HistoryPeriod, type HistoryView } from '@/lib/domain/history-view'
import { BarsLegend } from './bars-legend'
import { ChoiceLinks } from './choice-links'
import { EnergyTable } from './energy-table'
import { ExportLinks } from './export-links'
import { ItemBars } from './item-bars'
import { RawDayPanel } from './raw-day-panel'
import { HistoryFacts } from './history-facts'
import { bucketName, comparisonName, headingText, periodName, shortBucketName } from './history-words'

const COVERAGE_WORTH_SAYING = 0.99

export interface HistoryProps {
  site: Site
  period: HistoryPeriod
  report: EnergyReport
  compared: EnergyReport | null
  comparison: Comparison
  /** YYYY-MM-DD at the site. */
  today: string
  nowSeconds: number
}

export function HistoryPageView({ locale, ...props }: HistoryProps & { locale: string }) {
  return (
    <FormatProvider locale={locale} timeZone={props.site.timeZone} currency={props.site.currency}>
      <History {...props} />
    </FormatProvider>
  )
}

function History({ site, period, report, compared, comparison, today, nowSeconds }: HistoryProps) {
  const t = useTranslations('energy.history')
  const format = useFormat()
  const { by } = report
  const hrefOf = (change: { view?: HistoryView; date?: string; by?: string; compare?: Comparison }) => {
    const query = new URLSearchParams({
      site: site.id,
      view: period.view,
      date: period.date,
      by,
      compare: comparison,
      ...change,
    })
    return `/history?${query.toString()}`
  }
  const arrow = buttonClass('quiet', 'px-0')
  return (
    <>
      <header className="space-y-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <ChoiceLinks
            label={t('period')}
            choices={HISTORY_VIEWS.map((view) => ({
              text: t(`view.${view}`),
              href: hrefOf({ view }),
              isChosen: view === period.view,
            }))}
          />
          <div className="flex items-center">
            <Link
              href={hrefOf({ date: period.previousDate })}
              scroll={false}
              className={arrow}
              aria-label={t(`earlier.${period.view}`)}
            >
              <ChevronLeft aria-hidden className="size-5" />
            </Link>
            {period.nextDate ? (
              <Link
                href={hrefOf({ date: period.nextDate })}
                scroll={false}
                className={arrow}
                aria-label={t(`later.${period.view}`)}
              >
                <ChevronRight aria-hidden className="size-5" />
              </Link>
            ) : (
              <span aria-hidden className={`${arrow} opacity-35`}>
                <ChevronRight className="size-5" />
              </span>
            )}
            {period.nextDate && (
              <Link href={hrefOf({ date: today })} scroll={false} className={buttonClass('quiet', 'text-sm')}>
                {t('today')}
              </Link>
            )}
          </div>
          {report.isSimulated && <SimulatedBadge />}
        </div>
        <h1 className="figures text-2xl leading-tight font-semibold tracking-[-0.02em] text-balance sm:text-4xl">
          {headingText(report, periodName(period, format, t), format, t)}
        </h1>
        <HistoryFacts report={report} compared={compared} comparison={comparison} />
      </header>
      <HistoryPanel
        period={period}
        report={report}
        compared={compared}
        nowSeconds={nowSeconds}
        comparedName={comparisonName(comparison, period.view, t)}
        drillHref={(date, view) => hrefOf({ date, view })}
        choices={
          <div className="flex flex-wrap gap-2">
            <ChoiceLinks
              label={t('groupBy')}
              choices={(['appliance', 'room'] as const).map((value) => ({
                text: t(`by.${value}`),
                href: hrefOf({ by: value }),
                isChosen: value === by,
              }))}
            />
            <ChoiceLinks
              label={t('compareWith')}
              choices={COMPARISONS.filter((value) => value !== 'year' || period.view !== 'year').map((value) => ({
                text: comparisonName(value, period.view, t),
                href: hrefOf({ compare: value }),
                isChosen: value === comparison,
              }))}
            />
          </div>
        }
      />
      {period.view === 'day' &&
        site.buildings.map((building) => (
          <RawDayPanel
            key={`${building.id} ${period.date}`}
            siteId={site.id}
            building={building}
            day={period.fromSeconds}
            nowSeconds={nowSeconds}
          />
        ))}
    </>
  )
}

function HistoryPanel({
  period,
  report,
  compared,
  nowSeconds,
  comparedName,
  drillHref,
  choices,
}: {
  period: HistoryPeriod
  report: EnergyReport
  compared: EnergyReport | null
  nowSeconds: number
  comparedName: string
  drillHref: (date: string, view: HistoryView) => string
  choices: ReactNode
}) {
  const t = useTranslations('energy.history')
  const format = useFormat()
  const router = useRouter()
  const [measure, setMeasure] = useState<EnergyMeasure>('energy')
  const [highlighted, setHighlighted] = useState<string | null>(null)
  const data = useMemo(() => prepareEnergy(report, compared, measure, nowSeconds), [report, compared, measure, nowSeconds])
  const isOpenable = period.view !== 'day'
  const hrefOf = (fromSeconds: number) => {
    const date = new Intl.DateTimeFormat('sv-SE', { timeZone: report.timeZone, dateStyle: 'short' }).format(
      new Date(fromSeconds * 1000),
    )
    return drillHref(date, period.view === 'year' ? 'month' : 'day')
  }
  const path =
    `/api/v1/sites/${encodeURIComponent(report.siteId)}/energy/export?from=${report.from}&to=${report.to}` +
    `&granularity=${report.granularity}&by=${report.by}`
  const label = t(`label.${measure}`, {
    granularity: t(`granularity.${report.granularity}`),
    by: t(`byInText.${report.by}`),
  })
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-3">
      <ChartPanel
        className="lg:col-span-2"
        title={t(measure)}
        summary={
          <>
            <div role="group" aria-label={t('unit')} className="flex gap-0.5 rounded-lg bg-sunken p-0.5">
              {(['energy', 'cost'] as const).map((value) => (
                <button
                  key={value}
                  type="button"
                  aria-pressed={measure === value}
                  onClick={() => setMeasure(value)}
                  className={`relative h-8 rounded-md px-2.5 text-[0.8125rem] font-medium after:absolute after:-inset-y-2 after:inset-x-0 ${
                    measure === value ? 'bg-surface text-ink shadow-sm dark:bg-line' : 'text-ink-soft hover:text-ink'
                  }`}
                >
                  {value === 'energy' ? 'kWh' : report.currency}
                </button>
              ))}
            </div>
            <ExportLinks href={path} />
          </>
        }
        note={
          <div className="flex flex-wrap items-center justify-between gap-3">
            <BarsLegend
              hasGaps={report.total.coverage < COVERAGE_WORTH_SAYING}
              isSimulated={report.isSimulated}
              comparedName={compared?.total.energyKwh == null ? null : comparedName}
            />
            {choices}
          </div>
        }
        chart={
          <div className="h-72 sm:h-80">
            <LazyEnergyBars
              data={data}
              items={report.items}
              label={label}
              shortName={(row: EnergyRow) => shortBucketName(row.fromSeconds, period.view, format)}
              longName={(row: EnergyRow) => bucketName(row.fromSeconds, period.view, format)}
              highlighted={highlighted}
              onOpen={isOpenable ? (row) => router.push(hrefOf(row.fromSeconds), { scroll: false }) : undefined}
            />
          </div>
        }
        table={
          <EnergyTable
            report={report}
            nowSeconds={nowSeconds}
            caption={label}
            nameOf={({ from }) => bucketName(from, period.view, format)}
            hrefOf={isOpenable ? ({ from }) => hrefOf(from) : undefined}
          />
        }
      />
      <Card aria-labelledby="shares-heading" className="p-4 sm:p-5">
        <h2 id="shares-heading" className="mb-2 text-base font-semibold tracking-[-0.01em]">
          {t('items')}
        </h2>
        <ItemBars sum={report.total} items={report.items} highlighted={highlighted} onHighlight={setHighlighted} />
        {report.by === 'room' && report.items.every(({ kind }) => kind !== 'room') && (
          <p className="mt-3 text-sm text-ink-soft">
            {t.rich('noRooms', {
              rooms: (text) => (
                <Link
                  className="underline underline-offset-3"
                  href={`/settings/tariff?site=${encodeURIComponent(report.siteId)}`}
                >
                  {text}
                </Link>
              ),
            })}
          </p>
        )}
      </Card>
    </div>
  )
}
