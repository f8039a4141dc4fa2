'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { Button, buttonClass } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import type { PlannerDay } from '@/lib/contracts/optimisation'
import { AS_IT_WAS, dayCost, type MovableRun, overlappingRuns } from '@/lib/domain/day-plan'
import { PlannedRun } from './planned-run'
import { PriceCurve } from './price-curve'

/** What rounds to nothing is not said. */
const LEAST_SHOWN = 0.005

export interface PlannerDates {
  /** YYYY-MM-DD, as below. */
  date: string
  /** Noon of the day, Unix seconds. */
  noonSeconds: number
  previousDate: string
  /** null: the next day is not over. */
  nextDate: string | null
  today: string
}

/** A past day in which a person moves runs along the price curve and sees what it would have cost. */
export function DayPlanner({ siteId, dates, day }: { siteId: string; dates: PlannerDates; day: PlannerDay | null }) {
  const t = useTranslations('savings.planner')
  const format = useFormat()
  const link = (date: string) => `/insights/savings?${new URLSearchParams({ site: siteId, day: date })}`
  return (
    <Card aria-labelledby="planner-heading" className="space-y-4 p-4 sm:p-5">
      <div>
        <h2 id="planner-heading" className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="max-w-prose text-sm text-ink-soft">{t('text')}</p>
      </div>
      <div className="flex items-center justify-between gap-2">
        <Link href={link(dates.previousDate)} aria-label={t('dayBefore')} className={buttonClass('quiet')}>
          <ChevronLeft aria-hidden className="size-5" />
        </Link>
        <p className="text-center font-medium">{format.day(dates.noonSeconds)}</p>
        {dates.nextDate
          ? (
            <Link href={link(dates.nextDate)} aria-label={t('dayAfter')} className={buttonClass('quiet')}>
              <ChevronRight aria-hidden className="size-5" />
            </Link>
          )
          : <span className="size-11" />}
      </div>
      {day === null
        ? <p className="py-6 text-center text-ink-soft">{t('notCounted')}</p>
        : day.runs.length === 0
          ? <p className="py-6 text-center text-ink-soft">{t('noRuns')}</p>
          : <Plan day={day} />}
    </Card>
  )
}

function Plan({ day }: { day: PlannerDay }) {
  const t = useTranslations('savings.planner')
  const format = useFormat()
  const [startSlots, setStartSlots] = useState<ReadonlyMap<string, number>>(new Map())
  const runs: MovableRun[] = day.runs.map((run) => ({ ...run, previousSlot: null, after: [] }))
  const problem = { importPrices: day.importPrices, exportPrices: day.exportPrices, baseKwh: day.baseKwh, runs }
  const currentCost = dayCost(problem, AS_IT_WAS)
  const plannedCost = dayCost(problem, { startSlots, batteryKwh: null })
  const savings = currentCost - plannedCost
  const isPossible = overlappingRuns(day.runs, startSlots).length === 0
  return (
    <div className="space-y-4">
      {!isPossible && <p role="alert" className="text-bad">{t('overlap')}</p>}
      <p role="status" hidden={!isPossible} className="figures text-xl font-semibold">
        {t('cost', { from: format.money(currentCost), to: format.money(plannedCost) })}{' '}
        {Math.abs(savings) >= LEAST_SHOWN && (
          <span className={savings > 0 ? 'text-good' : 'text-bad'}>
            {savings > 0 ? t('saves', { amount: format.money(savings) }) : t('more', { amount: format.money(-savings) })}
          </span>
        )}
      </p>
      <div>
        <PriceCurve day={day} />
        {day.runs.map((run) => (
          <PlannedRun
            key={run.id}
            day={day}
            run={run}
            slot={startSlots.get(run.id) ?? run.startSlot}
            onMove={(slot) => setStartSlots((before) => new Map(before).set(run.id, slot))}
          />
        ))}
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => setStartSlots(new Map(day.runs.map(({ id, suggestedSlot }) => [id, suggestedSlot])))}>
          {t('best')}
        </Button>
        <Button onClick={() => setStartSlots(new Map())}>{t('asItWas')}</Button>
      </div>
    </div>
  )
}
