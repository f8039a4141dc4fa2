'use client'

import { FlaskConical } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { useFormat } from '@/components/format/format-context'
import { RunChoices } from '@/components/runs/run-choices'
import { labelText, lengthText } from '@/components/runs/run-words'
import { classNames } from '@/components/ui/class-names'
import { Menu, MenuNote } from '@/components/ui/menu'
import type { Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'
import type { PlacedRun } from './place-runs'

interface RunBarProps {
  placed: PlacedRun
  nowSeconds: number
  mayTeach: boolean
  /** Whether Tab stops here; arrow keys go on within the row. */
  isTabStop: boolean
  buildingName: string | null
  onPoint: (placed: PlacedRun | null) => void
  onSay: (trueAppliance: Appliance | null) => void
  onTakeBack: () => void
}

/** One run on the timeline: what it used on hover and focus, what it was by menu. */
export function RunBar({ placed, nowSeconds, mayTeach, isTabStop, buildingName, onPoint, onSay, onTakeBack }: RunBarProps) {
  const t = useTranslations('runs')
  const appliances = useTranslations('appliances')
  const format = useFormat()
  const factsOf = useRunFacts(nowSeconds)
  const { run, start, length } = placed
  const color = seriesColor(run.appliance)
  const name = t('namedAt', { appliance: appliances(`label.${run.appliance}`), time: format.clock(run.startedAt) })
  return (
    <Menu
      trigger={
        <button
          type="button"
          data-bar
          tabIndex={isTabStop ? 0 : -1}
          aria-label={`${name}, ${factsOf(run).join(', ')}${run.label ? `. ${labelText(run.label, t)}` : ''}`}
          onPointerEnter={(event) => event.pointerType === 'mouse' && onPoint(placed)}
          onPointerLeave={() => onPoint(null)}
          // The menu says the same.
          onPointerDown={() => onPoint(null)}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && onPoint(placed)}
          onBlur={() => onPoint(null)}
          onKeyDown={goToNextBar}
          className={classNames(
            'absolute inset-y-2 min-w-[3px] rounded-[3px] border after:absolute after:-inset-x-1 after:-inset-y-2',
            'data-[state=open]:outline-2 data-[state=open]:outline-accent',
            run.label && 'ring-2 ring-accent ring-offset-1 ring-offset-surface',
            run.isAdded && 'border-dashed',
          )}
          style={{
            left: `${start * 100}%`,
            width: `${length * 100}%`,
            borderColor: color,
            // Hatched, as everything estimated; what a person added has no estimate.
            backgroundImage: run.isAdded
              ? undefined
              : `repeating-linear-gradient(135deg, color-mix(in oklab, ${color} 80%, transparent) 0 1.5px, ` +
                `color-mix(in oklab, ${color} 42%, transparent) 1.5px 4px)`,
          }}
        />
      }
    >
      <MenuNote>
        <RunFacts run={run} nowSeconds={nowSeconds} buildingName={buildingName} />
      </MenuNote>
      {mayTeach && run.endedAt !== null && <RunChoices run={run} name={name} onSay={onSay} onTakeBack={onTakeBack} />}
    </Menu>
  )
}

/** Left and right, within the row. */
function goToNextBar(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  const bars = [...(event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[data-bar]') ?? [])]
  const next = bars[bars.indexOf(event.currentTarget) + step]
  if (step === 0 || !next) return
  next.focus()
  event.preventDefault()
}

/** What there is to say of a run: on hover, and at the head of its menu. */
export function RunFacts({ run, nowSeconds, buildingName }: { run: SiteRun; nowSeconds: number; buildingName: string | null }) {
  const t = useTranslations('runs')
  const appliances = useTranslations('appliances')
  const [time, ...rest] = useRunFacts(nowSeconds)(run)
  return (
    <span className="figures block text-[0.8125rem] leading-5">
      <span className="flex items-center gap-1.5 font-semibold text-ink">
        {appliances(`label.${run.appliance}`)}
        {run.isExperimental && (
          <span className="flex items-center gap-1 font-normal">
            <FlaskConical aria-hidden className="size-3.5" /> {t('experimental')}
          </span>
        )}
      </span>
      <span className="block">{time}</span>
      <span className="block">{rest.join(' · ')}</span>
      {buildingName && <span className="block">{buildingName}</span>}
      {run.label && <span className="block text-accent">{labelText(run.label, t)}</span>}
    </span>
  )
}

function useRunFacts(nowSeconds: number): (run: SiteRun) => string[] {
  const t = useTranslations('timeline')
  const format = useFormat()
  return (run) => [
    run.endedAt === null && run.pausedAt !== null
      ? t('pausedSpan', {
          start: format.clock(run.startedAt),
          since: format.clock(run.pausedAt),
          length: lengthText(run.pausedAt - run.startedAt),
        })
      : t('span', {
          start: format.clock(run.startedAt),
          end: run.endedAt === null ? t('nowStillOn') : format.clock(run.endedAt),
          length: lengthText((run.endedAt ?? nowSeconds) - run.startedAt),
        }),
    run.energyKwh === null ? t('addedByHand') : t('about', { energy: format.energyText(run.energyKwh) }),
    ...(run.cost === null ? [] : [format.money(run.cost)]),
  ]
}
