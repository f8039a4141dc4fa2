'use client'

import { Info } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { useFormat } from '@/components/format/format-context'
import type { AppliancePrediction } from '@/lib/contracts/prediction'
import { seriesColor, type Series } from '@/components/charts/appliance-colors'
import { SeriesIcon, seriesLabel } from '@/components/charts/series-identity'
import { Tooltip } from '@/components/ui/tooltip'
import { classNames } from '@/components/ui/class-names'
import { confidenceWords } from './headline-words'

export interface TileToday {
  energyKwh: number
  cost: number
}

interface TileFrameProps {
  series: Series
  isOn: boolean
  isSelected: boolean
  onSelect: (series: Series) => void
  /** What it draws, set in large figures. */
  power: ReactNode
  state: ReactNode
  today: TileToday | null
  /** Share of the measured total, 0..1. */
  share: number
  note: ReactNode
}

function TileFrame({ series, isOn, isSelected, onSelect, power, state, today, share, note }: TileFrameProps) {
  const format = useFormat()
  const label = seriesLabel(series)
  const color = seriesColor(series)
  return (
    <li
      data-tile={series}
      data-on={isOn}
      className={classNames(
        'group relative flex flex-col overflow-hidden rounded-2xl border bg-surface px-3.5 pt-3 pb-3.5 transition-colors duration-150',
        isOn ? 'border-line shadow-card' : 'border-line/70',
        isSelected ? 'ring-2 ring-accent' : 'hover:border-line-strong/60',
      )}
    >
      <div className="flex items-center gap-3">
        <span
          aria-hidden
          className="grid size-10 shrink-0 place-items-center rounded-xl"
          style={isOn
            ? { color, backgroundColor: `color-mix(in oklab, ${color} 16%, transparent)` }
            : { color: 'var(--ink-faint)', backgroundColor: 'var(--sunken)' }}
        >
          <SeriesIcon series={series} className="size-5" />
        </span>
        <div className="min-w-0 grow">
          <h3 className={classNames('truncate text-[0.9375rem] leading-5', isOn ? 'font-semibold' : 'font-medium text-ink-soft')}>
            <button
              type="button"
              aria-pressed={isSelected}
              onClick={() => onSelect(series)}
              className="rounded-sm after:absolute after:inset-0 after:rounded-2xl"
            >
              {label}
              <span className="sr-only">: show in the charts</span>
            </button>
          </h3>
          <p className="truncate text-[0.8125rem] leading-5 text-ink-soft">{state}</p>
        </div>
        <Tooltip content={note}>
          <button
            type="button"
            aria-label={`About the estimate for ${label}`}
            className={classNames(
              'relative z-10 order-last -mr-1.5 grid size-6 shrink-0 place-items-center rounded-full text-ink-faint hover:text-ink',
              'after:absolute after:-inset-2.5',
            )}
          >
            <Info aria-hidden className="size-4" />
          </button>
        </Tooltip>
        <div className="figures shrink-0 text-right">{power}</div>
      </div>
      <div className="figures mt-2.5 flex items-center gap-3 text-[0.8125rem] text-ink-soft">
        <span className="h-1 grow overflow-hidden rounded-full bg-sunken" aria-hidden>
          <span
            className="block h-full rounded-full"
            style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%`, backgroundColor: color }}
          />
        </span>
        <span className="whitespace-nowrap">
          {today ? <>Today {format.energyText(today.energyKwh)} · {format.money(today.cost)}</> : 'Today –'}
        </span>
      </div>
    </li>
  )
}

function Power({ watts, isOn }: { watts: number; isOn: boolean }) {
  const { value, unit } = useFormat().power(watts)
  return (
    <span className={isOn ? 'text-ink' : 'text-ink-faint'}>
      {isOn && <span className="mr-1 text-xs text-ink-faint">about</span>}
      <span className="text-xl font-semibold tracking-[-0.02em]">{value}</span>
      <span className="ml-0.5 text-sm font-medium">{unit}</span>
    </span>
  )
}

export const ApplianceTile = memo(function ApplianceTile({ prediction, onSinceSeconds, today, totalWatts, isSelected, onSelect }: {
  prediction: AppliancePrediction
  onSinceSeconds: number | null
  today: TileToday | null
  totalWatts: number
  isSelected: boolean
  onSelect: (series: Series) => void
}) {
  const format = useFormat()
  const { appliance, power_watts: watts, is_on: isOn, confidence, probability, available, experimental } = prediction
  const label = seriesLabel(appliance).toLowerCase()
  const frame = { series: appliance, isSelected, onSelect, today }

  if (!available) {
    return (
      <TileFrame
        {...frame}
        isOn={false}
        share={0}
        today={null}
        power={<span className="text-xl text-ink-faint">–</span>}
        state="Not available: no model"
        note={`No model for the ${label} is loaded, so nothing is estimated. What it draws is counted under everything else.`}
      />
    )
  }
  const state = isOn ? (onSinceSeconds === null ? 'On' : `On since ${format.clock(onSinceSeconds)}`) : 'Off'
  return (
    <TileFrame
      {...frame}
      isOn={isOn}
      share={totalWatts > 0 ? watts / totalWatts : 0}
      power={<Power watts={watts} isOn={isOn} />}
      state={experimental ? `${state} · experimental` : state}
      note={
        <>
          <strong className="font-semibold">{confidenceWords(confidence)} that it is {isOn ? 'on' : 'off'}</strong>
          <span className="figures block">
            Confidence {format.percent(confidence)}, probability of being on {format.percent(probability)}
          </span>
          {experimental && <span className="mt-1 block">Experimental: its accuracy in real homes has not been measured yet.</span>}
        </>
      }
    />
  )
})

/** What the meter counts beyond the appliances. */
export const OtherTile = memo(function OtherTile({ watts, today, totalWatts, isSelected, onSelect }: {
  watts: number
  today: TileToday | null
  totalWatts: number
  isSelected: boolean
  onSelect: (series: Series) => void
}) {
  return (
    <TileFrame
      series="other"
      isOn={Math.abs(watts) >= 1}
      isSelected={isSelected}
      onSelect={onSelect}
      share={totalWatts > 0 ? watts / totalWatts : 0}
      today={today}
      power={<Power watts={watts} isOn={Math.abs(watts) >= 1} />}
      state={watts < 0 ? 'Flows back to the grid' : 'Not told apart'}
      note="The measured total less the appliances: lights, chargers, standby and whatever is not among the eleven."
    />
  )
})
