'use client'

import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useFormat } from '@/components/format/format-context'
import type { DayRun, PlannerDay } from '@/lib/contracts/optimisation'

const SLOT_SECONDS = 900
const SLOTS_PER_HOUR = 4

interface PlannedRunProps {
  day: PlannerDay
  run: DayRun
  /** The quarter of an hour in which it begins in the plan. */
  slot: number
  onMove: (slot: number) => void
}

/** A run on its row: it is dragged, or moved with the arrow keys, by quarters of an hour. */
export function PlannedRun({ day, run, slot, onMove }: PlannedRunProps) {
  const t = useTranslations('savings.planner')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const row = useRef<HTMLDivElement>(null)
  const grabbed = useRef<{ x: number; slot: number } | null>(null)
  const slots = day.baseKwh.length
  const last = Math.max(run.startSlot, slots - run.slotKwh.length)
  const name = appliances(`label.${run.appliance}`)
  const startOf = (at: number) => run.startedAt + (at - run.startSlot) * SLOT_SECONDS
  const move = (to: number) => onMove(Math.min(last, Math.max(0, to)))

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    grabbed.current = { x: event.clientX, slot }
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const width = row.current?.clientWidth
    if (!grabbed.current || !width) return
    move(grabbed.current.slot + Math.round(((event.clientX - grabbed.current.x) / width) * slots))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -SLOTS_PER_HOUR, PageUp: SLOTS_PER_HOUR,
    }
    const step = steps[event.key]
    const target = event.key === 'Home' ? 0 : event.key === 'End' ? last : step === undefined ? null : slot + step
    if (target === null) return
    event.preventDefault()
    move(target)
  }
  const share = (count: number) => `${(count / slots) * 100}%`
  const color = seriesColor(run.appliance)
  return (
    <div className="border-b border-line/60 py-1.5">
      <p className="figures flex flex-wrap items-center justify-between gap-x-3 text-sm">
        <span className="flex items-center gap-2">
          <SeriesIcon series={run.appliance} className="size-4 text-ink-soft" />
          {name}
        </span>
        <span className="text-ink-soft">
          {slot === run.startSlot
            ? t('ran', { at: format.clock(run.startedAt) })
            : t('moved', { from: format.clock(run.startedAt), to: format.clock(startOf(slot)) })}
        </span>
      </p>
      <div ref={row} className="relative h-12 touch-pan-y">
        <div
          aria-hidden
          className="absolute inset-y-3 rounded border border-dashed border-line-strong"
          style={{ left: share(run.startSlot), width: share(run.slotKwh.length) }}
        />
        <div
          role="slider"
          tabIndex={0}
          aria-label={t('beginOf', { name, at: format.clock(run.startedAt) })}
          aria-valuemin={0}
          aria-valuemax={last}
          aria-valuenow={slot}
          aria-valuetext={format.clock(startOf(slot))}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={() => (grabbed.current = null)}
          onPointerCancel={() => (grabbed.current = null)}
          onKeyDown={onKeyDown}
          className="absolute inset-y-0.5 min-w-6 cursor-grab touch-none rounded-md border active:cursor-grabbing"
          style={{
            left: share(slot),
            width: share(run.slotKwh.length),
            borderColor: color,
            backgroundColor: `color-mix(in oklab, ${color} 45%, transparent)`,
          }}
        />
      </div>
    </div>
  )
}
