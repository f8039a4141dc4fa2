'use client'

import { useTranslations } from 'use-intl'
import { FormatProvider, useFormat } from '@/components/format/format-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { NOT_CYCLING, type HomeLearning, type SiteRun, type SiteRuns } from '@/lib/contracts/home-learning'
import type { Site } from '@/lib/contracts/sites'
import { AddRunForm } from './add-run-form'
import { LearningPanel } from './learning-panel'
import { RunRow } from './run-row'
import { useHomeRuns, type HomeRuns } from './use-home-runs'

interface RunsViewProps {
  site: Site
  locale: string
  first: { runs: SiteRuns; learning: HomeLearning }
  mayTeach: boolean
}

/** Past runs of a site, what people say of them, and what the home learns from that. */
export function RunsView({ site, locale, first, mayTeach }: RunsViewProps) {
  const t = useTranslations('runs')
  const home = useHomeRuns(site.id, first)
  return (
    <FormatProvider locale={locale} timeZone={site.timeZone} currency={site.currency}>
      <div className="space-y-1.5">
        <h1 className="text-2xl font-semibold tracking-[-0.02em] sm:text-3xl">{t('title')}</h1>
        <p className="max-w-prose text-ink-soft">{mayTeach ? t('textTeach') : t('textView')}</p>
      </div>
      <p role="alert" className="text-sm text-bad empty:hidden">{home.problem}</p>
      {home.learning.buildings.map((building) => (
        <LearningPanel
          key={building.buildingId}
          building={building}
          name={nameOf(site, building.buildingId)}
          mayTeach={mayTeach}
          isBusy={home.isBusy}
          onLearn={() => void home.learnNow(building.buildingId)}
          onChangeHead={(headId, action) => void home.changeHead(headId, action)}
        />
      ))}
      <RunList home={home} site={site} mayTeach={mayTeach} />
      {mayTeach && site.buildings.length > 0 && <AddRunForm buildings={site.buildings} isBusy={home.isBusy} onAdd={home.say} />}
    </FormatProvider>
  )
}

/** What tells a building from the site's others; nothing where it is the only one. */
function nameOf(site: Site, buildingId: string): string | undefined {
  return site.buildings.length > 1 ? site.buildings.find(({ id }) => id === buildingId)?.name : undefined
}

const NAMED: Record<string, readonly Appliance[]> = { 'not-cycling': NOT_CYCLING, all: APPLIANCES }

/** Which appliances' runs are listed. */
function ShownChoice({ home }: { home: HomeRuns }) {
  const t = useTranslations('runs')
  const appliances = useTranslations('appliances')
  const value = Object.keys(NAMED).find((name) => NAMED[name]?.length === home.shown.length) ?? home.shown[0] ?? 'all'
  return (
    <label className="flex min-w-0 items-center gap-2 text-sm text-ink-soft">
      {t('show')}
      <select
        className="min-h-11 min-w-0 rounded-lg border border-line-strong/60 bg-surface px-3 text-ink"
        value={value}
        disabled={home.isBusy}
        onChange={({ target }) => void home.show(NAMED[target.value] ?? APPLIANCES.filter((known) => known === target.value))}
      >
        <option value="not-cycling">{t('allButCycling')}</option>
        <option value="all">{t('all')}</option>
        {APPLIANCES.map((known) => <option key={known} value={known}>{appliances(`label.${known}`)}</option>)}
      </select>
    </label>
  )
}

function RunList({ home, site, mayTeach }: { home: HomeRuns; site: Site; mayTeach: boolean }) {
  const format = useFormat()
  const t = useTranslations('runs')
  const { runs, hasMore } = home.runs
  const days = new Map<string, SiteRun[]>()
  for (const run of runs) {
    const day = format.day(run.startedAt)
    days.set(day, [...(days.get(day) ?? []), run])
  }
  return (
    <Card aria-labelledby="runs-heading" className="p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="runs-heading" className="text-lg font-semibold tracking-[-0.01em]">{t('recent')}</h2>
        <ShownChoice home={home} />
      </div>
      {runs.length === 0 && (
        <p className="mt-3 text-ink-soft">{t('none')}</p>
      )}
      {[...days].map(([day, own]) => (
        <section key={day} aria-label={day} className="mt-4">
          <h3 className="text-sm font-medium text-ink-soft">{day}</h3>
          <ul>
            {own.map((run) => (
              <RunRow
                key={`${run.buildingId} ${run.appliance} ${run.startedAt} ${String(run.isAdded)}`}
                run={run}
                building={nameOf(site, run.buildingId)}
                mayTeach={mayTeach}
                isBusy={home.isBusy}
                onSay={(trueAppliance) => void home.say({
                  buildingId: run.buildingId,
                  startedAt: run.startedAt,
                  endedAt: run.endedAt ?? run.startedAt,
                  estimatedAppliance: run.appliance,
                  trueAppliance,
                })}
                onTakeBack={() => void (run.label && home.takeBack(run.label.id))}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && <Button className="mt-4" disabled={home.isBusy} onClick={() => void home.loadMore()}>{t('older')}</Button>}
    </Card>
  )
}
