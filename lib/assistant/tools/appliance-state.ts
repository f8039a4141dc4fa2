import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import { findAnomaliesBetween, watchOf } from '@/lib/services/anomalies'
import { getApplianceReportOf } from '@/lib/services/appliance-report'
import { getSiteMaintenanceOf } from '@/lib/services/maintenance'
import { powerNow } from '@/lib/services/price-now'
import { applianceWord } from '../names'
import { addAnomaly } from './anomalies'
import { bounded } from './bounded'
import { addAsset } from './maintenance'
import { drawingNow } from './power-now'
import type { ResultBuilder } from './result-builder'
import { newResult, originOf, type AssistantTool, type ToolContext } from './tool-context'

const DAY_SECONDS = 86_400
const WEEK_SECONDS = 7 * DAY_SECONDS
const MOST_ANOMALIES = 5
/** What pauses by itself many times a day, so that being off says nothing. */
const SELF_SWITCHING: ReadonlySet<Appliance> = new Set(['Refrigerator', 'Freezer'])
/** What a person waits at most for the trends of months. */
const TREND_SECONDS = 5

/** Whether an appliance is on, since when, how its use compares with before, and what looks wrong of it. */
export const applianceState: AssistantTool<'appliance_state'> = async ({ appliance }, context) => {
  const { user, site, nowSeconds, links } = context
  const [power, reports] = await Promise.all([
    powerNow(site, nowSeconds),
    Promise.all(site.buildings.map(({ id }) => getApplianceReportOf(user, site.id, appliance, id, nowSeconds))),
  ])
  const result = newResult('appliance_state', { appliance }, null, context)
  const href = links.appliance(appliance)
  const word = applianceWord(appliance)
  const estimate = { origin: originOf(site, 'estimated'), subject: appliance, href } as const
  result.about(APPLIANCE_LABELS[appliance])
  const now = drawingNow(power.predictions).find((candidate) => candidate.appliance === appliance)
  const at = power.measuredAt ?? nowSeconds
  result.state({ subject: appliance, isOn: now ? now.isOn : null, at, href })
  if (now) result.figure({ ...estimate, label: `power of the ${word} now`, value: now.watts, unit: 'W' })
  else if (power.totalWatts === null)
    result.note('No meter of this site is sending at the moment, so whether it is on is not known.')
  else result.note(`The model in use cannot tell the ${word}.`)
  // Of several buildings, the one that ran last.
  const report = reports
    .filter((candidate) => candidate !== null)
    .toSorted((a, b) => (b.lastRun?.startedAt ?? 0) - (a.lastRun?.startedAt ?? 0))[0]
  if (!report?.lastRun) return result.note(`The ${word} has not been seen to run yet.`).build()
  const { lastRun, trend, duty, typicalRun } = report
  const isPaused = lastRun.endedAt === null && (now ? !now.isOn : lastRun.pausedAt !== null)
  const isRunning = lastRun.endedAt === null && !isPaused
  result.moment(isRunning ? 'on since' : 'start of the last run', lastRun.startedAt, links.timeline(lastRun.startedAt))
  if (lastRun.endedAt !== null) result.moment('end of the last run', lastRun.endedAt, links.timeline(lastRun.startedAt))
  if (isPaused && lastRun.pausedAt !== null) result.moment('paused since', lastRun.pausedAt, links.timeline(lastRun.startedAt))
  const length = (lastRun.endedAt ?? (isPaused ? lastRun.pausedAt : null) ?? nowSeconds) - lastRun.startedAt
  result.figure({ ...estimate, label: isRunning ? 'on for' : isPaused ? 'length of the last run up to its pause' : 'length of the last run', value: length, unit: 'seconds' })
  result.figure({ ...estimate, label: 'energy of the last run', value: lastRun.energyKwh, unit: 'kWh' })
  if (typicalRun) {
    result.figure({ ...estimate, label: 'usual length of a run', value: typicalRun.durationSeconds.median, unit: 'seconds' })
    result.figure({ ...estimate, label: 'usual energy of a run', value: typicalRun.energyKwh.median, unit: 'kWh' })
  }
  const usualDuty = duty.before ?? duty.recent
  if (typicalRun && usualDuty !== null && usualDuty > 0 && SELF_SWITCHING.has(appliance)) {
    const usualPause = typicalRun.durationSeconds.median * (1 / usualDuty - 1)
    result.figure({ ...estimate, label: 'usual pause between runs', value: usualPause, unit: 'seconds' })
  }
  const weeks = (count: number, back = 0) => {
    return { from: nowSeconds - (count + back) * WEEK_SECONDS, to: nowSeconds - back * WEEK_SECONDS }
  }
  if (trend) {
    const recent = { ...weeks(4), label: 'the last four weeks' }
    const before = { ...weeks(4, 4), label: 'the four weeks before' }
    result.figure({
      ...estimate,
      label: 'energy a day, last four weeks',
      value: trend.recentKwhPerDay,
      unit: 'kWh',
      period: recent,
    })
    result.figure({
      ...estimate,
      label: 'energy a day, the four weeks before',
      value: trend.beforeKwhPerDay,
      unit: 'kWh',
      period: before,
    })
    if (trend.change !== null) {
      result.figure({ ...estimate, label: 'change in energy a day', value: trend.change * 100, unit: 'percent', period: recent })
    }
  } else {
    result.note('Fewer than eight weeks are measured well enough to say whether its use has changed.')
  }
  if (duty.recent !== null) {
    result.figure({
      ...estimate,
      label: 'share of the time it was on, last seven days',
      value: duty.recent * 100,
      unit: 'percent',
      period: { ...weeks(1), label: 'the last 7 days' },
    })
  }
  if (duty.before !== null) {
    result.figure({
      ...estimate,
      label: 'share of the time it was on, the seven days before',
      value: duty.before * 100,
      unit: 'percent',
      period: { ...weeks(1, 1), label: 'the 7 days before' },
    })
  }
  await addHealth(result, appliance, context)
  return result.build()
}

/** What stood out of an appliance in the last seven days, and which of its signatures rises towards its limit. */
async function addHealth(result: ResultBuilder, appliance: Appliance, context: ToolContext): Promise<void> {
  const { user, site, nowSeconds, links } = context
  const [found, watch, maintenance] = await Promise.all([
    findAnomaliesBetween(site, nowSeconds - WEEK_SECONDS, nowSeconds),
    watchOf(site),
    bounded(getSiteMaintenanceOf(user, site.id, nowSeconds, appliance), TREND_SECONDS),
  ])
  const own = found.filter((anomaly) => anomaly.appliance === appliance && anomaly.status !== 'dismissed')
  const since = Math.max(watch.judgedFrom ?? Infinity, (watch.watchedFrom ?? Infinity) + WEEK_SECONDS)
  const isJudged = since <= nowSeconds
  if (own.length > 0 || isJudged) {
    result.figure({
      label: 'anomalies found',
      value: own.length,
      unit: 'count',
      origin: originOf(site, 'estimated'),
      subject: appliance,
      href: links.insights(),
      period: { from: nowSeconds - WEEK_SECONDS, to: nowSeconds, label: 'the last 7 days' },
    })
  }
  for (const anomaly of own.slice(0, MOST_ANOMALIES)) addAnomaly(result, anomaly, context)
  for (const asset of maintenance?.assets ?? []) {
    if (asset.entry) addAsset(result, asset, context)
    const steady = asset.signatures.find(({ state }) => state === 'normal')
    if (asset.entry || !steady) continue
    result.figure({
      label: 'days watched without a trend towards a fault',
      value: steady.weeks * 7,
      unit: 'count',
      origin: originOf(site, 'estimated'),
      subject: appliance,
      href: links.asset(asset.assetId),
    })
  }
}
