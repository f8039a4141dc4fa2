'use client'

import { useId, useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { powerScale, powerTickText } from './axis-scale'
import { seriesColor, STACK_ORDER, type Series } from './appliance-colors'
import { HatchPatterns, hatchFill } from './hatch'
import type { TodayData, TodayRow } from './prepare-today'
import { ReadingCard, readingRows } from './reading-card'
import { POINTER_NOTE, X_AXIS, Y_AXIS } from './axis-look'

const TICK_HOURS = 6

/** A day so far, drawn over the whole day so that a time keeps its place. */
export default function TodayChart({ data, label, highlighted }: { data: TodayData; label: string; highlighted: Series | null }) {
  const t = useTranslations('charts')
  const format = useFormat()
  const patternPrefix = useId()
  const scale = useMemo(() => powerScale(data.minWatts, data.maxWatts, 3), [data.minWatts, data.maxWatts])
  const tickSeconds = useMemo(() => {
    const count = Math.floor((data.endSeconds - data.startSeconds) / (TICK_HOURS * 3600))
    return Array.from({ length: count + 1 }, (_, index) => data.startSeconds + index * TICK_HOURS * 3600)
  }, [data.startSeconds, data.endSeconds])

  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data.rows} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} title={label}>
        <defs><HatchPatterns idPrefix={patternPrefix} /></defs>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          // A mean stands in the middle of its bin.
          dataKey={(row: TodayRow) => row.timestampSeconds + data.stepSeconds / 2}
          type="number"
          domain={[data.startSeconds, data.endSeconds]}
          allowDataOverflow
          ticks={tickSeconds}
          tickFormatter={format.clock}
        />
        <YAxis
          {...Y_AXIS}
          width={48}
          domain={[scale.minWatts, scale.maxWatts]}
          ticks={scale.tickWatts}
          tickFormatter={(watts: number) => powerTickText(watts, scale, format.settings.locale)}
        />
        {STACK_ORDER.map((series) => (
          <Area
            key={series}
            dataKey={(row: TodayRow) => row.bands?.[series] ?? null}
            name={series}
            stackId="power"
            type="linear"
            stroke={seriesColor(series)}
            strokeWidth={0.75}
            fill={hatchFill(patternPrefix, series)}
            fillOpacity={1}
            opacity={highlighted === null || highlighted === series ? 1 : 0.22}
            isAnimationActive={false}
            activeDot={false}
          />
        ))}
        <Line
          dataKey="totalWatts"
          stroke="var(--measured)"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
          activeDot={{ r: 4, fill: 'var(--measured)', stroke: 'var(--surface)', strokeWidth: 2 }}
        />
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const row = payload[0]?.payload as TodayRow | undefined
            if (!active || !row) return null
            return (
              <ReadingCard
                title={t('fromTo', {
                  from: format.clock(row.timestampSeconds),
                  to: format.clock(row.timestampSeconds + data.stepSeconds),
                })}
                totalText={row.totalWatts === null ? null : format.powerText(row.totalWatts)}
                rows={readingRows(STACK_ORDER.map((series) => ({ series, watts: row.bands?.[series] ?? 0 })))}
                powerText={format.powerText}
              />
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
