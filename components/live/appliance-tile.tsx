'use client'

import { ChevronRight, FlaskConical, Info } from 'lucide-react'
import Link from 'next/link'
import { memo, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import type { AppliancePrediction } from '@/lib/contracts/prediction'
import { seriesColor, type Series } from '@/components/charts/appliance-colors'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useSeriesLabel } from '@/components/charts/use-series-label'
import { Tooltip } from '@/components/ui/tooltip'
import { classNames } from '@/components/ui/class-names'
import { confidenceWords } from './headline-words'

export interface TileToday {
  energyKwh: number
  cost: number | null
}

interface TileFrameProps {
  series: Series
  isOn: boolean
  isSelected: boolean
  onSelect: (series: Series) => void
  /** What it draws, set in large figures. */
  power: ReactNode
  state: string
  isExperimental?: boolean
  today: TileToday | null
  /** Share of the measured total, 0..1. */
  share: number
  note: ReactNode
  /** The appliance's own page. */
  detailsHref?: string
}

function TileFrame(props: TileFrameProps) {
  const { series, isOn, isSelected, onSelect, power, state, isExperimental, today, share, note, detailsHref } = props
  const t = useTranslations('live.tile')
  const format = useFormat()
  const label = useSeriesLabel()(series)
  const color = seriesColor(series)
  return (
    <li
      data-tile={series}
      data-on={isOn}
      className={classNames(
        '@container relative flex items-center gap-3 overflow-hidden rounded-2xl border bg-surface px-3.5 pt-2.5 pb-4',
        'transition-colors duration-150',
        isOn ? 'border-line shadow-card' : 'border-line/70',
        isSelected ? 'ring-2 ring-accent' : 'hover:border-line-strong/60',
      )}
    >
      <span
        aria-hidden
        className="grid size-10 shrink-0 place-items-center rounded-xl"
        style={isOn
          ? {
              color: `color-mix(in oklab, ${color} 82%, var(--ink))`,
              backgroundColor: `color-mix(in oklab, ${color} 16%, transparent)`,
            }
          : { color: 'var(--ink-faint)', backgroundColor: 'var(--sunken)' }}
      >
        <SeriesIcon series={series} className="size-5" />
      </span>
      <div className="min-w-0 grow">
        <div className="flex h-7 items-center gap-1.5">
          <h3
            className={classNames(
              // Clipped, not hidden: a hidden overflow scrolls when the button inside takes the focus.
              'min-w-0 overflow-clip text-[0.9375rem] text-ellipsis whitespace-nowrap',
              isOn ? 'font-semibold' : 'font-medium text-ink-soft',
            )}
          >
            <button
              type="button"
              aria-pressed={isSelected}
              aria-label={t('show', { name: label })}
              onClick={() => onSelect(series)}
              className={
                'after:absolute after:inset-0 after:rounded-2xl focus-visible:outline-none ' +
                'focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent'
              }
            >
              {label}
            </button>
          </h3>
          <Tooltip content={note}>
            <button
              type="button"
              aria-label={t('aboutEstimate', { name: label })}
              className={
                'relative z-10 grid size-5 shrink-0 place-items-center rounded-full text-ink-faint hover:text-ink ' +
                'after:absolute after:-inset-3'
              }
            >
              <Info aria-hidden className="size-3.5" />
            </button>
          </Tooltip>
          {isExperimental && (
            <span className="flex min-w-0 shrink-[999] items-center gap-1 text-xs text-ink-faint">
              <FlaskConical aria-hidden className="size-3.5 shrink-0" />
              <span className="sr-only @[23.5rem]:not-sr-only @[23.5rem]:truncate">{t('experimental')}</span>
            </span>
          )}
          <span className="figures ml-auto shrink-0 pl-2">{power}</span>
        </div>
        <div className="figures flex h-5 items-center justify-between gap-2 text-[0.8125rem] whitespace-nowrap text-ink-soft">
          <span className="truncate">{state}</span>
          <span className="flex shrink-0 items-center">
            <span>
              {t('today')}{' '}
              {today ? (
                <>
                  <span className="@max-[20rem]:hidden">{format.energyText(today.energyKwh)} · </span>
                  {today.cost === null ? t('unpriced') : format.money(today.cost)}
                </>
              ) : '–'}
            </span>
            {detailsHref && (
              <Link
                href={detailsHref}
                aria-label={t('details', { name: label })}
                className={
                  'relative z-10 -mr-1 ml-0.5 grid size-5 place-items-center rounded-full text-ink-faint hover:text-ink ' +
                  'after:absolute after:-inset-3'
                }
              >
                <ChevronRight aria-hidden className="size-4" />
              </Link>
            )}
          </span>
        </div>
      </div>
      <span
        aria-hidden
        className="absolute bottom-1.5 left-3.5 h-[3px] rounded-full"
        style={{ width: `calc((100% - 1.75rem) * ${Math.min(1, Math.max(0, share)).toFixed(4)})`, backgroundColor: color }}
      />
    </li>
  )
}

function Power({ watts, isOn }: { watts: number; isOn: boolean }) {
  const t = useTranslations('live.tile')
  const { value, unit } = useFormat().power(watts)
  return (
    <span className={isOn ? 'text-ink' : 'text-ink-faint'}>
      {isOn && <span className="mr-1 text-xs text-ink-faint @max-[17rem]:sr-only">{t('about')}</span>}
      <span className="text-xl font-semibold tracking-[-0.02em]">{value}</span>
      <span className="ml-0.5 text-sm font-medium">{unit}</span>
    </span>
  )
}

interface ApplianceTileProps {
  prediction: AppliancePrediction
  onSinceSeconds: number | null
  today: TileToday | null
  totalWatts: number
  isSelected: boolean
  onSelect: (series: Series) => void
  /** The appliance's own page. */
  detailsHref: string
}

export const ApplianceTile = memo(function ApplianceTile(props: ApplianceTileProps) {
  const { prediction, onSinceSeconds, today, totalWatts, isSelected, onSelect, detailsHref } = props
  const t = useTranslations('live')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const { appliance, power_watts: watts, is_on: isOn, confidence, probability, available, experimental } = prediction
  const frame = { series: appliance, isSelected, onSelect, today, detailsHref }

  if (!available) {
    return (
      <TileFrame
        {...frame}
        isOn={false}
        share={0}
        today={null}
        power={<span className="text-xl text-ink-faint">–</span>}
        state={t('tile.notAvailable')}
        note={t('tile.noModel', { name: appliances(`inText.${appliance}`) })}
      />
    )
  }
  const onText = onSinceSeconds === null ? t('tile.on') : t('tile.onSince', { time: format.clock(onSinceSeconds) })
  return (
    <TileFrame
      {...frame}
      isOn={isOn}
      share={totalWatts > 0 ? watts / totalWatts : 0}
      power={<Power watts={watts} isOn={isOn} />}
      state={isOn ? onText : t('tile.off')}
      isExperimental={experimental}
      note={
        <>
          {!experimental && (
            <strong className="font-semibold">
              {t(isOn ? 'tile.sureOn' : 'tile.sureOff', { sure: confidenceWords(confidence, t) })}
            </strong>
          )}
          <span className="figures block">
            {t('tile.figures', { confidence: format.percent(confidence), probability: format.percent(probability) })}
          </span>
          {experimental && <span className="mt-1 block">{t('tile.experimentalNote')}</span>}
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
  const t = useTranslations('live.tile')
  return (
    <TileFrame
      series="other"
      isOn={Math.abs(watts) >= 1}
      isSelected={isSelected}
      onSelect={onSelect}
      share={totalWatts > 0 ? watts / totalWatts : 0}
      today={today}
      power={<Power watts={watts} isOn={Math.abs(watts) >= 1} />}
      state={t(watts < 0 ? 'backToGrid' : 'notToldApart')}
      note={t('otherNote')}
    />
  )
})
