import { DateTime } from 'luxon'
import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { Figure } from '@/lib/contracts/assistant'
import type { AssetReport, SignatureKind, SignatureReport } from '@/lib/contracts/maintenance'
import { adviceFor } from '@/lib/insights/maintenance/recommendation'
import { SIGNATURES_OF } from '@/lib/insights/maintenance/signatures'
import { getSiteMaintenanceOf } from '@/lib/services/maintenance'
import { applianceWord, plainName } from '../names'
import { bounded, STILL_CALCULATING } from './bounded'
import type { ResultBuilder } from './result-builder'
import { localDay, newResult, originOf, type AssistantTool, type ToolContext } from './tool-context'

const WEEK_SECONDS = 7 * 86_400
const WEEK_DAYS = 7
const MOST_TOLD = 20
const MOST_REASONS = 3

/** What of appliances and equipment rises towards its limit, and when it reaches that; where nothing does, what is watched. */
export const maintenance: AssistantTool<'maintenance'> = async (given, context) => {
  const { user, site, nowSeconds } = context
  const found = await bounded(getSiteMaintenanceOf(user, site.id, nowSeconds, given.appliance))
  if (!found) return STILL_CALCULATING
  const result = newResult('maintenance', given, null, context)
  const { assets } = found
  if (assets.length === 0) return result.note(nothingWatched(given.appliance)).build()
  const href = context.links.maintenance()
  const origin = originOf(site, 'estimated')
  const normal = assets.filter((asset) => asset.entry === null && asset.signatures.some(({ state }) => state === 'normal'))
  result.figure({ label: 'things watched', value: assets.length, unit: 'count', origin, href })
  result.figure({ label: 'things without a trend', value: normal.length, unit: 'count', origin, href })
  // Asked about everything, what cannot be judged is told in few words.
  let reasons = given.appliance ? MOST_TOLD : MOST_REASONS
  for (const asset of assets.slice(0, MOST_TOLD)) if (addAsset(result, asset, context) === 'not judged' && --reasons === 0) break
  const rising = assets.filter(({ entry }) => entry !== null)
  return result
    .rows(
      [
        { name: 'What', unit: null },
        { name: 'Urgency', unit: null },
        { name: 'Limit reached', unit: 'time' },
        { name: 'Certainty', unit: 'percent' },
      ],
      rising.map((asset) => [
        nameOf(asset, context),
        asset.entry?.priority ?? '',
        asset.entry ? dueOf(asset, asset.entry.predictedFailureDate, context) : null,
        asset.entry ? asset.entry.confidence * 100 : null,
      ]),
    )
    .build()
}

function nothingWatched(appliance: Appliance | undefined): string {
  if (!appliance) return 'Nothing is watched for wear yet: no appliance has been recognised for long enough, and no equipment is entered.'
  const word = applianceWord(appliance)
  return SIGNATURES_OF[appliance]
    ? `The ${word} has not been recognised here for long enough to watch it for wear.`
    : `The ${word} is not watched for wear: it is on for as long as somebody wants, which says nothing of its health.`
}

/** One asset with what rises of it, or why nothing is said. */
export function addAsset(result: ResultBuilder, asset: AssetReport, context: ToolContext): 'rising' | 'steady' | 'not judged' {
  if (asset.appliance) result.about(APPLIANCE_LABELS[asset.appliance])
  else if (asset.isRegistered) result.about(plainName(asset.assetName))
  const { entry } = asset
  const signature = asset.signatures.find(({ kind }) => kind === entry?.type)
  if (entry?.type === 'vibration') addVibration(result, asset, entry.predictedFailureDate, context)
  else if (signature) addTrend(result, asset, signature, context)
  if (entry) return 'rising'
  if (asset.signatures.some(({ state }) => state === 'normal')) return 'steady'
  result.note(whyNothing(result, asset, context))
  return 'not judged'
}

/** What is measured of a signature, as a sentence names it. */
const SIGNATURE_WORDS: Record<SignatureKind, (of: string) => string> = {
  cooling_duty: (of) => `the share of the time for which ${of} cools`,
  cooling_cycle: (of) => `the length of a cooling cycle of ${of}`,
  running_power: (of) => `the power of ${of} at work`,
  short_cycling: (of) => `the number of starts of ${of}`,
  heating_time: (of) => `the heating time of ${of}`,
  energy_per_run: (of) => `the energy of a run of ${of}`,
  always_on: () => 'what is always on',
}
const UNITS: Record<SignatureReport['unit'], readonly [Figure['unit'], number] | null> = {
  '%': ['percent', 1],
  min: ['seconds', 60],
  W: ['W', 1],
  Wh: ['kWh', 0.001],
  // Nothing that an answer can name has this unit; its rise is named in percent.
  '1/h': null,
}

function addTrend(result: ResultBuilder, asset: AssetReport, signature: SignatureReport, context: ToolContext): void {
  const { baseline, limit, projection } = signature
  if (!baseline || limit === null || !projection) return
  const name = SIGNATURE_WORDS[signature.kind](nameOf(asset, context))
  const href = context.links.asset(asset.assetId)
  const common = { origin: originOf(context.site, 'estimated'), ...(asset.appliance && { subject: asset.appliance }), href } as const
  const scale = UNITS[signature.unit]
  if (scale) {
    const [unit, factor] = scale
    const add = (label: string, value: number) => result.figure({ ...common, label: `${label}: ${name}`, value: value * factor, unit })
    add('now', projection.level)
    add('at first', baseline.value)
    add('limit', limit)
  }
  const change = (projection.level / baseline.value - 1) * 100
  result.figure({ ...common, label: `change since the first weeks: ${name}`, value: change, unit: 'percent' })
  const days = Math.max(0, (projection.at - context.nowSeconds) / 86_400)
  result.figure({ ...common, label: `days until the limit: ${name}`, value: Math.round(days), unit: 'count' })
  // Of level and slope, which both bound the dates.
  result.figure({ ...common, label: `certainty of these dates: ${name}`, value: 95, unit: 'percent' })
  addDue(result, name, href, projection)
  result.note(adviceFor(signature.kind))
}

function addDue(result: ResultBuilder, name: string, href: string, { at, from, to }: { at: number; from?: number; to?: number }): void {
  result.moment(`limit reached: ${name}`, at, href)
  if (from === undefined || to === undefined) return
  result.moment(`earliest: ${name}`, from, href)
  result.moment(`latest: ${name}`, to, href)
}

function addVibration(result: ResultBuilder, asset: AssetReport, date: string, context: ToolContext): void {
  const name = `the vibration of ${nameOf(asset, context)}`
  const href = context.links.asset(asset.assetId)
  const common = { origin: 'measured', ...(asset.appliance && { subject: asset.appliance }), href, unit: 'percent' } as const
  const remaining = asset.vibration?.judged?.remainingShare
  if (remaining) {
    result.figure({ ...common, label: `share of life left: ${name}`, value: remaining.value * 100 })
    result.figure({ ...common, label: `lower end of the share of life left: ${name}`, value: remaining.low * 100 })
    result.figure({ ...common, label: `upper end of the share of life left: ${name}`, value: remaining.high * 100 })
  }
  addDue(result, name, href, { at: dateSeconds(date, context) })
}

/** Why nothing is said of an asset of which no signature can be judged. */
function whyNothing(result: ResultBuilder, asset: AssetReport, context: ToolContext): string | null {
  const name = nameOf(asset, context)
  const states = asset.signatures.map(({ state }) => state)
  const young = asset.signatures.filter(({ state }) => state === 'too few weeks').toSorted((a, b) => b.weeks - a.weeks)[0]
  if (young) {
    const href = context.links.asset(asset.assetId)
    const common = { origin: originOf(context.site, 'measured'), unit: 'count', href } as const
    const [days, needed] = [young.weeks * WEEK_DAYS, young.leastWeeks * WEEK_DAYS]
    result.figure({ ...common, label: `days measured of ${name}`, value: days })
    result.figure({ ...common, label: `days needed of ${name}`, value: needed })
    // Weeks without a value have to be made up for.
    const last = young.points.at(-1)?.startTimestamp
    const from = last === undefined ? null : last + (young.leastWeeks - young.weeks + 1) * WEEK_SECONDS
    if (from !== null) result.moment(`first judgement of ${name}`, from, href)
    const when = from === null ? '' : `, which will be about ${localDay(from, context)} if readings go on`
    return `Not enough history yet of ${name}: ${days} days are measured well enough, ${needed} are needed${when}.`
  }
  if (states.includes('needs a year'))
    return `Of ${name} nothing can be said before a year has been measured, because it follows the season.`
  if (states.includes('estimates too unsure')) return `The estimates of ${name} are too unsure to tell a trend of its own.`
  if (states.includes('no published accuracy')) return `How well ${name} is recognised is not known, so no trend of it is told.`
  return states.length > 0 ? `Nothing of ${name} has been measured that could be judged.` : null
}

function nameOf({ appliance, assetName, isRegistered, signatures }: AssetReport, { site }: ToolContext): string {
  if (appliance && site.buildings.length === 1) return `the ${applianceWord(appliance)}`
  const isAlwaysOn = !isRegistered && signatures.some(({ kind }) => kind === 'always_on')
  return isAlwaysOn && site.buildings.length === 1 ? 'what is always on' : plainName(assetName)
}

function dueOf({ signatures, entry }: AssetReport, date: string, context: ToolContext): number {
  return signatures.find(({ kind }) => kind === entry?.type)?.projection?.at ?? dateSeconds(date, context)
}

const dateSeconds = (date: string, { site }: ToolContext) => DateTime.fromISO(date, { zone: site.timeZone }).set({ hour: 12 }).toSeconds()
