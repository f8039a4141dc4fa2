'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { useFormat } from '@/components/format/format-context'
import type { Appliance } from '@/lib/contracts/appliances'
import type { ApplianceWeek } from '@/lib/contracts/appliance-report'

const HEIGHT = 150
const COVERAGE_WORTH_SAYING = 0.99

/** Energy of the last weeks as bars; a week that was not measured is a gap. The figures are in the table beside it. */
export function WeekBars({ appliance, weeks }: { appliance: Appliance; weeks: readonly ApplianceWeek[] }) {
  const t = useTranslations('appliance')
  const format = useFormat()
  const date = useWeekDate()
  const most = Math.max(...weeks.map(({ energyKwh }) => energyKwh), 0.001)
  const color = seriesColor(appliance)
  return (
    <div className="flex items-end gap-1 sm:gap-2" role="img" aria-label={t('weeks.chart')}>
      {weeks.map((week, index) => (
        <div key={week.startTimestamp} className="min-w-0 grow basis-0 text-center">
          <p className="figures truncate text-xs text-ink-soft">{week.coverage > 0 ? week.runs : ''}</p>
          <div className="flex flex-col justify-end" style={{ height: HEIGHT }}>
            {week.coverage > 0 && (
              <span
                title={t('weeks.bar', {
                  week: date(week.startTimestamp),
                  energy: format.energyText(week.energyKwh),
                  cost: format.money(week.cost),
                })}
                className="mx-auto block w-full max-w-12 rounded-t-md border-t-2"
                style={{
                  height: Math.max(2, (HEIGHT * week.energyKwh) / most),
                  borderColor: color,
                  opacity: index === weeks.length - 1 ? 0.6 : 1,
                  backgroundImage:
                    `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 75%, transparent) 0 1.5px, ` +
                    `color-mix(in oklab, ${color} 38%, transparent) 1.5px 5px)`,
                }}
              />
            )}
          </div>
          <p className="figures mt-1 h-5 border-t border-line pt-1 text-[0.6875rem] whitespace-nowrap text-ink-faint">
            {(weeks.length - 1 - index) % 3 === 0 && (
              <span className="relative left-1/2 inline-block -translate-x-1/2">{date(week.startTimestamp)}</span>
            )}
          </p>
        </div>
      ))}
    </div>
  )
}

export function WeekTable({ weeks }: { weeks: readonly ApplianceWeek[] }) {
  const t = useTranslations('appliance')
  const format = useFormat()
  const date = useWeekDate()
  const cell = 'py-2 pl-3 text-right whitespace-nowrap'
  return (
    <div className="max-h-72 overflow-auto" role="region" aria-label={t('weeks.table')} tabIndex={0}>
      <table className="figures w-full text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-2 text-left font-medium">{t('weeks.from')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('weeks.runs')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('weeks.energy')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('weeks.cost')}</th>
            <th scope="col" className={`${cell} font-medium`}>{t('weeks.on')}</th>
          </tr>
        </thead>
        <tbody>
          {weeks.toReversed().map((week) => (
            <tr key={week.startTimestamp} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 text-left font-normal">
                {date(week.startTimestamp)}
                {week.coverage > 0 && week.coverage < COVERAGE_WORTH_SAYING && (
                  <span className="text-ink-faint"> · {t('weeks.measured', { share: format.percent(week.coverage) })}</span>
                )}
              </th>
              {week.coverage === 0
                ? <td colSpan={4} className={`${cell} text-ink-faint`}>{t('weeks.notMeasured')}</td>
                : (
                  <>
                    <td className={cell}>{week.runs}</td>
                    <td className={cell}>{t('about', { value: format.energyText(week.energyKwh) })}</td>
                    <td className={cell}>{format.money(week.cost)}</td>
                    <td className={cell}>{week.duty === null ? '–' : format.percent(week.duty)}</td>
                  </>
                )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function useWeekDate(): (seconds: number) => string {
  const { locale, timeZone } = useFormat().settings
  return useMemo(() => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' })
    return (seconds) => formatter.format(new Date(seconds * 1000))
  }, [locale, timeZone])
}
