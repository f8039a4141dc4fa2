'use client'

import { useId, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '@/components/format/format-context'
import { powerScale, powerTickText, tickInterval, timeTicks } from './axis-scale'
import { seriesColor, STACK_ORDER, type Series } from './appliance-colors'
import { HatchPatterns, hatchFill } from './hatch'
import { bucketAt, type StreamData } from './prepare-stream'
import { ReadingCard, readingRows } from './reading-card'
import { stackPaths } from './stack-paths'
import { useElementWidth } from './use-element-width'
import { useSeriesLabel } from './use-series-label'

/** The server draws at this width and the browser stretches it until it knows its own. */
const SERVER_WIDTH = 1000
const PLOT_HEIGHT = 240
const CARD_WIDTH = 224
/** Narrower than this, a card beside the cursor would cover what it explains; it goes below. */
const NARROW_WIDTH = 480

const STEP_SECONDS: Record<string, number> = {
  ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5, PageDown: -60, PageUp: 60,
}

/** The last minutes as a stack of estimates beneath the measured line. Arrow keys read it moment by moment. */
export function StreamChart({ data, label, highlighted }: { data: StreamData; label: string; highlighted: Series | null }) {
  const t = useTranslations('charts')
  const seriesLabel = useSeriesLabel()
  const format = useFormat()
  const patternPrefix = useId()
  const [plotReference, measuredWidth] = useElementWidth<HTMLDivElement>()
  const [cursorSeconds, setCursorSeconds] = useState<number | null>(null)
  const width = measuredWidth || SERVER_WIDTH
  const spanSeconds = data.endSeconds - data.startSeconds
  const tickSeconds = tickInterval(spanSeconds, width, format.clock(data.endSeconds).length)

  const scale = useMemo(() => powerScale(data.minWatts, data.maxWatts), [data.minWatts, data.maxWatts])
  const paths = useMemo(() => stackPaths(data, scale, { width, height: PLOT_HEIGHT }), [data, scale, width])

  const share = (seconds: number) => (seconds - data.startSeconds) / spanSeconds
  const heightShare = (watts: number) => (watts - scale.minWatts) / (scale.maxWatts - scale.minWatts)

  const visibleCursor = cursorSeconds !== null && cursorSeconds >= data.startSeconds ? cursorSeconds : null
  const bucket = visibleCursor === null ? null : bucketAt(data, visibleCursor)
  const cursorShare = visibleCursor === null ? 0 : share(bucket?.timestampSeconds ?? visibleCursor)
  const rows = bucket ? readingRows(STACK_ORDER.map((series, index) => ({ series, watts: bucket.seriesWatts[index] ?? 0 }))) : []

  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const along = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
    setCursorSeconds(data.startSeconds + along * spanSeconds)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP_SECONDS[event.key]
    const from = visibleCursor ?? data.endSeconds
    if (event.key === 'Escape') setCursorSeconds(null)
    else if (event.key === 'Home') setCursorSeconds(data.startSeconds)
    else if (event.key === 'End') setCursorSeconds(data.endSeconds)
    else if (step) setCursorSeconds(Math.min(data.endSeconds, Math.max(data.startSeconds, from + step)))
    else return
    event.preventDefault()
  }

  const momentText = (seconds: number) => {
    const time = format.clockWithSeconds(seconds)
    if (!bucket) return t('momentNotMeasured', { time })
    const parts = rows.map(({ series, watts }) => t('about', { name: seriesLabel(series), power: format.powerText(watts) }))
    return [t('momentMeasured', { time, power: format.powerText(bucket.totalWatts) }), ...parts].join(', ')
  }
  const valueText = visibleCursor === null ? t('arrowKeys') : momentText(visibleCursor)

  return (
    <div className="relative pb-6 pl-12">
      {scale.tickWatts.map((watts) => (
        <span
          key={watts}
          className="figures absolute left-0 w-10 -translate-y-1/2 text-right text-xs whitespace-nowrap text-ink-faint"
          style={{ top: (1 - heightShare(watts)) * PLOT_HEIGHT }}
        >
          {powerTickText(watts, scale, format.settings.locale)}
        </span>
      ))}
      <div
        ref={plotReference}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-orientation="horizontal"
        aria-valuemin={Math.floor(data.startSeconds)}
        aria-valuemax={Math.ceil(data.endSeconds)}
        aria-valuenow={Math.round(visibleCursor ?? data.endSeconds)}
        aria-valuetext={valueText}
        onKeyDown={onKeyDown}
        onPointerMove={onPointer}
        onPointerDown={onPointer}
        onPointerLeave={(event) => event.pointerType === 'mouse' && setCursorSeconds(null)}
        onBlur={() => setCursorSeconds(null)}
        className="relative touch-pan-y rounded-sm"
        style={{ height: PLOT_HEIGHT }}
      >
        <svg
          aria-hidden
          viewBox={`0 0 ${width} ${PLOT_HEIGHT}`}
          preserveAspectRatio="none"
          className="absolute inset-0 size-full overflow-hidden"
        >
          <defs><HatchPatterns idPrefix={patternPrefix} /></defs>
          {scale.tickWatts.map((watts) => {
            const y = (1 - heightShare(watts)) * PLOT_HEIGHT
            return <line key={watts} x1="0" x2={width} y1={y} y2={y} className="stroke-grid" vectorEffect="non-scaling-stroke" />
          })}
          {STACK_ORDER.map((series, index) => (
            <g
              key={series}
              opacity={highlighted === null || highlighted === series ? 1 : 0.22}
              data-series={series}
            >
              <path d={paths.areas[index]} fill={hatchFill(patternPrefix, series)} />
              <path
                d={paths.edges[index]}
                fill="none"
                stroke={seriesColor(series)}
                strokeWidth="1"
                strokeOpacity={series === 'other' ? 0.45 : 0.9}
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
          <path
            d={paths.total}
            fill="none"
            className="stroke-measured"
            strokeWidth="1.75"
            strokeLinejoin="round"
            vectorEffect="non-scaling-stroke"
          />
        </svg>
        {visibleCursor !== null && (
          <>
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 w-px bg-ink/50"
              style={{ left: `${cursorShare * 100}%` }}
            />
            {bucket && (
              <span
                aria-hidden
                className="pointer-events-none absolute size-2.5 -translate-1/2 rounded-full border-2 border-surface bg-measured"
                style={{ left: `${cursorShare * 100}%`, top: `${(1 - heightShare(bucket.totalWatts)) * 100}%` }}
              />
            )}
            <div
              aria-hidden
              className="pointer-events-none absolute z-20"
              style={width < NARROW_WIDTH
                ? { top: PLOT_HEIGHT + 30, left: (width - CARD_WIDTH) * cursorShare }
                : { top: -8, left: cardLeft(cursorShare * width, width) }}
            >
              <ReadingCard
                title={format.clockWithSeconds(bucket?.timestampSeconds ?? visibleCursor)}
                totalText={bucket && format.powerText(bucket.totalWatts)}
                rows={rows}
                powerText={format.powerText}
              />
            </div>
          </>
        )}
      </div>
      <div aria-hidden className="figures relative h-0 text-xs text-ink-faint">
        {timeTicks(data.startSeconds, data.endSeconds, tickSeconds).map((seconds) => {
          const along = share(seconds)
          return along > 0.03 && along < 0.97 ? (
            <span key={seconds} className="absolute top-2 -translate-x-1/2 whitespace-nowrap" style={{ left: `${along * 100}%` }}>
              {format.clock(seconds)}
            </span>
          ) : null
        })}
      </div>
    </div>
  )
}

/** Beside the cursor, on the side that has more room. */
function cardLeft(cursor: number, width: number): number {
  return cursor > width / 2 ? Math.max(0, cursor - CARD_WIDTH - 14) : cursor + 14
}
