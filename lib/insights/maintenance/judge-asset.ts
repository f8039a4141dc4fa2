import { DateTime } from 'luxon'
import type { MaintenanceEntry, MaintenancePriority, SignatureReport } from '@/lib/contracts/maintenance'
import type { ApplianceWeek } from '@/lib/domain/maintenance-week'
import { judgeSignature, type JudgedSignature } from './judge-signature'
import { recommendationFor } from './recommendation'
import type { Signature } from './signatures'

/** Below this F1 on homes the model was not trained on, what looks like a trend may be the model's. */
export const LEAST_ACCURACY = 0.5
/** Of the stored estimates over the weeks: nearer to their threshold they are guesses. */
const LEAST_CONFIDENCE = 0.3
const DAY_SECONDS = 86_400

export interface WatchedAsset {
  assetId: string
  assetName: string
  signatures: readonly Signature[]
  /** Complete local weeks, in order. */
  weeks: readonly ApplianceWeek[]
  /** F1 of the disaggregation, 1 for what a meter of its own measures; null where none is published. */
  accuracy: number | null
}

export interface JudgedAsset {
  accuracy: number | null
  entry: MaintenanceEntry | null
  signatures: SignatureReport[]
}

/** What is to be said of an asset's signatures: the one that reaches its limit first makes the entry, if any rises. */
export function judgeAsset(asset: WatchedAsset, { nowSeconds, timeZone }: { nowSeconds: number; timeZone: string }): JudgedAsset {
  const { accuracy } = asset
  const weeks = asset.weeks.filter(hasOneModel(asset.weeks))
  const confidence = meanConfidence(weeks)
  const judged = asset.signatures.map((signature) => judgeSignature(signature, weeks, nowSeconds))
  const doubt = doubtOf(accuracy, confidence)
  if (doubt) {
    const signatures = judged.map(({ report }) =>
      report.state === 'no measurements' || report.state === 'too little use' ? report : { ...report, state: doubt, projection: null },
    )
    return { accuracy, entry: null, signatures }
  }
  const first = judged.filter(({ report }) => report.projection).toSorted((a, b) => dueOf(a) - dueOf(b))[0]
  return {
    accuracy,
    entry: first ? entryOf(asset, first, { nowSeconds, timeZone, trust: (accuracy ?? 0) * (confidence ?? 1) }) : null,
    signatures: judged.map(({ report }) => report),
  }
}

/** Another model draws another picture of the same appliance: only weeks of the newest one are compared. */
function hasOneModel(weeks: readonly ApplianceWeek[]) {
  const newest = weeks.findLast(({ modelVersionId }) => modelVersionId !== null)?.modelVersionId
  return (week: ApplianceWeek) => newest === undefined || week.modelVersionId === newest
}

function meanConfidence(weeks: readonly ApplianceWeek[]): number | null {
  const on = weeks.filter(({ confidence }) => confidence !== null)
  const seconds = on.reduce((sum, week) => sum + week.onSeconds, 0)
  return seconds === 0 ? null : on.reduce((sum, week) => sum + (week.confidence ?? 0) * week.onSeconds, 0) / seconds
}

function doubtOf(accuracy: number | null, confidence: number | null) {
  if (accuracy === null) return 'no published accuracy' as const
  if (accuracy < LEAST_ACCURACY || (confidence ?? 1) < LEAST_CONFIDENCE) return 'estimates too unsure' as const
  return null
}

const dueOf = ({ report }: JudgedSignature) => report.projection?.at ?? Infinity

function entryOf(
  { assetId, assetName }: WatchedAsset,
  { report, certainty }: JudgedSignature,
  { nowSeconds, timeZone, trust }: { nowSeconds: number; timeZone: string; trust: number },
): MaintenanceEntry | null {
  if (!report.projection) return null
  const { at } = report.projection
  const days = daysUntil(at, nowSeconds)
  return {
    assetId,
    assetName,
    type: report.kind,
    priority: priorityOf(days),
    predictedFailureDate: localDate(at, timeZone),
    daysUntilMaintenance: days,
    confidence: roundShare(trust * (certainty ?? 0)),
    recommendation: recommendationFor(report, timeZone),
  }
}

export const daysUntil = (at: number, nowSeconds: number) => Math.max(0, Math.floor((at - nowSeconds) / DAY_SECONDS))
export const localDate = (seconds: number, timeZone: string) => DateTime.fromSeconds(seconds, { zone: timeZone }).toISODate() ?? ''
export const roundShare = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 100) / 100

export function priorityOf(days: number): MaintenancePriority {
  if (days <= 7) return 'critical'
  if (days <= 30) return 'high'
  return days <= 90 ? 'medium' : 'low'
}
