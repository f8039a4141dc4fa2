'use client'

import { CartesianGrid, ComposedChart, Line, ReferenceArea, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { POINTER_NOTE, X_AXIS, Y_AXIS } from '@/components/charts/axis-look'
import { useFormat } from '@/components/format/format-context'
import type { SignatureReport } from '@/lib/contracts/maintenance'
import { amountText, dateText } from './maintenance-words'

type Point = SignatureReport['points'][number]

const WEEK_SECONDS = 7 * 86_400
/** What the trend allows may reach far ahead; the chart does not. */
const MOST_AHEAD_SECONDS = 30 * WEEK_SECONDS

/** A signature week by week: the first weeks' span, the limit, and where it goes with what the trend allows. */
export default function TrendChart({ report }: { report: SignatureReport }) {
  const t = useTranslations('maintenance')
  const format = useFormat()
  const { points, baseline, limit, projection, unit } = report
  const [first, last] = [points[0]?.startTimestamp ?? 0, points.at(-1)?.startTimestamp ?? 0]
  const end = projection ? Math.min(projection.to, last + MOST_AHEAD_SECONDS) : last
  const highest = Math.max(limit ?? 0, ...points.map(({ value }) => value))
  const amount = (value: number) => amountText(value, unit, format.settings.locale, t)
  const short = new Intl.NumberFormat(format.settings.locale, { maximumSignificantDigits: 3 })
  const ahead = (at: number) => projection && limit !== null && [{ x: last, y: projection.level }, { x: at, y: Math.max(limit, projection.level) }]
  const lines = projection ? [projection.at, projection.from, projection.to] : []
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart data={points} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} title={t('chart.of', { title: t(`types.${report.kind}`) })}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey="startTimestamp"
          type="number"
          domain={[first, end]}
          tickFormatter={(seconds: number) => format.local(seconds, { day: 'numeric', month: 'short' })}
          minTickGap={40}
        />
        <YAxis
          {...Y_AXIS}
          width={58}
          domain={[0, highest * 1.08]}
          tickFormatter={(value: number) => short.format(value)}
        />
        {baseline && <ReferenceArea y1={baseline.low} y2={baseline.high} fill="var(--measured)" fillOpacity={0.1} stroke="none" />}
        {limit !== null && <ReferenceLine y={limit} stroke="var(--bad)" strokeDasharray="4 4" />}
        {lines.map((at, index) => {
          const segment = ahead(at)
          return segment && (
            <ReferenceLine
              key={index}
              segment={[segment[0]!, segment[1]!]}
              stroke="var(--warn)"
              strokeWidth={index === 0 ? 2 : 1}
              strokeDasharray={index === 0 ? undefined : '3 4'}
              ifOverflow="hidden"
            />
          )
        })}
        <Line dataKey="value" stroke="var(--measured)" strokeWidth={1.75} type="linear" dot={{ r: 2.5, fill: 'var(--measured)' }} isAnimationActive={false} />
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const point = payload[0]?.payload as Point | undefined
            if (!active || !point) return null
            return (
              <div className="figures rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
                <p className="text-ink-soft">{t('chart.value', { day: dateText(point.startTimestamp, format) })}</p>
                <p className="font-semibold">{amount(point.value)}</p>
              </div>
            )
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
