'use client'

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useTranslations } from 'use-intl'
import { POINTER_NOTE, X_AXIS, Y_AXIS } from '@/components/charts/axis-look'
import { useFormat } from '@/components/format/format-context'
import type { VibrationReport } from '@/lib/contracts/maintenance'

type Point = VibrationReport['points'][number]

const TIME = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const

/** RMS of the acceleration on both axes since the first snapshot. */
export default function VibrationChart({ points }: { points: readonly Point[] }) {
  const t = useTranslations('maintenance.vibration')
  const format = useFormat()
  const number = new Intl.NumberFormat(format.settings.locale, { maximumSignificantDigits: 3 })
  return (
    <ResponsiveContainer width="100%" height="100%">
      <LineChart data={[...points]} margin={{ top: 8, right: 20, bottom: 0, left: 0 }} title={t('title')}>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey="timestamp"
          type="number"
          domain={['dataMin', 'dataMax']}
          tickFormatter={(seconds: number) => format.local(seconds, { day: 'numeric', month: 'short' })}
          minTickGap={60}
        />
        <YAxis
          {...Y_AXIS}
          width={58}
          tickFormatter={(value: number) => number.format(value)}
        />
        <Line dataKey="rmsHorizontal" stroke="var(--measured)" strokeWidth={1.75} dot={false} isAnimationActive={false} />
        <Line dataKey="rmsVertical" stroke="var(--warn)" strokeWidth={1.75} strokeDasharray="5 3" dot={false} isAnimationActive={false} />
        <Tooltip
          {...POINTER_NOTE}
          content={({ active, payload }) => {
            const point = payload[0]?.payload as Point | undefined
            if (!active || !point) return null
            return (
              <div className="figures rounded-xl border border-line bg-surface px-3.5 py-3 text-sm shadow-lg">
                <p className="text-ink-soft">{format.local(point.timestamp, TIME)}</p>
                <p>{t('horizontal')}: {t('g', { value: number.format(point.rmsHorizontal) })}</p>
                <p>{t('vertical')}: {t('g', { value: number.format(point.rmsVertical) })}</p>
              </div>
            )
          }}
        />
      </LineChart>
    </ResponsiveContainer>
  )
}
