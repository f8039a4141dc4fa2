'use client'

import { Check, ChevronDown, FlaskConical, Tag } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { seriesColor } from '@/components/charts/appliance-colors'
import { SeriesIcon } from '@/components/charts/series-identity'
import { useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { Appliance } from '@/lib/contracts/appliances'
import type { SiteRun } from '@/lib/contracts/home-learning'
import { RunChoices } from './run-choices'
import { labelText, lengthText } from './run-words'

interface RunRowProps {
  run: SiteRun
  /** Where the site has more than one. */
  building?: string
  mayTeach: boolean
  isBusy: boolean
  onSay: (trueAppliance: Appliance | null) => void
  onTakeBack: () => void
}

/** One run with what it used, and the menu in which a person says what it was. */
export function RunRow({ run, building, mayTeach, isBusy, onSay, onTakeBack }: RunRowProps) {
  const format = useFormat()
  const t = useTranslations('runs')
  const appliances = useTranslations('appliances')
  const color = seriesColor(run.appliance)
  const label = appliances(`label.${run.appliance}`)
  const start = format.clock(run.startedAt)
  return (
    <li className="flex items-center gap-3 border-b border-line/60 py-2.5 last:border-0" data-run={`${run.appliance} ${run.startedAt}`}>
      <span
        aria-hidden
        className="grid size-10 shrink-0 place-items-center rounded-xl"
        style={{
          color: `color-mix(in oklab, ${color} 82%, var(--ink))`,
          backgroundColor: `color-mix(in oklab, ${color} 16%, transparent)`,
        }}
      >
        <SeriesIcon series={run.appliance} className="size-5" />
      </span>
      <div className="min-w-0 grow">
        <p className="flex items-center gap-2 text-[0.9375rem] font-medium">
          <span className="truncate">{label}</span>
          {run.isExperimental && (
            <span className="flex shrink-0 items-center gap-1 text-xs font-normal text-ink-faint">
              <FlaskConical aria-hidden className="size-3.5" />
              {t('experimental')}
            </span>
          )}
        </p>
        <p className="figures text-[0.8125rem] text-ink-soft">
          {building !== undefined && <>{building} · </>}
          {run.endedAt !== null
            ? `${start} · ${lengthText(run.endedAt - run.startedAt)}`
            : run.pausedAt === null
              ? t('stillOn', { start })
              : t('paused', { start, since: format.clock(run.pausedAt) })}
          {run.energyKwh !== null && <> · {t('about', { energy: format.energyText(run.energyKwh) })}</>}
          {run.cost !== null && <> · {format.money(run.cost)}</>}
        </p>
        {run.label && (
          <p className="mt-0.5 flex items-center gap-1.5 text-[0.8125rem] text-accent">
            <Check aria-hidden className="size-3.5 shrink-0" />
            {labelText(run.label, t)}
          </p>
        )}
      </div>
      {mayTeach && run.endedAt !== null && (
        <RunMenu
          run={run}
          name={t('namedAt', { appliance: label, time: start })}
          isBusy={isBusy}
          onSay={onSay}
          onTakeBack={onTakeBack}
        />
      )}
    </li>
  )
}

function RunMenu({ run, name, isBusy, onSay, onTakeBack }: Omit<RunRowProps, 'mayTeach' | 'building'> & { name: string }) {
  const t = useTranslations('runs')
  const { label } = run
  return (
    <Menu
      trigger={
        <Button look="quiet" disabled={isBusy} aria-label={t(label ? 'changeNamed' : 'sayNamed', { run: name })}>
          <Tag aria-hidden className="size-4" />
          <span className="max-sm:sr-only">{label ? t('change') : t('wasIt')}</span>
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
    >
      <RunChoices run={run} name={name} onSay={onSay} onTakeBack={onTakeBack} />
    </Menu>
  )
}
