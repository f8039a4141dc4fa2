'use client'

import { useId } from 'react'
import { Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { seriesColor, type Series } from './appliance-colors'
import { HatchPattern } from './hatch'
import { roundTicks } from './prepare-energy'
import { X_AXIS, Y_AXIS } from './axis-look'

export interface TimeBarRow {
  startSeconds: number
  value: number
  /** On the axis. */
  shortName: string
  longName: string
  text: string
}

interface TimeBarsProps {
  rows: readonly TimeBarRow[]
  label: string
  /** null: the whole meter. */
  series: Series | null
  isEstimated: boolean
  axisText: (value: number) => string
}

/** One quantity over hours, days or months: solid where it was measured, hatched where it is estimated. */
export default function TimeBars({ rows, label, series, isEstimated, axisText }: TimeBarsProps) {
  const patternId = useId()
  const color = series ? seriesColor(series) : 'var(--accent)'
  const values = rows.map(({ value }) => value)
  const ticks = roundTicks(Math.min(0, ...values), Math.max(...values))
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...rows]} margin={{ top: 10, right: 8, bottom: 0, left: 0 }} barCategoryGap="18%" title={label}>
        <defs><HatchPattern id={patternId} color={color} /></defs>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey="startSeconds"
          tickFormatter={(start: number) => rows.find(({ startSeconds }) => startSeconds === start)?.shortName ?? ''}
          minTickGap={12}
          interval="equidistantPreserveStart"
        />
        <YAxis
          {...Y_AXIS}
          width={64}
          domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
          ticks={ticks}
          tickFormatter={axisText}
        />
        <Bar
          dataKey="value"
          fill={isEstimated ? `url(#${patternId})` : color}
          stroke={color}
          strokeWidth={0.75}
          isAnimationActive={false}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--ink)', fillOpacity: 0.05 }}
          content={({ active, payload }) => {
            const row = payload[0]?.payload as TimeBarRow | undefined
            if (!active || !row) return null
            return (
              <div className="figures rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
                <p className="text-ink-soft">{row.longName}</p>
                <p className="font-semibold">{row.text}</p>
              </div>
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
