'use client'

import { FlaskConical } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { ChartPanel } from '@/components/charts/chart-panel'
import { SeriesIcon } from '@/components/charts/series-identity'
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
  const t = useTranslations('appliance')
  const appliances = useTranslations('appliances')
  const { state, nowSeconds } = useLiveSite(snapshot)
  const building = state.buildings.find(({ buildingId }) => buildingId === report.buildingId)
  const { appliance } = report
  const { siteId } = state.site
  return (
    <FormatProvider locale={locale} timeZone={state.site.timeZone} currency={state.site.currency}>
      {state.connection === 'expired' && <SessionExpired returnTo={`/appliances/${appliance}?site=${siteId}`} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <ApplianceMark report={report} />
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{appliances(`label.${appliance}`)}</h1>
        <Badge>{t('estimated')}</Badge>
        {report.isExperimental && (
          <Badge tone="warn"><FlaskConical aria-hidden className="size-3.5" /> {t('experimental')}</Badge>
        )}
        {report.simulated && <SimulatedBadge />}
      </div>
      {(report.isExperimental || report.accuracy) && (
        <p className="max-w-prose text-sm text-ink-soft">
          {report.isExperimental && t('experimentalText')} {report.accuracy && t('accuracy', report.accuracy)}
        </p>
      )}
      {building && <ApplianceNow report={report} building={building} connection={state.connection} nowSeconds={nowSeconds} />}
      {report.lastRun
        ? <ApplianceFacts report={report} siteId={siteId} />
        : (
          <Card className="max-w-3xl p-5">
            <p className="text-ink-soft">{nothingText(report, appliances(`inText.${appliance}`), t)}</p>
          </Card>
        )}
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
  const t = useTranslations('appliance')
  const format = useFormat()
  const { appliance, lastRun, typicalRun, weeks, duty, trend } = report
  const perWeek = runsPerWeek(weeks)
  const knownWeeks = weeksToShow(weeks)
  const count = new Intl.NumberFormat(format.settings.locale, { maximumSignificantDigits: perWeek && perWeek >= 10 ? 3 : 2 })
  const site = `site=${encodeURIComponent(siteId)}`
  const costs = typicalRun && [typicalRun.cost.median, typicalRun.cost.low, typicalRun.cost.high]
  const [cost = '', low = '', high = ''] = costs?.map(format.money) ?? []
  const energy = format.energyText(typicalRun?.energyKwh.median ?? 0)
  return (
    <>
      <dl className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {lastRun && (
          <Fact
            name={t('lastRun')}
            value={lastRun.endedAt === null
              ? lastRun.pausedAt === null
                ? t('onSince', { time: format.clock(lastRun.startedAt) })
                : t('pausedSince', { time: format.clock(lastRun.pausedAt) })
              : lengthText(lastRun.endedAt - lastRun.startedAt)}
            text={[
              `${format.day(lastRun.startedAt)}, ${format.clock(lastRun.startedAt)}`,
              t('about', { value: format.energyText(lastRun.energyKwh) }),
              format.money(lastRun.cost),
            ].join(' · ')}
          />
        )}
        {typicalRun && (
          <Fact
            name={t('runCosts')}
            // Less than a cent is not "about" anything.
            value={cost.startsWith('<') ? cost : t('about', { value: cost })}
            text={low === high ? t('each', { energy }) : t('halfOfThem', { low, high, energy })}
          />
        )}
        <Fact
          name={t('runsAWeek')}
          value={perWeek === null ? '–' : t('about', { value: count.format(perWeek) })}
          text={perWeek === null ? t('runsUnknown') : t('runsKnown')}
        />
        <Fact
          name={t('on')}
          value={duty.recent === null ? '–' : t('ofTheTime', { share: format.percent(duty.recent) })}
          text={dutyText(duty, format.percent, t)}
        />
        <Fact
          name={t('trend')}
          value={trend ? t('perDay', { energy: format.energyText(trend.recentKwhPerDay) }) : '–'}
          text={trendText(trend, format.percent, t)}
        />
        <Fact name={t('standby')} value={t('standbyValue')} text={t('standbyText')} />
      </dl>
      <div className="grid gap-5 lg:grid-cols-2">
        <ChartPanel
          title={t('typical.title')}
          summary={typicalRun && (
            <p className="figures text-sm text-ink-soft">
              {t('typical.fromLast', { length: lengthText(typicalRun.durationSeconds.median), runs: typicalRun.runs })}
            </p>
          )}
          note={typicalRun && t('typical.note')}
          chart={typicalRun
            ? <RunShape appliance={appliance} run={typicalRun} />
            : <p className="grid h-48 place-items-center text-ink-soft">{t('typical.unknown')}</p>}
          table={typicalRun ? <RunShapeTable run={typicalRun} /> : <p className="text-ink-soft">{t('typical.unknownTable')}</p>}
        />
        <ChartPanel
          title={t('weeks.title')}
          note={t('weeks.note')}
          chart={<WeekBars appliance={appliance} weeks={knownWeeks} />}
          table={<WeekTable weeks={knownWeeks} />}
        />
      </div>
      <div className="flex flex-wrap gap-3">
        <Link className={buttonClass('secondary')} href={`/timeline?${site}`}>{t('seeTimeline')}</Link>
        <Link className={buttonClass('secondary')} href={`/runs?${site}`}>{t('sayRuns')}</Link>
      </div>
    </>
  )
}

function Fact({ name, value, text }: { name: string; value: ReactNode; text: ReactNode }) {
  return (
    <Card as="div" className="p-4">
      <dt className="text-[0.8125rem] font-medium text-ink-soft">{name}</dt>
      <dd>
        <span className="figures mt-0.5 block text-xl font-semibold tracking-[-0.02em]">{value}</span>
        <span className="figures mt-0.5 block text-[0.8125rem] text-ink-soft">{text}</span>
      </dd>
    </Card>
  )
}
