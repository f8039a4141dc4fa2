'use client'

import { useId, useMemo } from 'react'
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { POINTER_NOTE, X_AXIS, Y_AXIS } from '@/components/charts/axis-look'
import { useFormat } from '@/components/format/format-context'
import type { QualitySeries } from '@/lib/contracts/power-quality'
import { limitStops, timeMarks, type QualityChartData, type QualityRow } from './prepare-quality'
import { quantityText } from './quality-words'

const DAY_SECONDS = 86_400

/** One quantity over time: the mean as a line in the colours of its limits, the readings' span behind it; null is a gap. */
export default function QualityChart({ data, series }: { data: QualityChartData; series: QualitySeries }) {
  const t = useTranslations('electrical')
  const format = useFormat()
  const gradientId = useId()
  const { locale, timeZone } = format.settings
  const { quantity, unit, limits } = series
  const means = useMemo(() => data.rows.flatMap(({ mean }) => (mean === null ? [] : [mean])), [data.rows])
  const stops = useMemo(() => (limits ? limitStops(means, limits) : null), [limits, means])
  const isDay = data.endSeconds - data.startSeconds <= DAY_SECONDS
  const dayFormat = useMemo(() => {
    return new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short' })
  }, [locale, timeZone])
  const timeText = (seconds: number) => (isDay ? format.clock(seconds) : dayFormat.format(new Date(seconds * 1000)))
  const text = (value: number) => quantityText(quantity, unit, value, locale)
  const ticks = useMemo(() => timeMarks(data.startSeconds, data.endSeconds, timeZone), [data.startSeconds, data.endSeconds, timeZone])
  const edges = [...new Set([limits?.usual.low, limits?.usual.high, limits?.extreme.low, limits?.extreme.high])]
    .filter((edge) => edge !== null && edge !== undefined)
    .filter((edge) => edge > data.scale.min && edge < data.scale.max)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={data.rows} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} title={t(`quantities.${quantity}`)}>
        {stops && (
          <defs>
            <linearGradient id={gradientId} x1="0" y1="0" x2="0" y2="1">
              {stops.map(({ share, color }, index) => <stop key={index} offset={share} stopColor={color} />)}
            </linearGradient>
          </defs>
        )}
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey={(row: QualityRow) => row.startSeconds + data.binSeconds / 2}
          type="number"
          domain={[data.startSeconds, data.endSeconds]}
          ticks={ticks}
          tickFormatter={timeText}
        />
        <YAxis
          {...Y_AXIS}
          width={58}
          domain={[data.scale.min, data.scale.max]}
          ticks={data.scale.ticks}
          tickFormatter={(value: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value)}
        />
        {edges.map((edge) => <ReferenceLine key={edge} y={edge} stroke="var(--warn)" strokeDasharray="4 4" />)}
        <Area
          dataKey="range"
          stroke="none"
          fill="var(--measured)"
          fillOpacity={0.12}
          type="linear"
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          dataKey="mean"
          stroke={stops ? `url(#${gradientId})` : limits ? 'var(--good)' : 'var(--measured)'}
          strokeWidth={1.75}
          type="linear"
          dot={false}
          isAnimationActive={false}
          activeDot={{ r: 4, fill: 'var(--measured)', stroke: 'var(--surface)', strokeWidth: 2 }}
        />
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const row = payload[0]?.payload as QualityRow | undefined
            if (!active || !row) return null
            return (
              <div className="figures rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
                <p className="text-ink-soft">
                  {!isDay && `${dayFormat.format(new Date(row.startSeconds * 1000))}, `}
                  {t('span', { from: format.clock(row.startSeconds), to: format.clock(row.startSeconds + data.binSeconds) })}
                </p>
                <p className="font-semibold">{row.mean === null ? t('notMeasured') : text(row.mean)}</p>
                {row.range && (
                  <p className="text-xs text-ink-soft">{t('span', { from: text(row.range[0]), to: text(row.range[1]) })}</p>
                )}
              </div>
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
