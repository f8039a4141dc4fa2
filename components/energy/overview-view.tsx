'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyEnergyBars } from '@/components/charts/lazy-energy-bars'
import { prepareEnergy, type EnergyRow } from '@/components/charts/prepare-energy'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import type { Format } from '@/components/format/quantities'
import type { Translator } from '@/components/i18n/messages'
import { SimulatedBadge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { EnergyOverview } from '@/lib/contracts/energy-overview'
import { BarsLegend } from './bars-legend'
import { EnergyTable } from './energy-table'
import { FigureCard } from './figure-card'
import { ItemBars } from './item-bars'
import { changeText, comparisonText, overviewHeadline } from './overview-words'

const TOP_ITEMS = 6
const COVERAGE_WORTH_SAYING = 0.99

/** Is this month all right? */
export function OverviewView({ overview, locale }: { overview: EnergyOverview; locale: string }) {
  return (
    <FormatProvider locale={locale} timeZone={overview.timeZone} currency={overview.currency}>
      <Overview overview={overview} />
    </FormatProvider>
  )
}

function Overview({ overview }: { overview: EnergyOverview }) {
  const t = useTranslations('energy.overview')
  const comparison = useTranslations('energy.comparison')
  const format = useFormat()
  const site = encodeURIComponent(overview.siteId)
  const { month, today, now, expected, alwaysOn, peakThisMonth } = overview
  if (overview.firstReadingAt === null) {
    return (
      <Card className="max-w-3xl p-5 sm:p-8">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{t('empty.title')}</h1>
        <p className="mt-3 max-w-prose text-ink-soft">{t('empty.text')}</p>
        <Link href={`/live?site=${site}`} className={buttonClass('primary', 'mt-5')}>
          {t('empty.action')}
        </Link>
      </Card>
    )
  }
  return (
    <>
      <header className="space-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="text-sm font-medium text-ink-soft">{t('title')}</p>
          {overview.isSimulated && <SimulatedBadge />}
        </div>
        <h1 className="figures max-w-[36ch] text-2xl leading-tight font-semibold tracking-[-0.02em] text-balance sm:text-4xl">
          {overviewHeadline(overview, format, t)}
        </h1>
        <SumNotes overview={overview} />
      </header>

      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <FigureCard
          title={t('now')}
          value={now.powerWatts === null ? '–' : format.powerText(now.powerWatts)}
          beside={now.costPerHour === null ? null : `${format.money(now.costPerHour)}/h`}
        >
          {now.powerWatts === null
            ? now.measuredAt === null
              ? t('noReading')
              : t('lastReading', {
                  time: format.local(now.measuredAt, { dateStyle: 'medium', timeStyle: 'short' }),
                })
            : now.pricePerKwh === null
              ? t('noPriceNow')
              : t('priceNow', { price: format.price(now.pricePerKwh) })}
        </FigureCard>
        <FigureCard
          title={t('today')}
          value={today.energyKwh === null ? '–' : format.energyText(today.energyKwh)}
          beside={today.cost === null ? null : format.money(today.cost)}
        >
          {today.coverage < COVERAGE_WORTH_SAYING
            ? t('dayPartly', { share: format.percent(today.coverage) })
            : t('dayWhole')}
          {today.standingCharge > 0 && today.cost !== null &&
            `; ${t('ofItStanding', { cost: format.money(today.standingCharge) })}`}
        </FigureCard>
        <FigureCard title={t('againstLastMonth')} value={changeText(overview.lastMonth, format, comparison)}>
          {comparisonText(overview.lastMonth, overview.comparedDays, format, comparison)}
        </FigureCard>
        <FigureCard title={t('againstYearAgo')} value={changeText(overview.yearAgo, format, comparison)}>
          {comparisonText(overview.yearAgo, overview.comparedDays, format, comparison)}
        </FigureCard>
      </div>

      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <MonthPanel overview={overview} className="lg:col-span-2" />
        <Card aria-labelledby="top-heading" className="p-4 sm:p-5">
          <h2 id="top-heading" className="mb-2 text-base font-semibold tracking-[-0.01em]">
            {t('items')}
          </h2>
          <ItemBars sum={month.total} items={month.items} most={TOP_ITEMS} />
          <p className="mt-3 text-[0.8125rem] text-ink-soft">
            {t.rich(month.total.standingCharge > 0 ? 'itemsNoteStanding' : 'itemsNote', {
              cost: format.money(month.total.standingCharge),
              history: (text) => (
                <Link className="underline underline-offset-3" href={`/history?site=${site}&view=month`}>{text}</Link>
              ),
            })}
          </p>
        </Card>
      </div>

      <div className="grid gap-3 sm:grid-cols-3 sm:gap-4">
        <FigureCard
          title={t('expected', { month: format.local(month.from, { month: 'long' }) })}
          value={expected ? t('expectedAbout', { energy: format.energyText(expected.energyKwh) }) : '–'}
          beside={expected?.cost == null ? null : format.money(expected.cost)}
        >
          {expected ? `${expectedRange(expected, format, t)} ${t('expectedHow', { days: expected.days })}` : t('expectedNeeds')}
        </FigureCard>
        <FigureCard
          title={t('alwaysOn')}
          value={alwaysOn ? format.powerText(alwaysOn.powerWatts) : '–'}
          beside={alwaysOn?.costPerMonth == null ? null : t('perMonth', { cost: format.money(alwaysOn.costPerMonth) })}
        >
          {alwaysOn ? t('alwaysOnHow', { days: alwaysOn.days }) : t('alwaysOnNeeds')}
          {alwaysOn?.costPerMonth != null && alwaysOn.tariffName !== null && ` ${t('alwaysOnPrice', { tariff: alwaysOn.tariffName })}`}
        </FigureCard>
        <FigureCard
          title={t('peak')}
          value={peakThisMonth ? format.powerText(peakThisMonth.powerWatts) : '–'}
        >
          {peakThisMonth && t.rich('peakHow', {
            time: format.local(peakThisMonth.startedAt, {
              weekday: 'short',
              day: 'numeric',
              month: 'short',
              hour: '2-digit',
              minute: '2-digit',
            }),
            day: (time) => (
              <Link
                className="underline underline-offset-3"
                href={`/history?site=${site}&view=day&date=${isoDate(peakThisMonth.startedAt, overview.timeZone)}`}
              >
                {time}
              </Link>
            ),
          })}
        </FigureCard>
      </div>
    </>
  )
}

function expectedRange(
  expected: NonNullable<EnergyOverview['expected']>,
  format: Format,
  t: Translator<'energy.overview'>,
): string {
  const energies = { lowEnergy: format.energyText(expected.lowKwh), highEnergy: format.energyText(expected.highKwh) }
  const { lowCost, highCost } = expected
  if (lowCost === null || highCost === null) return t('expectedEnergy', energies)
  return t('expectedCost', { ...energies, lowCost: format.money(lowCost), highCost: format.money(highCost) })
}

/** What the sums leave out, where that is worth saying. */
function SumNotes({ overview }: { overview: EnergyOverview }) {
  const t = useTranslations('energy.overview')
  const format = useFormat()
  const { total } = overview.month
  const tariff = (
    <Link className="underline underline-offset-3" href={`/settings/tariff?site=${encodeURIComponent(overview.siteId)}`}>
      {t('prices')}
    </Link>
  )
  const notes: string[] = []
  if (total.energyKwh !== null && total.coverage < COVERAGE_WORTH_SAYING)
    notes.push(t('monthPartly', { share: format.percent(total.coverage) }))
  if (total.pricedShare < COVERAGE_WORTH_SAYING)
    notes.push(t('priceMissing', { share: format.percent(1 - total.pricedShare) }))
  if (total.co2Kg === null) notes.push(t('co2None'))
  else if (total.carbonShare >= COVERAGE_WORTH_SAYING) notes.push(t('co2', { mass: format.mass(total.co2Kg) }))
  else notes.push(t('co2Partly', { mass: format.mass(total.co2Kg), share: format.percent(total.carbonShare) }))
  return (
    <p className="figures text-sm text-ink-soft">
      {notes.join(' ')} {tariff}
    </p>
  )
}

function MonthPanel({ overview, className }: { overview: EnergyOverview; className: string }) {
  const t = useTranslations('energy.overview')
  const format = useFormat()
  const router = useRouter()
  const { month, timestamp, timeZone } = overview
  const data = useMemo(() => prepareEnergy(month, null, 'energy', timestamp), [month, timestamp])
  const hrefOf = (fromSeconds: number) =>
    `/history?site=${encodeURIComponent(overview.siteId)}&view=day&date=${isoDate(fromSeconds, timeZone)}`
  const longName = (fromSeconds: number) => format.local(fromSeconds, { weekday: 'short', day: 'numeric', month: 'short' })
  return (
    <ChartPanel
      className={className}
      title={t('days', { month: format.local(month.from, { month: 'long' }) })}
      note={<BarsLegend hasGaps={month.total.coverage < COVERAGE_WORTH_SAYING} isSimulated={month.isSimulated} />}
      chart={
        <div className="h-64">
          <LazyEnergyBars
            data={data}
            items={month.items}
            label={t('daysLabel')}
            shortName={(row: EnergyRow) => format.local(row.fromSeconds, { day: 'numeric' })}
            longName={(row: EnergyRow) => longName(row.fromSeconds)}
            onOpen={(row) => router.push(hrefOf(row.fromSeconds))}
          />
        </div>
      }
      table={
        <EnergyTable
          report={month}
          nowSeconds={timestamp}
          caption={t('daysLabel')}
          nameOf={({ from }) => longName(from)}
          hrefOf={({ from }) => hrefOf(from)}
        />
      }
    />
  )
}

function isoDate(seconds: number, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(seconds * 1000))
}
