'use client'

import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { powerScale, powerTickText } from '@/components/charts/axis-scale'
import { seriesColor } from '@/components/charts/appliance-colors'
import { HatchPatterns, hatchFill } from '@/components/charts/hatch'
import { useFormat } from '@/components/format/format-context'
import { lengthText } from '@/components/runs/run-words'
import type { Appliance } from '@/lib/contracts/appliances'
import type { TypicalRun } from '@/lib/contracts/appliance-report'

const HEIGHT = 200
const WIDTH = 1000

/** A typical run minute by minute: the middle run hatched, half of all runs between the two thin lines. */
export function RunShape({ appliance, run }: { appliance: Appliance; run: TypicalRun }) {
  const t = useTranslations('appliance.typical')
  const format = useFormat()
  const prefix = useId()
  const { minuteWatts } = run
  const scale = powerScale(0, Math.max(...minuteWatts.map(({ high }) => high)), 3)
  const y = (watts: number) => HEIGHT * (1 - watts / scale.maxWatts)
  const step = WIDTH / minuteWatts.length
  // Each value holds for its minute.
  const outline = (of: (minute: TypicalRun['minuteWatts'][number]) => number) =>
    minuteWatts
      .map((minute, index) => {
        const [from, to] = [index * step, (index + 1) * step].map((x) => x.toFixed(1))
        return `${index === 0 ? 'M' : 'L'}${from} ${y(of(minute)).toFixed(1)}H${to}`
      })
      .join('')
  const middle = outline(({ median }) => median)
  const minutes = minuteWatts.length
  return (
    <div className="relative pb-6 pl-12">
      {scale.tickWatts.map((watts) => (
        <span
          key={watts}
          className="figures absolute left-0 w-10 -translate-y-1/2 text-right text-xs whitespace-nowrap text-ink-faint"
          style={{ top: y(watts) }}
        >
          {powerTickText(watts, scale, format.settings.locale)}
        </span>
      ))}
      <svg
        role="img"
        aria-label={t('shape', { minutes, energy: format.energyText(run.energyKwh.median) })}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="w-full"
        style={{ height: HEIGHT }}
      >
        <defs><HatchPatterns idPrefix={prefix} /></defs>
        {scale.tickWatts.map((watts) => (
          <path key={watts} d={`M0 ${y(watts)}H${WIDTH}`} className="stroke-grid" vectorEffect="non-scaling-stroke" />
        ))}
        <path d={`${middle}V${HEIGHT}H0Z`} fill={hatchFill(prefix, appliance)} />
        <path d={middle} fill="none" stroke={seriesColor(appliance)} strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
        {[outline(({ low }) => low), outline(({ high }) => high)].map((path, index) => (
          <path
            key={index}
            d={path}
            fill="none"
            stroke={seriesColor(appliance)}
            strokeWidth="1"
            strokeOpacity="0.55"
            strokeDasharray="3 3"
            vectorEffect="non-scaling-stroke"
          />
        ))}
      </svg>
      <div aria-hidden className="figures flex justify-between pt-2 text-xs text-ink-faint">
        <span>{t('start')}</span>
        <span>{lengthText((minutes * 60) / 2)}</span>
        <span>{lengthText(minutes * 60)}</span>
      </div>
    </div>
  )
}

/** The same in figures; long runs in steps of several minutes. */
export function RunShapeTable({ run }: { run: TypicalRun }) {
  const t = useTranslations('appliance.typical')
  const format = useFormat()
  const words = useTranslations('appliance')
  const about = (value: string) => words('about', { value })
  const each = Math.ceil(run.minuteWatts.length / 30)
  return (
    <div className="max-h-72 overflow-auto" role="region" aria-label={t('byMinute')} tabIndex={0}>
      <table className="figures w-full text-sm">
        <thead>
          <tr className="border-b border-line text-ink-soft">
            <th scope="col" className="py-2 text-left font-medium">{t('after')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('middle')}</th>
            <th scope="col" className="py-2 text-right font-medium">{t('half')}</th>
          </tr>
        </thead>
        <tbody>
          {run.minuteWatts.filter((_, index) => index % each === 0).map(({ low, median, high }, index) => (
            <tr key={index} className="border-b border-line/60 last:border-0">
              <th scope="row" className="py-2 text-left font-normal">{index * each} min</th>
              <td className="py-2 text-right">{about(format.powerText(median))}</td>
              <td className="py-2 text-right">{t('span', { low: format.powerText(low), high: format.powerText(high) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
