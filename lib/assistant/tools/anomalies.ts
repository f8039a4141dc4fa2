import { ANOMALY_SEVERITIES, type Anomaly, type AnomalyWatch } from '@/lib/contracts/anomalies'
import { APPLIANCE_LABELS, APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { Figure, ResolvedPeriod } from '@/lib/contracts/assistant'
import { anomalyName, SEVERITY_WORDS } from '@/lib/domain/anomaly-names'
import { findAnomaliesBetween, watchOf } from '@/lib/services/anomalies'
import type { ResultBuilder } from './result-builder'
import {
  isPeriodProblem, localDay, newResult, noteNothing, originOf, resolvePeriod, type AssistantTool, type ToolContext,
} from './tool-context'

const MOST_TOLD = 20

/** What looked wrong in a period, the most urgent first; where nothing did, since when somebody has looked. */
export const anomalies: AssistantTool<'anomalies'> = async (given, context) => {
  const period = resolvePeriod(given.period, context)
  if (isPeriodProblem(period)) return period
  const { site } = context
  const [found, watch] = await Promise.all([findAnomaliesBetween(site, period.from, period.to), watchOf(site)])
  const result = newResult('anomalies', given, period, context)
  if (watch.firstReadingAt === null || watch.firstReadingAt >= period.to) return noteNothing(result, period, context).build()
  const kept = found.filter(({ status }) => status !== 'dismissed')
  result.note(kept.length < found.length && 'What somebody has marked as a false alarm is left out.')
  const sorted = ANOMALY_SEVERITIES.flatMap((severity) => kept.filter((anomaly) => anomaly.severity === severity))
  addWatch(result, watch, period, sorted.length, context)
  for (const anomaly of sorted.slice(0, MOST_TOLD)) addAnomaly(result, anomaly, context)
  result.note(sorted.length > MOST_TOLD && 'Not all of them are listed; the page of insights shows them all.')
  return result
    .rows(
      [
        { name: 'What', unit: null },
        { name: 'Urgency', unit: null },
        { name: 'Since', unit: 'time' },
        { name: 'Last seen', unit: 'time' },
        { name: 'Against the expected', unit: 'percent' },
      ],
      sorted.slice(0, MOST_TOLD).map((anomaly) => [
        anomalyName(anomaly.type, applianceOf(anomaly)),
        SEVERITY_WORDS[anomaly.severity],
        secondsOf(anomaly.timestamp),
        secondsOf(anomaly.lastSeenAt),
        hasRatio(anomaly) ? anomaly.deviation : null,
      ]),
    )
    .build()
}

/** How many were found, as far as anybody looked, and from when on all of it can be judged. */
function addWatch(result: ResultBuilder, watch: AnomalyWatch, period: ResolvedPeriod, found: number, context: ToolContext): void {
  const { site, links, nowSeconds } = context
  const href = links.insights()
  const { watchedFrom, lastLookAt, judgedFrom } = watch
  const isWatched = watchedFrom !== null && watchedFrom < period.to
  if (isWatched || found > 0)
    result.figure({ label: 'anomalies found', value: found, unit: 'count', origin: originOf(site, 'measured'), href })
  if (watchedFrom === null) result.note('The readings have not been looked at yet; that is done every hour.')
  else result.moment('looked at since', isWatched ? Math.max(watchedFrom, period.from) : watchedFrom, href)
  if (watchedFrom !== null && !isWatched)
    result.note(`Nobody looked at that time: what looks wrong is looked for since ${localDay(watchedFrom, context)}.`)
  if (lastLookAt !== null) result.moment('last look', Math.min(lastLookAt, nowSeconds), href)
  if (judgedFrom === null || judgedFrom <= nowSeconds) return
  result.moment('first full judgement', judgedFrom, href)
  const day = localDay(judgedFrom, context)
  result.note(`Not enough history yet: what is usual here is still being learnt, until about ${day} if readings go on.`)
}

/** What was measured, what was expected, how far they are apart, and when it was seen: all of one anomaly open its page. */
export function addAnomaly(result: ResultBuilder, anomaly: Anomaly, context: ToolContext): void {
  const appliance = applianceOf(anomaly)
  const name = anomalyName(anomaly.type, appliance)
  const href = context.links.anomaly(anomaly.id)
  const [from, to] = [secondsOf(anomaly.timestamp), secondsOf(anomaly.lastSeenAt)]
  const origin = originOf(context.site, appliance ? 'estimated' : 'measured')
  const common = { origin, subject: appliance ?? ('total' as const), href }
  if (appliance) result.about(APPLIANCE_LABELS[appliance])
  const scale = UNITS[anomaly.unit]
  if (scale) {
    const [unit, factor] = scale
    result.figure({ ...common, label: `measured: ${name}`, value: anomaly.value * factor, unit })
    result.figure({ ...common, label: `expected: ${name}`, value: anomaly.expectedValue * factor, unit })
  }
  if (hasRatio(anomaly))
    result.figure({ ...common, label: `change against the expected: ${name}`, value: anomaly.deviation, unit: 'percent' })
  result.figure({ ...common, label: `certainty: ${name}`, value: anomaly.confidence * 100, unit: 'percent' })
  result.moment(`start: ${name}`, from, href)
  if (to > from) result.moment(`last seen: ${name}`, to, href)
}

/** Of what was expected to be next to nothing there is no telling how many times it is. */
const hasRatio = ({ expectedValue, deviation }: Anomaly) => Math.abs(expectedValue) > 1e-6 && Number.isFinite(deviation)

const UNITS: Readonly<Record<string, readonly [Figure['unit'], number]>> = {
  kWh: ['kWh', 1],
  Wh: ['kWh', 0.001],
  W: ['W', 1],
  min: ['seconds', 60],
  h: ['seconds', 3600],
  V: ['V', 1],
  Hz: ['Hz', 1],
  '%': ['percent', 1],
}

export const applianceOf = ({ appliance }: Anomaly): Appliance | null => APPLIANCES.find((known) => known === appliance) ?? null
export const secondsOf = (timestamp: string) => Date.parse(timestamp) / 1000
