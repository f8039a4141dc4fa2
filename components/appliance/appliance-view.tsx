'use client'

import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { seriesColor } from '@/components/charts/appliance-colors'
import { ChartPanel } from '@/components/charts/chart-panel'
import { SeriesIcon, seriesLabel } from '@/components/charts/series-identity'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { SessionExpired } from '@/components/live/live-status-line'
import { useLiveSite } from '@/components/live/use-live-site'
import { lengthText } from '@/components/runs/run-words'
import { Badge, SimulatedBadge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { ApplianceReport } from '@/lib/contracts/appliance-report'
import type { LiveSnapshot } from '@/lib/contracts/live-events'
import { ApplianceNow } from './appliance-now'
import { dutyText, nothingText, runsPerWeek, trendText, weeksToShow } from './appliance-words'
import { RunShape, RunShapeTable } from './run-shape'
import { WeekBars, WeekTable } from './week-bars'

/** All that is estimated of one appliance: now, its last run, what a run is like, its weeks. */
export function ApplianceView({ snapshot, report, locale }: { snapshot: LiveSnapshot; report: ApplianceReport; locale: string }) {
  const { state, nowSeconds } = useLiveSite(snapshot)
  const building = state.buildings.find(({ buildingId }) => buildingId === report.buildingId)
  const { appliance } = report
  const { siteId } = state.site
  return (
    <FormatProvider locale={locale} timeZone={state.site.timeZone} currency={state.site.currency}>
      {state.connection === 'expired' && <SessionExpired returnTo={`/appliances/${appliance}?site=${siteId}`} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ApplianceMark report={report} />
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{seriesLabel(appliance)}</h1>
        <Badge>Estimated</Badge>
        {report.isExperimental && (
          <Badge tone="warn"><FlaskConical aria-hidden className="size-3.5" /> Experimental</Badge>
        )}
        {report.simulated && <SimulatedBadge />}
      </div>
      {report.isExperimental && (
        <p className="max-w-prose text-sm text-ink-soft">
          Experimental: the model has no accuracy figure for it from real homes. Take what follows as a first guess.
        </p>
      )}
      {building && <ApplianceNow report={report} building={building} connection={state.connection} nowSeconds={nowSeconds} />}
      {report.lastRun
        ? <ApplianceFacts report={report} siteId={siteId} />
        : <Card className="max-w-3xl p-5"><p className="text-ink-soft">{nothingText(report)}</p></Card>}
    </FormatProvider>
  )
}

function ApplianceMark({ report }: { report: ApplianceReport }) {
  const color = seriesColor(report.appliance)
  return (
    <span
      aria-hidden
      className="grid size-12 place-items-center rounded-2xl"
      style={{
        color: `color-mix(in oklab, ${color} 82%, var(--ink))`,
        backgroundColor: `color-mix(in oklab, ${color} 16%, transparent)`,
      }}
    >
      <SeriesIcon series={report.appliance} className="size-6" />
    </span>
  )
}

function ApplianceFacts({ report, siteId }: { report: ApplianceReport; siteId: string }) {
  const format = useFormat()
  const { appliance, lastRun, typicalRun, weeks, duty, trend } = report
  const perWeek = runsPerWeek(weeks)
  const knownWeeks = weeksToShow(weeks)
  const count = new Intl.NumberFormat(format.settings.locale, { maximumSignificantDigits: perWeek && perWeek >= 10 ? 3 : 2 })
  const site = `site=${encodeURIComponent(siteId)}`
  const costs = typicalRun && [typicalRun.cost.median, typicalRun.cost.low, typicalRun.cost.high]
  const [cost = '', low, high] = costs?.map(format.money) ?? []
  return (
    <>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {lastRun && (
          <Fact
            name="Last run"
            value={lastRun.endedAt === null
              ? `On since ${format.clock(lastRun.startedAt)}`
              : lengthText(lastRun.endedAt - lastRun.startedAt)}
            text={[
              `${format.day(lastRun.startedAt)}, ${format.clock(lastRun.startedAt)}`,
              `about ${format.energyText(lastRun.energyKwh)}`,
              format.money(lastRun.cost),
            ].join(' · ')}
          />
        )}
        {typicalRun && (
          <Fact
            name="A run costs"
            // Less than a cent is not "about" anything.
            value={`${cost.startsWith('<') ? '' : 'about '}${cost}`}
            text={`${low === high ? 'Each' : `Half of them ${low} to ${high},`} about ${format.energyText(typicalRun.energyKwh.median)}`}
          />
        )}
        <Fact
          name="Runs a week"
          value={perWeek === null ? '–' : `about ${count.format(perWeek)}`}
          text={perWeek === null ? 'Known after the first complete week.' : 'Over the complete weeks below.'}
        />
        <Fact
          name="On"
          value={duty.recent === null ? '–' : `${format.percent(duty.recent)} of the time`}
          text={dutyText(duty, format.percent)}
        />
        <Fact
          name="Trend"
          value={trend ? `about ${format.energyText(trend.recentKwhPerDay)} a day` : '–'}
          text={trendText(trend, format.percent)}
        />
        <Fact
          name="Standby"
          value="Not told apart"
          text="What it draws while it only waits is counted under everything else: the main meter alone cannot tell whose it is."
        />
      </dl>
      <div className="grid gap-5 lg:grid-cols-2">
        <ChartPanel
          title="A typical run"
          summary={typicalRun && (
            <p className="figures text-sm text-ink-soft">
              {lengthText(typicalRun.durationSeconds.median)} · from the last {typicalRun.runs} runs
            </p>
          )}
          note={typicalRun && 'Hatched: the middle run, estimated. Half of the runs lie between the dashed lines.'}
          chart={typicalRun
            ? <RunShape appliance={appliance} run={typicalRun} />
            : <p className="grid h-48 place-items-center text-ink-soft">What is typical shows after three complete runs.</p>}
          table={typicalRun ? <RunShapeTable run={typicalRun} /> : <p className="text-ink-soft">Not known yet.</p>}
        />
        <ChartPanel
          title="Week by week"
          note="Bars: energy, estimated. Above them: runs that began in the week. The last one is still going on."
          chart={<WeekBars appliance={appliance} weeks={knownWeeks} />}
          table={<WeekTable weeks={knownWeeks} />}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <Link className={buttonClass('secondary')} href={`/timeline?${site}`}>See its runs on the timeline</Link>
        <Link className={buttonClass('secondary')} href={`/runs?${site}`}>Say what a run really was</Link>
      </div>
    </>
  )
}

function Fact({ name, value, text }: { name: string; value: ReactNode; text: ReactNode }) {
  return (
    <Card className="p-4">
      <dt className="text-[0.8125rem] font-medium text-ink-soft">{name}</dt>
      <dd>
        <span className="figures mt-0.5 block text-xl font-semibold tracking-[-0.02em]">{value}</span>
        <span className="figures mt-0.5 block text-[0.8125rem] text-ink-soft">{text}</span>
      </dd>
    </Card>
  )
}
