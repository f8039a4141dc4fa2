'use client'

import { useTranslations } from 'use-intl'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useFormat } from '@/components/format/format-context'
import { Card } from '@/components/ui/card'
import type { AheadPlan } from '@/lib/contracts/optimisation'
import { PriceCurve } from './price-curve'
import { Statements } from './statements'

const SLOT_SECONDS = 900

/** When the usual runs of the coming hours cost least, and when a battery would be charged. */
export function AheadCard({ plan }: { plan: AheadPlan }) {
  const t = useTranslations('savings.ahead')
  const savings = useTranslations('savings')
  const format = useFormat()
  const { runs, battery, currentCost, plannedCost } = plan
  const isWorth = plan.savings >= 0.005
  const spans = (sign: 1 | -1) => spansOf(battery?.watts ?? [], sign)
    .map(([first, end]) => `${format.clock(plan.from + first * SLOT_SECONDS)}–${format.clock(plan.from + end * SLOT_SECONDS)}`)
    .join(', ')
  const [charging, giving] = [spans(1), spans(-1)]
  return (
    <Card aria-labelledby="ahead-heading" className="space-y-4 p-4 sm:p-5">
      <div>
        <h2 id="ahead-heading" className="text-lg font-semibold tracking-[-0.01em]">{t('title')}</h2>
        <p className="max-w-prose text-sm text-ink-soft">{t('text')}</p>
      </div>
      <p className="figures text-xl font-semibold">
        {isWorth
          ? (
            <>
              {t('costs', { from: format.money(currentCost), to: format.money(plannedCost) })}{' '}
              <span className="text-good">{t('saves', { amount: format.money(plan.savings) })}</span>
            </>
          )
          : t('noSavings')}
      </p>
      <PriceCurve day={{ startSeconds: plan.from, importPrices: plan.importPrices }} />
      {runs.length === 0
        ? <p className="text-sm text-ink-soft">{t('noRuns')}</p>
        : (
          <ul className="divide-y divide-line">
            {runs.map((run) => <Run key={run.id} run={run} />)}
          </ul>
        )}
      {charging && giving && <p className="figures text-sm">{t('battery', { charging, giving })}</p>}
      <details className="text-sm">
        <summary className="min-h-11 cursor-pointer py-2.5 text-ink-soft">{savings('assumptions')}</summary>
        <Statements statements={plan.assumptions} />
      </details>
    </Card>
  )
}

function Run({ run }: { run: AheadPlan['runs'][number] }) {
  const t = useTranslations('savings.ahead')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const { appliance, usualStart, plannedStart, seenOn, ofDays, isRunning } = run
  const when = (seconds: number) => format.local(seconds, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
  const isMoved = !isRunning && Math.abs(plannedStart - usualStart) >= SLOT_SECONDS
  return (
    <li className="figures flex flex-wrap items-center justify-between gap-x-4 gap-y-0.5 py-2 text-sm">
      <span className="flex items-center gap-2 font-medium">
        <SeriesIcon series={appliance} className="size-4 text-ink-soft" />
        {appliances(`label.${appliance}`)}
      </span>
      <span>
        {isRunning
          ? t('running', { at: when(usualStart) })
          : isMoved
            ? t('from', { from: when(usualStart), to: when(plannedStart) })
            : t('stays', { at: when(plannedStart) })}
      </span>
      <span className="w-full text-[0.8125rem] text-ink-soft">
        {[
          format.energyText(run.energyKwh),
          ...(seenOn !== null && ofDays !== null ? [t('seen', { seen: seenOn, of: ofDays })] : []),
          ...(isMoved && run.savings >= 0.005 ? [t('saves', { amount: format.money(run.savings) })] : []),
        ].join(' · ')}
      </span>
    </li>
  )
}

/** Quarters of an hour in a row in which the battery charges (1) or gives (-1), half open; trickles are left out. */
function spansOf(watts: readonly number[], sign: 1 | -1): [number, number][] {
  const least = Math.max(...watts.map(Math.abs)) / 20
  const spans: [number, number][] = []
  for (const [slot, value] of watts.entries()) {
    if (value * sign <= 0 || Math.abs(value) < least) continue
    const last = spans.at(-1)
    if (last?.[1] === slot) last[1] = slot + 1
    else spans.push([slot, slot + 1])
  }
  return spans
}
