import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import type { QuietHours } from '@/lib/contracts/alerts'
import { insertDelivery, type Transition } from '@/lib/data/alerts/alert-deliveries'
import {
  endAbandonedEvents, findRuleEvents, insertAlertEvent, lastToldAt, lockRule, resolveAlertEvent, type SubjectEvent, unmuteAlertEvent,
} from '@/lib/data/alerts/alert-events'
import { findAlertRules, findQuietHours, findSitesWithRules, noteRuleChecked, type AlertRuleRow } from '@/lib/data/alerts/alert-rules'
import { findSite, type SiteRow } from '@/lib/data/sites'
import { compareEpisodes, type Changes, type Episode } from '@/lib/domain/alerts/episodes'
import { quietUntil } from '@/lib/domain/alerts/quiet-hours'
import { withTransaction } from '@/lib/infra/db'
import type { Logger } from '@/lib/infra/logger'
import { findSubjects, type SubjectFinding } from './rule-subjects'

/** What happened while nobody looked is found again up to so long ago. */
const LOOK_BACK_SECONDS = 86_400
/** Late readings may move the end of what was found by as much. */
const LATE_SECONDS = 3600

/** Looks at every rule of every site once. One that cannot be looked at keeps no other from it. */
export async function evaluateAllRules(log: Logger, nowSeconds = Date.now() / 1000): Promise<void> {
  for (const siteId of await findSitesWithRules()) {
    try {
      await evaluateSite(siteId, log, nowSeconds)
    } catch (err) {
      log.warn({ err, siteId }, 'the alert rules of a site could not be looked at, trying again')
    }
  }
}

/** Looks at the rules of one site, stores what is new, and leaves the messages about it to be sent. */
export async function evaluateSite(siteId: string, log: Logger, nowSeconds = Date.now() / 1000): Promise<void> {
  const site = await findSite(siteId)
  if (!site) return
  await endAbandonedEvents(siteId)
  const [rules, quiet] = await Promise.all([findAlertRules(siteId), findQuietHours(siteId)])
  for (const rule of rules) {
    if (!rule.enabled) continue
    try {
      await evaluateRule(rule, { site, quiet, nowSeconds })
    } catch (err) {
      log.warn({ err, siteId, ruleId: rule.id }, 'an alert rule could not be looked at, trying again')
    }
  }
}

interface Scene {
  site: SiteRow
  quiet: QuietHours | null
  nowSeconds: number
}

async function evaluateRule(rule: AlertRuleRow, scene: Scene): Promise<void> {
  const { site, nowSeconds } = scene
  const sinceSeconds = Math.max(rule.armedAt, nowSeconds - LOOK_BACK_SECONDS)
  const known = await findRuleEvents(rule, sinceSeconds - LATE_SECONDS)
  const openSince = (subject: string) =>
    known.find((event) => event.subject === subject && event.resolvedAt === null)?.startedAt ?? null
  const openSubjects = known.filter(({ resolvedAt }) => resolvedAt === null).map(({ subject }) => subject)
  const look = { site, nowSeconds, sinceSeconds, checkedAt: rule.checkedAt, openSince, openSubjects }
  const { subjects, unjudged } = await findSubjects(rule.condition, look)
  for (const finding of subjects) {
    // Most looks change nothing; what does is looked at again where nobody else can change it.
    if (hasChanges(changesOf(finding, known, sinceSeconds, scene))) await storeFinding(rule, finding, sinceSeconds, scene)
  }
  await tellOutlasting(rule, known, scene)
  await noteRuleChecked(rule.id, unjudged)
}

/** Event and messages are stored together or not at all, so that a crash neither loses nor repeats one. */
async function storeFinding(rule: AlertRuleRow, finding: SubjectFinding, sinceSeconds: number, scene: Scene): Promise<void> {
  await withTransaction(async (client) => {
    if (!(await lockRule(client, rule.id, rule.armedAt))) return
    const stored = await findRuleEvents(rule, sinceSeconds - LATE_SECONDS, client)
    const { fired, resolved } = changesOf(finding, stored, sinceSeconds, scene)
    // The one that is open must end before the next one of the subject can begin.
    for (const { id, resolvedAt } of resolved) {
      const event = stored.find((each) => each.id === id)!
      await resolveAlertEvent(client, id, resolvedAt, finding.endValue?.({ startedAt: event.startedAt, endedAt: resolvedAt }) ?? null)
      if (!event.muted) await tell(client, rule, id, 'resolved', scene)
    }
    for (const episode of fired) await fire(client, rule, finding, episode, scene)
  })
}

function changesOf(finding: SubjectFinding, events: readonly SubjectEvent[], sinceSeconds: number, { nowSeconds }: Scene): Changes {
  const known = events.filter(({ subject }) => subject === finding.subject)
  return compareEpisodes(finding.episodes, known, { sinceSeconds, clearedAt: finding.clearedAt ?? nowSeconds })
}

const hasChanges = ({ fired, resolved }: Changes) => fired.length > 0 || resolved.length > 0

async function fire(
  client: PoolClient,
  rule: AlertRuleRow,
  { subject, buildingName }: SubjectFinding,
  episode: Episode,
  scene: Scene,
): Promise<void> {
  const { nowSeconds, site } = scene
  const muted = isCooling(rule, await lastToldAt(client, rule.id, subject, nowSeconds), nowSeconds) ? 'cooldown' : null
  const id = `alert_${randomUUID()}`
  const isNew = await insertAlertEvent(client, {
    id,
    siteId: site.id,
    ruleId: rule.id,
    ruleName: rule.name,
    severity: rule.severity,
    condition: rule.condition,
    subject,
    buildingName,
    value: episode.value,
    startedAt: episode.startedAt,
    resolvedAt: episode.endedAt,
    // The rule may have been armed after the look began.
    createdAt: Math.max(nowSeconds, rule.armedAt),
    muted,
  })
  if (isNew && !muted) await tell(client, rule, id, 'fired', scene)
}

/** What began in the cool-down and outlasts it must not stay untold. */
async function tellOutlasting(rule: AlertRuleRow, known: readonly SubjectEvent[], scene: Scene): Promise<void> {
  const untold = known.filter(({ muted, resolvedAt }) => muted && resolvedAt === null)
  if (untold.length === 0) return
  await withTransaction(async (client) => {
    if (!(await lockRule(client, rule.id, rule.armedAt))) return
    if (isCooling(rule, await lastToldAt(client, rule.id, null, scene.nowSeconds), scene.nowSeconds)) return
    for (const { id } of untold) {
      if (await unmuteAlertEvent(client, id, scene.nowSeconds)) await tell(client, rule, id, 'fired', scene)
    }
  })
}

const isCooling = ({ cooldownMinutes }: AlertRuleRow, toldAt: number | null, nowSeconds: number) =>
  toldAt !== null && nowSeconds - toldAt < cooldownMinutes * 60

async function tell(
  client: PoolClient,
  rule: AlertRuleRow,
  eventId: string,
  transition: Transition,
  { quiet, site, nowSeconds }: Scene,
): Promise<void> {
  const until = quietUntil(nowSeconds, quiet, site.timeZone, rule.severity)
  for (const channelId of rule.channelIds) {
    await insertDelivery(client, { eventId, channelId, transition, held: until !== null, dueAt: until ?? nowSeconds })
  }
}
