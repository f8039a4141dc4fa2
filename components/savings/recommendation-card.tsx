'use client'

import { useTranslations } from 'use-intl'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useFormat } from '@/components/format/format-context'
import { Card } from '@/components/ui/card'
import type { Recommendation } from '@/lib/contracts/optimisation'
import { Statements } from './statements'

const RUNS_SHOWN = 5

/** What could be saved, how, and what that rests on. */
export function RecommendationCard({ recommendation }: { recommendation: Recommendation }) {
  const t = useTranslations('savings')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const { type, appliance, subject, potentialSavings, savingsPercentage, period, confidence, priority } = recommendation
  const name = appliance ? appliances(`label.${appliance}`) : (subject ?? '')
  return (
    <Card className="space-y-3 p-4 sm:p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h3 className="flex items-center gap-2 font-semibold">
            {appliance && <SeriesIcon series={appliance} className="size-4.5 shrink-0 text-ink-soft" />}
            {t(`type.${type}`, { name })}
          </h3>
          <p className="mt-0.5 text-sm text-ink-soft">
            {t(`priority.${priority}`)} · {t('confidence', { share: format.percent(confidence) })}
          </p>
        </div>
        <p className="figures text-right">
          <span className="block text-xl font-semibold text-good">{format.money(potentialSavings)}</span>
          <span className="text-sm text-ink-soft">
            {t('inDays', { days: period.days, share: format.percent(savingsPercentage / 100) })}
          </span>
        </p>
      </div>
      <Details recommendation={recommendation} />
      <details className="text-sm">
        <summary className="min-h-11 cursor-pointer py-2.5 text-ink-soft">{t('assumptions')}</summary>
        <Statements statements={recommendation.assumptions} />
      </details>
    </Card>
  )
}

function Details({ recommendation: { type, runs, consideredRuns, power, batteryWattsByHour } }: { recommendation: Recommendation }) {
  const t = useTranslations('savings')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const when = (seconds: number) => format.local(seconds, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
  const charging = batteryWattsByHour && hoursWhere(batteryWattsByHour, (watts) => watts > 0)
  const giving = batteryWattsByHour && hoursWhere(batteryWattsByHour, (watts) => watts < 0)
  return (
    <>
      {power && (
        <p className="figures text-sm">
          {t('power', { current: format.powerText(power.currentWatts), planned: format.powerText(power.plannedWatts) })}
        </p>
      )}
      {charging && giving && <p className="figures text-sm">{t('battery', { charging, giving })}</p>}
      {runs.length > 0 && (
        <>
          <p className="text-sm">
            {type === 'peak_shaving'
              ? t('movedApart', { moved: runs.length, of: consideredRuns })
              : t('movedRuns', { moved: runs.filter(({ savings }) => savings > 0).length, of: consideredRuns })}
          </p>
          <ul className="figures divide-y divide-line text-sm">
            {runs.slice(0, RUNS_SHOWN).map((run) => (
              <li key={run.id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
                <span>
                  {t('move', {
                    name: appliances(`label.${run.appliance}`),
                    from: when(run.startedAt),
                    to: format.clock(run.suggestedStart),
                  })}
                </span>
                <span className="text-ink-soft">
                  {format.energyText(run.energyKwh)} · {t('change', { from: format.money(run.cost), to: format.money(run.plannedCost) })}
                </span>
              </li>
            ))}
          </ul>
          {runs.length > RUNS_SHOWN && <p className="text-[0.8125rem] text-ink-soft">{t('moreRuns', { count: runs.length - RUNS_SHOWN })}</p>}
        </>
      )}
    </>
  )
}

/** Hours of the day in which something holds, neighbours together: "0–6, 13–15". */
function hoursWhere(watts: readonly number[], holds: (watts: number) => boolean): string {
  const least = Math.max(...watts.map(Math.abs)) / 20
  const spans: [number, number][] = []
  for (const [hour, value] of watts.entries()) {
    if (!holds(value) || Math.abs(value) < least) continue
    const last = spans.at(-1)
    if (last?.[1] === hour) last[1] = hour + 1
    else spans.push([hour, hour + 1])
  }
  return spans.map(([from, to]) => `${from}–${to}`).join(', ')
}
