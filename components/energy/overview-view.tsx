'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useMemo, type ReactNode } from 'react'
import { ChartPanel } from '@/components/charts/chart-panel'
import { LazyEnergyBars } from '@/components/charts/lazy-energy-bars'
import { prepareEnergy, type EnergyRow } from '@/components/charts/prepare-energy'
import { FormatProvider, useFormat } from '@/components/format/format-context'
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
  const format = useFormat()
  const site = encodeURIComponent(overview.siteId)
  const { month, today, now, expected, alwaysOn, peakThisMonth } = overview
  if (overview.firstReadingAt === null) {
    return (
      <Card className="max-w-3xl p-5 sm:p-8">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">Nothing measured yet</h1>
        <p className="mt-3 max-w-prose text-ink-soft">
          As soon as the meter sends readings, this page adds up what they cost.
        </p>
        <Link href={`/live?site=${site}`} className={buttonClass('primary', 'mt-5')}>
          See how to send the first reading
        </Link>
      </Card>
    )
  }
  return (
    <>
      <header className="space-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <p className="text-sm font-medium text-ink-soft">Overview</p>
          {overview.isSimulated && <SimulatedBadge />}
        </div>
        <h1 className="figures max-w-[36ch] text-2xl leading-tight font-semibold tracking-[-0.02em] text-balance sm:text-4xl">
          {overviewHeadline(overview, format)}
        </h1>
        <SumNotes overview={overview} />
      </header>

      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <FigureCard
          title="Now"
          value={now.powerWatts === null ? '–' : format.powerText(now.powerWatts)}
          beside={now.costPerHour === null ? null : `${format.money(now.costPerHour)}/h`}
        >
          {now.powerWatts === null
            ? now.measuredAt === null
              ? 'No reading yet'
              : `Last reading ${format.local(now.measuredAt, { dateStyle: 'medium', timeStyle: 'short' })}`
            : now.pricePerKwh === null
              ? 'No price known for this hour'
              : `A kWh costs ${format.price(now.pricePerKwh)} now`}
        </FigureCard>
        <FigureCard
          title="Today"
          value={today.energyKwh === null ? '–' : format.energyText(today.energyKwh)}
          beside={today.cost === null ? null : format.money(today.cost)}
        >
          {today.coverage < COVERAGE_WORTH_SAYING
            ? `${format.percent(today.coverage)} of the day so far measured`
            : 'All of the day so far measured'}
          {today.standingCharge > 0 && today.cost !== null && `; ${format.money(today.standingCharge)} of it standing charge`}
        </FigureCard>
        <FigureCard title="Against last month" value={changeText(overview.lastMonth, format)}>
          {comparisonText(overview.lastMonth, overview.comparedDays, format)}
        </FigureCard>
        <FigureCard title="Against a year ago" value={changeText(overview.yearAgo, format)}>
          {comparisonText(overview.yearAgo, overview.comparedDays, format)}
        </FigureCard>
      </div>

      <div className="grid gap-4 lg:grid-cols-3">
        <MonthPanel overview={overview} className="lg:col-span-2" />
        <Card aria-labelledby="top-heading" className="p-4 sm:p-5">
          <h2 id="top-heading" className="mb-2 text-base font-semibold tracking-[-0.01em]">
            What it went into
          </h2>
          <ItemBars sum={month.total} items={month.items} most={TOP_ITEMS} />
          <p className="mt-3 text-[0.8125rem] text-ink-soft">
            Estimated from the total;{' '}
            {month.total.standingCharge > 0 && (
              <>without the standing charge of {format.money(month.total.standingCharge)}; </>
            )}
            <Link className="underline underline-offset-3" href={`/history?site=${site}&view=month`}>
              all of it in History
            </Link>
          </p>
        </Card>
      </div>

      <div className="grid gap-3 sm:grid-cols-3 sm:gap-4">
        <FigureCard
          title={`Expected for ${format.local(month.from, { month: 'long' })}`}
          value={expected ? `about ${format.energyText(expected.energyKwh)}` : '–'}
          beside={expected?.cost == null ? null : format.money(expected.cost)}
        >
          {expected ? (
            <>
              Most likely {format.energyText(expected.lowKwh)} to {format.energyText(expected.highKwh)}
              {expected.lowCost !== null && expected.highCost !== null && (
                <>
                  , {format.money(expected.lowCost)} to {format.money(expected.highCost)}
                </>
              )}{' '}
              (80 %). What was measured, plus for each day to come the mean of its kind, working day or weekend, among the
              last {expected.days} measured days.
            </>
          ) : (
            'Needs seven measured days first.'
          )}
        </FigureCard>
        <FigureCard
          title="Always on"
          value={alwaysOn ? format.powerText(alwaysOn.powerWatts) : '–'}
          beside={alwaysOn?.costPerMonth == null ? null : `${format.money(alwaysOn.costPerMonth)} a month`}
        >
          {alwaysOn
            ? `What the home draws even when nothing happens: the near-base load (lowest 2.5 % of the quarter hours of a day), median of ${alwaysOn.days} days.`
            : 'Needs three days that were measured nearly without gaps.'}
        </FigureCard>
        <FigureCard
          title="Highest demand this month"
          value={peakThisMonth ? format.powerText(peakThisMonth.powerWatts) : '–'}
        >
          {peakThisMonth && (
            <>
              Mean of the quarter hour from{' '}
              <Link
                className="underline underline-offset-3"
                href={`/history?site=${site}&view=day&date=${isoDate(peakThisMonth.startedAt, overview.timeZone)}`}
              >
                {format.local(peakThisMonth.startedAt, {
                  weekday: 'short',
                  day: 'numeric',
                  month: 'short',
                  hour: '2-digit',
                  minute: '2-digit',
                })}
              </Link>
            </>
          )}
        </FigureCard>
      </div>
    </>
  )
}

/** What the sums leave out, where that is worth saying. */
function SumNotes({ overview }: { overview: EnergyOverview }) {
  const format = useFormat()
  const { total } = overview.month
  const tariff = (
    <Link className="underline underline-offset-3" href={`/settings/tariff?site=${encodeURIComponent(overview.siteId)}`}>
      Prices and CO₂
    </Link>
  )
  const notes: ReactNode[] = []
  if (total.energyKwh !== null && total.coverage < COVERAGE_WORTH_SAYING)
    notes.push(`${format.percent(total.coverage)} of the month so far was measured.`)
  if (total.pricedShare < COVERAGE_WORTH_SAYING)
    notes.push(`The price of ${format.percent(1 - total.pricedShare)} of the energy is not known.`)
  notes.push(
    total.co2Kg === null ? (
      <>CO₂ is not counted: no factor was entered.</>
    ) : (
      <>
        {format.mass(total.co2Kg)} of CO₂
        {total.carbonShare < COVERAGE_WORTH_SAYING && <> for {format.percent(total.carbonShare)} of the energy</>}.
      </>
    ),
  )
  return (
    <p className="figures text-sm text-ink-soft">
      {notes.map((note, index) => (
        <span key={index}>{note} </span>
      ))}
      {tariff}
    </p>
  )
}

function MonthPanel({ overview, className }: { overview: EnergyOverview; className: string }) {
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
      title={`Days of ${format.local(month.from, { month: 'long' })}`}
      note={<BarsLegend hasGaps={month.total.coverage < COVERAGE_WORTH_SAYING} isSimulated={month.isSimulated} />}
      chart={
        <div className="h-64">
          <LazyEnergyBars
            data={data}
            items={month.items}
            label="Energy by day and appliance"
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
          caption="Energy by day and appliance"
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
