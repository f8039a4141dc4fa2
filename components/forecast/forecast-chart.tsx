'use client'

import { useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { POINTER_NOTE, X_AXIS, Y_AXIS } from '@/components/charts/axis-look'
import { powerScale, powerTickText } from '@/components/charts/axis-scale'
import { useFormat } from '@/components/format/format-context'
import { Card } from '@/components/ui/card'
import type { BandRow } from './prepare-band'

const HOUR_SECONDS = 3600
const TICKS = 5

/** Forecast as a dashed line in its band, and what was measured as a solid one: the two never look the same. */
export default function ForecastChart({ rows, label }: { rows: readonly BandRow[]; label: string }) {
  const t = useTranslations('forecast')
  const format = useFormat()
  const values = rows.flatMap(({ band, actual }) => [...band, actual ?? 0])
  const scale = powerScale(Math.min(...values), Math.max(...values), 4)
  const start = rows[0]?.startSeconds ?? 0
  const end = (rows.at(-1)?.startSeconds ?? 0) + HOUR_SECONDS
  const isDay = end - start <= 2 * 86_400
  const ticks = useMemo(() => {
    const every = Math.max(1, Math.ceil((end - start) / HOUR_SECONDS / TICKS))
    return Array.from({ length: Math.ceil((end - start) / HOUR_SECONDS / every) }, (_, n) => start + n * every * HOUR_SECONDS)
  }, [start, end])
  const timeText = (seconds: number) =>
    isDay ? format.clock(seconds) : format.local(seconds, { weekday: 'short', hour: '2-digit' })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={[...rows]} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} title={label}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey={(row: BandRow) => row.startSeconds + HOUR_SECONDS / 2}
          type="number"
          domain={[start, end]}
          ticks={ticks}
          tickFormatter={timeText}
        />
        <YAxis
          {...Y_AXIS}
          width={52}
          domain={[scale.minWatts, scale.maxWatts]}
          ticks={scale.tickWatts}
          tickFormatter={(watts: number) => powerTickText(watts, scale, format.settings.locale)}
        />
        <Area dataKey="band" stroke="none" fill="var(--accent)" fillOpacity={0.16} isAnimationActive={false} activeDot={false} />
        <Line dataKey="value" stroke="var(--accent)" strokeWidth={1.75} strokeDasharray="5 4" dot={false} isAnimationActive={false} />
        <Line dataKey="actual" stroke="var(--measured)" strokeWidth={1.75} dot={false} isAnimationActive={false} />
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const row = payload[0]?.payload as BandRow | undefined
            if (!active || !row) return null
            return (
              <Card className="figures p-3 text-sm">
                <p className="font-medium">{format.local(row.startSeconds, { weekday: 'short', hour: '2-digit', minute: '2-digit' })}</p>
                <p>{t('forecast')}: {format.powerText(row.value)}</p>
                <p>{t('band')}: {format.powerText(row.band[0])} – {format.powerText(row.band[1])}</p>
                {row.actual !== null && <p>{t('measured')}: {format.powerText(row.actual)}</p>}
              </Card>
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
