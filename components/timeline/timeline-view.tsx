'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState, useTransition, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { SeriesIcon } from '@/components/charts/series-identity'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { useProblemText } from '@/components/api/problem-text'
import { requestApi } from '@/components/api/request-api'
import { PageTitle } from '@/components/shell/page-title'
import { SimulatedBadge } from '@/components/ui/badge'
import { buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { classNames } from '@/components/ui/class-names'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'
import type { Site } from '@/lib/contracts/sites'
import { placeRuns, type PlacedRun, type TimelineRow } from './place-runs'
import { RunBar, RunFacts } from './run-bar'

export interface TimelineDay {
  /** Local midnights of the day, Unix seconds. */
  startSeconds: number
  endSeconds: number
  /** Dates (YYYY-MM-DD) around it; null for the future. */
  previousDate: string
  nextDate: string | null
}

interface TimelineViewProps {
  site: Site
  locale: string
  day: TimelineDay
  runs: SiteRun[]
  nowSeconds: number
  mayTeach: boolean
}

/** A day's runs: a row for each appliance, a bar for each run. */
export function TimelineView(props: TimelineViewProps) {
  const { site, locale } = props
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <Timeline {...props} />
    </FormatProvider>
  )
}

function Timeline({ site, day, runs, nowSeconds, mayTeach }: TimelineViewProps) {
  const format = useFormat()
  const t = useTranslations('timeline')
  const appliances = useTranslations('appliances')
  const problemText = useProblemText()
  const router = useRouter()
  const [isRefreshing, startRefresh] = useTransition()
  const [problem, setProblem] = useState<string | null>(null)
  const rows = placeRuns(runs, { ...day, nowSeconds })
  const idle = APPLIANCES.filter((appliance) => !rows.some((row) => row.appliance === appliance))
  const base = `/api/v1/sites/${encodeURIComponent(site.id)}/labels`
  const change = async (path: string, options: { method: string; body?: unknown }) => {
    try {
      await requestApi(path, options)
      setProblem(null)
      startRefresh(() => router.refresh())
    } catch (error) {
      setProblem(problemText(error))
    }
  }
  const say = ({ buildingId, startedAt, endedAt, appliance }: SiteRun, trueAppliance: Appliance | null) => {
    const body = { buildingId, startedAt, endedAt: endedAt ?? startedAt, estimatedAppliance: appliance, trueAppliance }
    void change(base, { method: 'POST', body })
  }
  const takeBack = ({ label }: SiteRun) => {
    if (label) void change(`${base}/${encodeURIComponent(label.id)}`, { method: 'DELETE' })
  }
  return (
    <>
      <PageTitle title={t('title')} text={mayTeach ? t('textTeach') : t('textView')}>
        {site.buildings.some(({ simulated }) => simulated) && <SimulatedBadge />}
      </PageTitle>
      <Card aria-labelledby="day-heading" className="p-4 sm:p-5">
        <div className="mb-4 flex items-center justify-between gap-2">
          <DayLink siteId={site.id} date={day.previousDate} label={t('dayBefore')}>
            <ChevronLeft aria-hidden className="size-5" />
          </DayLink>
          <h2 id="day-heading" className="text-center text-lg font-semibold tracking-[-0.01em]">
            {format.day(day.startSeconds)}
          </h2>
          <DayLink siteId={site.id} date={day.nextDate} label={t('dayAfter')}>
            <ChevronRight aria-hidden className="size-5" />
          </DayLink>
        </div>
        <p role="alert" className="text-sm text-bad empty:hidden">{problem}</p>
        {rows.length === 0
          ? (
            <p className="py-8 text-center text-ink-soft">{t('none')}</p>
          )
          : (
            <div className={classNames('transition-opacity', isRefreshing && 'opacity-70')}>
              {rows.map((row) => (
                <Row
                  key={row.appliance}
                  row={row}
                  day={day}
                  nowSeconds={nowSeconds}
                  mayTeach={mayTeach}
                  buildings={site.buildings}
                  onSay={say}
                  onTakeBack={takeBack}
                />
              ))}
              <HourAxis day={day} />
              {idle.length > 0 && (
                <p className="mt-4 text-[0.8125rem] text-ink-soft">
                  {t('noRunOf', { appliances: idle.map((appliance) => appliances(`label.${appliance}`)).join(', ') })}
                </p>
              )}
            </div>
          )}
      </Card>
    </>
  )
}

function DayLink({ siteId, date, label, children }: {
  siteId: string
  date: string | null
  label: string
  children: ReactNode
}) {
  if (date === null) return <span className="size-11" />
  return (
    <Link href={`/timeline?${new URLSearchParams({ site: siteId, day: date })}`} aria-label={label} className={buttonClass('quiet')}>
      {children}
    </Link>
  )
}

interface RowProps {
  row: TimelineRow
  day: TimelineDay
  nowSeconds: number
  mayTeach: boolean
  buildings: Site['buildings']
  onSay: (run: SiteRun, trueAppliance: Appliance | null) => void
  onTakeBack: (run: SiteRun) => void
}

function Row({ row, day, nowSeconds, mayTeach, buildings, onSay, onTakeBack }: RowProps) {
  const t = useTranslations('timeline')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const [pointed, setPointed] = useState<PlacedRun | null>(null)
  const { appliance, runs } = row
  const nameOf = (run: SiteRun) => {
    return buildings.length > 1 ? (buildings.find(({ id }) => id === run.buildingId)?.name ?? null) : null
  }
  const name = appliances(`label.${appliance}`)
  const sum = t('sum', { energy: format.energyText(row.energyKwh), cost: format.money(row.cost) })
  const isToday = nowSeconds >= day.startSeconds && nowSeconds < day.endSeconds
  return (
    <div className="grid gap-x-3 border-b border-line/60 py-1 sm:grid-cols-[11rem_1fr] sm:items-center">
      <div className="flex items-baseline gap-2 pt-1 sm:pt-0">
        <span className="self-center" style={{ color: `color-mix(in oklab, ${seriesColor(appliance)} 82%, var(--ink))` }}>
          <SeriesIcon series={appliance} className="size-4.5" />
        </span>
        <h3 className="truncate text-sm font-medium">{name}</h3>
        <p className="figures ml-auto shrink-0 text-xs text-ink-soft sm:hidden">{sum}</p>
      </div>
      <div
        role="group"
        aria-label={t('row', { appliance: name, count: runs.length, sum })}
        className="relative h-11 bg-[linear-gradient(to_right,var(--grid)_1px,transparent_1px)] bg-[length:12.5%_100%]"
      >
        {isToday && (
          <span
            aria-hidden
            className="absolute inset-y-0 w-px bg-accent"
            style={{ left: `${(100 * (nowSeconds - day.startSeconds)) / (day.endSeconds - day.startSeconds)}%` }}
          />
        )}
        {runs.map((placed, index) => (
          <RunBar
            key={`${placed.run.buildingId} ${placed.run.startedAt} ${String(placed.run.isAdded)}`}
            placed={placed}
            nowSeconds={nowSeconds}
            mayTeach={mayTeach}
            isTabStop={index === 0}
            buildingName={nameOf(placed.run)}
            onPoint={setPointed}
            onSay={(trueAppliance) => onSay(placed.run, trueAppliance)}
            onTakeBack={() => onTakeBack(placed.run)}
          />
        ))}
        {pointed && (
          <div
            aria-hidden
            className={
              'pointer-events-none absolute bottom-full z-20 w-60 rounded-xl border border-line bg-surface px-3.5 py-2.5 ' +
              'text-ink-soft shadow-lg max-sm:hidden'
            }
            style={pointed.start > 0.5
              ? { right: `${100 - 100 * (pointed.start + pointed.length)}%` }
              : { left: `${100 * pointed.start}%` }}
          >
            <RunFacts run={pointed.run} nowSeconds={nowSeconds} buildingName={nameOf(pointed.run)} />
          </div>
        )}
      </div>
    </div>
  )
}

function HourAxis({ day }: { day: TimelineDay }) {
  const format = useFormat()
  const span = day.endSeconds - day.startSeconds
  return (
    <div aria-hidden className="figures relative h-6 text-xs text-ink-faint sm:ml-[11.75rem]">
      {[0, 6, 12, 18].map((hour) => (
        <span key={hour} className="absolute top-1.5 whitespace-nowrap" style={{ left: `${(100 * hour * 3600) / span}%` }}>
          {format.clock(day.startSeconds + hour * 3600)}
        </span>
      ))}
    </div>
  )
}
