'use client'

import { useCallback, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { Series } from '@/components/charts/appliance-colors'
import { FormatProvider } from '@/components/format/format-context'
import type { Translator } from '@/components/i18n/messages'
import { classNames } from '@/components/ui/class-names'
import type { LiveSnapshot } from '@/lib/contracts/live-events'
import { ApplianceTiles } from './appliance-tiles'
import { FirstReading, NothingHere } from './first-reading'
import { judgeFreshness, newestReadingSeconds } from './freshness'
import { whatIsOn } from './headline-words'
import { LiveHeadline } from './live-headline'
import { LiveStatusLine, SessionExpired, WindowProgress } from './live-status-line'
import type { BuildingState, LiveState } from './live-state'
import { SpokenSummary } from './spoken-summary'
import { StreamPanel } from './stream-panel'
import { TodayPanel } from './today-panel'
import { useFreshnessText } from './use-freshness-text'
import { useLiveSite } from './use-live-site'

/** The live page of one site, from the server's snapshot on. */
export function LiveView({ snapshot, locale, redisUrl }: { snapshot: LiveSnapshot; locale: string; redisUrl: string | null }) {
  const t = useTranslations('live')
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
            title={t('noBuilding.title')}
            text={t('noBuilding.text', { site: state.site.siteName })}
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
  const t = useTranslations('live')
  const appliances = useTranslations('appliances')
  const freshness = judgeFreshness(building, state.connection, nowSeconds)
  const problem = useFreshnessText(freshness)
  const { latest } = building
  if (!latest) return <FirstReading buildingId={building.buildingId} redisUrl={redisUrl} />

  const isCurrent = freshness.kind === 'live'
  const newest = newestReadingSeconds(building) ?? latest.timestamp
  const { pricePerKwh, timeZone } = state.site
  return (
    <>
      <div className="space-y-4">
        <LiveStatusLine building={building} freshness={freshness} onRetry={onRetry} />
        <LiveHeadline latest={latest} pricePerKwh={pricePerKwh} isCurrent={isCurrent} />
        <WindowProgress building={building} />
        <SpokenSummary
          text={isCurrent || !problem
            ? whatIsOn(latest.predictions, isCurrent, { live: t, appliances })
            : freshnessWord(freshness.kind, t)}
        />
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
function freshnessWord(kind: 'live' | 'stale' | 'offline' | 'expired' | 'waiting', t: Translator<'live'>): string {
  return t(kind === 'stale' || kind === 'offline' ? `spoken.${kind}` : 'spoken.expired')
}

function BuildingChoice({ buildings, chosenId, onChoose }: {
  buildings: readonly BuildingState[]
  chosenId: string
  onChoose: (buildingId: string) => void
}) {
  const t = useTranslations('live')
  return (
    <div role="group" aria-label={t('building')} className="flex flex-wrap gap-2">
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
