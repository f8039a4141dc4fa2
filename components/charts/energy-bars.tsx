'use client'

import { useId, useMemo } from 'react'
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useFormat } from '@/components/format/format-context'
import type { EnergyItemInfo } from '@/lib/contracts/energy'
import { EnergyCard } from './energy-card'
import { HatchPattern } from './hatch'
import { itemColor, stackOrder } from './item-look'
import { roundTicks, type EnergyBarsData, type EnergyRow } from './prepare-energy'
import { useItemLabel } from './use-series-label'
import { X_AXIS, Y_AXIS } from './axis-look'

interface EnergyBarsProps {
  data: EnergyBarsData
  items: readonly EnergyItemInfo[]
  label: string
  /** On the axis. */
  shortName: (row: EnergyRow) => string
  longName: (row: EnergyRow) => string
  highlighted?: string | null
  /** What a click on a bar opens; without it bars are not to be clicked. */
  onOpen?: (row: EnergyRow) => void
}

/** Stacked bars of energy or money, what is estimated hatched; the total of another period as a ghost line. */
export default function EnergyBars({ data, items, label, shortName, longName, highlighted = null, onOpen }: EnergyBarsProps) {
  const format = useFormat()
  const itemLabel = useItemLabel()
  const prefix = useId()
  const stack = useMemo(() => stackOrder(items), [items])
  const ticks = useMemo(() => roundTicks(data.min, data.max), [data.min, data.max])
  const tickText = (value: number) => {
    if (data.measure === 'cost') return format.money(value)
    const number = new Intl.NumberFormat(format.settings.locale, { maximumFractionDigits: 2 }).format(value)
    return value === ticks.at(-1) ? `${number}\u00a0kWh` : number
  }
  const hasGhost = data.rows.some(({ ghost }) => ghost !== null)
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={data.rows}
        stackOffset="sign"
        barCategoryGap="18%"
        margin={{ top: 10, right: 8, bottom: 0, left: 0 }}
        title={label}
        onClick={(_, { target, clientX }) => {
          const row = rowAt(data.rows, target, clientX)
          if (row && onOpen && !row.isFuture) onOpen(row)
        }}
        style={onOpen ? { cursor: 'pointer' } : undefined}
      >
        <defs>
          {stack.map((info) => (
            <HatchPattern
              key={info.key}
              id={`${prefix}-${stack.indexOf(info)}`}
              color={itemColor(info, items)}
              strength={info.kind === 'other' ? 0.5 : 1}
            />
          ))}
          <HatchPattern id={`${prefix}-gap`} color="var(--ink-faint)" strength={0.22} />
        </defs>
        <CartesianGrid vertical={false} stroke="var(--grid)" />
        <XAxis
          {...X_AXIS}
          dataKey="index"
          tickFormatter={(index: number) => {
            const row = data.rows[index]
            return row ? shortName(row) : ''
          }}
          minTickGap={12}
          interval="equidistantPreserveStart"
        />
        <YAxis
          {...Y_AXIS}
          width={58}
          domain={[ticks[0] ?? 0, ticks.at(-1) ?? 1]}
          ticks={ticks}
          tickFormatter={tickText}
        />
        {data.rows
          .filter(({ total, isFuture }) => total === null && !isFuture)
          .map(({ index }) => (
            <ReferenceArea
              key={index}
              x1={index}
              x2={index}
              fill={`url(#${prefix}-gap)`}
              strokeWidth={0}
              ifOverflow="extendDomain"
            />
          ))}
        {stack.map((info, index) => (
          <Bar
            key={info.key}
            dataKey={(row: EnergyRow) => row.bands?.[info.key] ?? null}
            name={itemLabel(info)}
            stackId="meter"
            fill={info.isEstimated ? `url(#${prefix}-${index})` : itemColor(info, items)}
            stroke={itemColor(info, items)}
            strokeWidth={0.75}
            opacity={highlighted === null || highlighted === info.key ? 1 : 0.22}
            isAnimationActive={false}
          />
        ))}
        {data.min < 0 && <ReferenceLine y={0} stroke="var(--line-strong)" />}
        {hasGhost && (
          <Line
            dataKey="ghost"
            type="linear"
            stroke="var(--ink-soft)"
            strokeWidth={1.5}
            strokeDasharray="4 4"
            dot={data.rows.length === 1}
            isAnimationActive={false}
            activeDot={false}
          />
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--ink)', fillOpacity: 0.05 }}
          content={({ active, payload }) => {
            const row = payload[0]?.payload as EnergyRow | undefined
            return active && row ? <EnergyCard row={row} items={items} title={longName(row)} measure={data.measure} /> : null
          }}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}

/** The row under the pointer. The tooltip's own lags behind it by a frame: a tap would open what was pointed at before. */
function rowAt(rows: readonly EnergyRow[], target: EventTarget, clientX: number): EnergyRow | undefined {
  const grid = target instanceof Element ? target.closest('.recharts-wrapper')?.querySelector('.recharts-cartesian-grid') : null
  const plot = grid?.getBoundingClientRect()
  return plot && rows[Math.floor(((clientX - plot.left) / plot.width) * rows.length)]
}
