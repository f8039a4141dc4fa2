'use client'

import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { useFormat } from '@/components/format/format-context'
import type { RawDay } from '@/lib/contracts/energy-export'
import { rawDayColumns } from './prepare-raw-day'
import { useElementWidth } from './use-element-width'

const HEIGHT_PIXELS = 260
/** The library's own look, brought to the page's type and colours. */
const PLOT = 'figures w-full overflow-hidden [&_.uplot]:font-sans [&_.u-select]:bg-accent/20 [&_.u-legend]:text-sm'

/** Every reading of a day. Drag to look closer; gaps stay gaps. */
export default function RawDayChart({ day, label }: { day: RawDay; label: string }) {
  const t = useTranslations('charts')
  const format = useFormat()
  const [box, width] = useElementWidth<HTMLDivElement>()
  const plot = useRef<uPlot | null>(null)
  const [isZoomed, setZoomed] = useState(false)

  useEffect(() => {
    const element = box.current
    if (!element || width === 0) return
    const draw = () => {
      plot.current?.destroy()
      const color = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
      const axis = {
        stroke: color('--ink-faint'),
        grid: { stroke: color('--grid'), width: 1 },
        ticks: { show: false },
        font: `12px ${color('--font-sans') || 'sans-serif'}`,
      }
      const { timeZone } = format.settings
      plot.current = new uPlot(
        {
          width: element.clientWidth,
          height: HEIGHT_PIXELS,
          tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
          legend: { show: true, live: true },
          hooks: {
            setScale: [
              (drawn, key) =>
                key === 'x' && setZoomed((drawn.scales.x?.min ?? 0) > day.from || (drawn.scales.x?.max ?? 0) < day.to),
            ],
          },
          cursor: { drag: { x: true, y: false } },
          scales: {
            x: { time: true, min: day.from, max: day.to },
            y: { range: (_, min, max) => [Math.min(0, min), Math.max(100, max * 1.05)] },
          },
          axes: [
            { ...axis, values: (_, splits) => splits.map((seconds) => format.clock(seconds)) },
            { ...axis, size: 62, values: (_, splits) => splits.map((watts) => format.powerText(watts)) },
          ],
          series: [
            { label: t('time'), value: (_, seconds) => (seconds === null ? '–' : format.clockWithSeconds(seconds)) },
            {
              label: t('measured'),
              stroke: color('--measured'),
              width: 1,
              spanGaps: false,
              points: { show: false },
              value: (_, watts) => (watts === null ? '–' : format.powerText(watts)),
            },
          ],
        },
        rawDayColumns(day),
        element,
      )
    }
    draw()
    // A canvas does not follow the theme by itself.
    const observer = new MutationObserver(draw)
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] })
    return () => {
      observer.disconnect()
      plot.current?.destroy()
      plot.current = null
    }
  }, [box, width, day, format, t])

  return (
    <div className="relative">
      <div ref={box} role="img" aria-label={label} className={PLOT} style={{ minHeight: HEIGHT_PIXELS + 30 }} />
      {isZoomed && (
        <Button
          className="absolute top-0 right-0"
          onClick={() => plot.current?.setScale('x', { min: day.from, max: day.to })}
        >
          {t('wholeDay')}
        </Button>
      )}
    </div>
  )
}
