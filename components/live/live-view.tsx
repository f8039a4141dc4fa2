'use client'

import { useCallback, useState } from 'react'
import type { Series } from '@/components/charts/appliance-colors'
import { FormatProvider } from '@/components/format/format-context'
import { classNames } from '@/components/ui/class-names'
import type { LiveSnapshot } from '@/lib/contracts/live-events'
import { ApplianceTiles } from './appliance-tiles'
import { FirstReading, NothingHere } from './first-reading'
import { freshnessText, judgeFreshness, newestReadingSeconds } from './freshness'
import { whatIsOn } from './headline-words'
import { LiveHeadline } from './live-headline'
import { LiveStatusLine, SessionExpired, WindowProgress } from './live-status-line'
import type { BuildingState, LiveState } from './live-state'
import { SpokenSummary } from './spoken-summary'
import { StreamPanel } from './stream-panel'
import { TodayPanel } from './today-panel'
import { useLiveSite } from './use-live-site'

/** The live page of one site, from the server's snapshot on. */
export function LiveView({ snapshot, locale, redisUrl }: { snapshot: LiveSnapshot; locale: string; redisUrl: string | null }) {
  const { state, nowSeconds, retryNow } = useLiveSite(snapshot)
  const [chosenId, setChosenId] = useState<string | null>(null)
  const building =
    state.buildings.find((candidate) => candidate.buildingId === chosenId) ??
    state.buildings.find((candidate) => candidate.latest !== null) ??
    state.buildings[0]

  return (
    <FormatProvider locale={locale} timeZone={state.site.timeZone} currency={state.site.currency}>
      {state.connection === 'expired' && <SessionExpired returnTo={`/live?site=${state.site.siteId}`} />}
      {state.buildings.length > 1 && building && (
        <BuildingChoice buildings={state.buildings} chosenId={building.buildingId} onChoose={setChosenId} />
      )}
      {building
        ? (
          <BuildingLive
            key={building.buildingId}
            building={building}
            state={state}
            nowSeconds={nowSeconds}
            onRetry={retryNow}
            redisUrl={redisUrl}
          />
        )
        : (
          <NothingHere
            title="No building yet"
            text={`${state.site.siteName} has no building. Whoever manages it can add one.`}
          />
        )}
    </FormatProvider>
  )
}

function BuildingLive({ building, state, nowSeconds, onRetry, redisUrl }: {
  building: BuildingState
  state: LiveState
  nowSeconds: number
  onRetry: () => void
  redisUrl: string | null
}) {
  const [selected, setSelected] = useState<Series | null>(null)
  const toggle = useCallback((series: Series) => setSelected((before) => (before === series ? null : series)), [])
  const { latest } = building
  if (!latest) return <FirstReading buildingId={building.buildingId} redisUrl={redisUrl} />

  const freshness = judgeFreshness(building, state.connection, nowSeconds)
  const isCurrent = freshness.kind === 'live'
  const newest = newestReadingSeconds(building) ?? latest.timestamp
  const problem = freshnessText(freshness)
  const { pricePerKwh, timeZone } = state.site
  return (
    <>
      <div className="space-y-4">
        <LiveStatusLine building={building} freshness={freshness} onRetry={onRetry} />
        <LiveHeadline latest={latest} pricePerKwh={pricePerKwh} isCurrent={isCurrent} />
        <WindowProgress building={building} />
        <SpokenSummary text={isCurrent || !problem ? whatIsOn(latest.predictions, isCurrent) : freshnessWord(freshness.kind)} />
      </div>
      <StreamPanel building={building} endSeconds={isCurrent ? newest : Math.max(newest, nowSeconds)} highlighted={selected} />
      <ApplianceTiles
        siteId={state.site.siteId}
        building={building}
        latest={latest}
        isCurrent={isCurrent}
        selected={selected}
        onSelect={toggle}
      />
      <TodayPanel today={building.today} isSimulated={building.simulated} timeZone={timeZone} highlighted={selected} />
    </>
  )
}

/** Without the age, which would be new every second. */
function freshnessWord(kind: 'live' | 'stale' | 'offline' | 'expired' | 'waiting'): string {
  return kind === 'stale' ? 'No new readings' : kind === 'offline' ? 'Offline' : 'Your session has ended'
}

function BuildingChoice({ buildings, chosenId, onChoose }: {
  buildings: readonly BuildingState[]
  chosenId: string
  onChoose: (buildingId: string) => void
}) {
  return (
    <div role="group" aria-label="Building" className="flex flex-wrap gap-2">
      {buildings.map(({ buildingId, name }) => (
        <button
          key={buildingId}
          type="button"
          aria-pressed={buildingId === chosenId}
          onClick={() => onChoose(buildingId)}
          className={classNames(
            'min-h-11 rounded-full border px-4 text-sm font-medium',
            buildingId === chosenId
              ? 'border-accent bg-accent-wash text-accent'
              : 'border-line bg-surface text-ink-soft hover:text-ink',
          )}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
