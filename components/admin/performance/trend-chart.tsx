'use client'

import { useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { POINTER_NOTE, Y_AXIS } from '@/components/charts/axis-look'
import { timeTicks } from '@/components/charts/axis-scale'

export interface TrendPoint {
  /** Unix seconds. */
  at: number
  main: number | null
  beside: number | null
}

export interface TrendChartProps {
  points: readonly TrendPoint[]
  binSeconds: number
  /** Names of both series. */
  mainName: string
  besideName: string | null
  valueText: (value: number) => string
  locale: string
}

const TICK_SECONDS = 600

/** One quantity over the last while, and a second one beside it; null is a gap. */
export default function TrendChart({ points, binSeconds, mainName, besideName, valueText, locale }: TrendChartProps) {
  const clock = useMemo(() => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }), [locale])
  const exact = useMemo(() => new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }), [locale])
  const start = points[0]?.at ?? 0
  const end = (points.at(-1)?.at ?? 0) + binSeconds
  const ticks = useMemo(() => timeTicks(start, end, TICK_SECONDS), [start, end])
  const text = (value: number | null) => (value === null ? '–' : valueText(value))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points as TrendPoint[]} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          dataKey={(point: TrendPoint) => point.at + binSeconds / 2}
          type="number"
          domain={[start, end]}
          ticks={ticks}
          tickFormatter={(seconds: number) => clock.format(new Date(seconds * 1000))}
          tickLine={false}
          axisLine={false}
          tick={{ fill: 'var(--ink-faint)', fontSize: 12 }}
          height={22}
        />
        <YAxis
          {...Y_AXIS}
          width={58}
          tickCount={3}
          domain={[0, 'auto']}
          tickFormatter={valueText}
        />
        <Area
          dataKey="main"
          name={mainName}
          stroke="var(--accent)"
          strokeWidth={1.75}
          fill="var(--accent)"
          fillOpacity={0.12}
          type="linear"
          dot={false}
          isAnimationActive={false}
        />
        {besideName && (
          <Line
            dataKey="beside"
            name={besideName}
            stroke="var(--bad)"
            strokeWidth={1.75}
            type="linear"
            dot={false}
            isAnimationActive={false}
          />
        )}
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const point = payload[0]?.payload as TrendPoint | undefined
            if (!active || !point) return null
            return (
              <div className="figures rounded-xl border border-line bg-surface px-3 py-2 text-sm shadow-lg">
                <p className="text-ink-soft">{exact.format(new Date(point.at * 1000))}</p>
                <p>{mainName}: <span className="font-semibold">{text(point.main)}</span></p>
                {besideName && <p>{besideName}: <span className="font-semibold">{text(point.beside)}</span></p>}
              </div>
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
