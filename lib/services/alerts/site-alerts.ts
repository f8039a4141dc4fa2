import { randomUUID } from 'node:crypto'
import type {
  AlertChannel, AlertHistory, AlertLanguage, AlertRule, ChangedAlertChannel, ChannelConfig, NewAlertChannel, NewAlertRule, PushSubscriptionInput,
  QuietHours,
} from '@/lib/contracts/alerts'
import type { CurrentUser } from '@/lib/contracts/current-user'
import {
  deleteAlertChannel, findAlertChannels, insertAlertChannel, updateAlertChannel, type AlertChannelRow,
} from '@/lib/data/alerts/alert-channels'
import { findDeliveries } from '@/lib/data/alerts/alert-deliveries'
import { findAlertEvents, hasEventsBefore } from '@/lib/data/alerts/alert-events'
import {
  deleteAlertRule, findAlertRules, findQuietHours, insertAlertRule, storeQuietHours, updateAlertRule, type AlertRuleRow,
} from '@/lib/data/alerts/alert-rules'
import { deletePushSubscription, findPushSubscriptions, storePushSubscription } from '@/lib/data/alerts/push-subscriptions'
import { findSiteOf } from '@/lib/data/sites'
import { eventSentence } from './alert-words'
import { DeliveryError } from './channels/delivery-error'
import { canSendEmail } from './channels/send-email'
import { defaultTopic } from './channels/send-mqtt'
import { sendTest } from './deliver-alerts'

export const MOST_RULES = 100
export const MOST_CHANNELS = 20

/** Why something cannot be stored, for the person who wanted it. */
export class AlertRefusedError extends Error {
  override name = 'AlertRefusedError'
}

/** Rules of one of the user's sites; null = no such site. So for all that follow. */
export async function listAlertRulesOf(user: CurrentUser, siteId: string): Promise<AlertRule[] | null> {
  return (await findSiteOf(user, siteId)) && (await findAlertRules(siteId)).map(toRule)
}

/** @throws AlertRefusedError */
export async function createAlertRuleOf(user: CurrentUser, siteId: string, rule: NewAlertRule): Promise<AlertRule | null> {
  if (!(await findSiteOf(user, siteId))) return null
  await checkRule(user, siteId, rule)
  if ((await findAlertRules(siteId)).length >= MOST_RULES) {
    throw new AlertRefusedError(`A site has at most ${MOST_RULES} rules. Delete one first.`)
  }
  return toRule(await insertAlertRule(siteId, `rule_${randomUUID()}`, rule))
}

/** @throws AlertRefusedError */
export async function changeAlertRuleOf(user: CurrentUser, siteId: string, ruleId: string, rule: NewAlertRule): Promise<AlertRule | null> {
  if (!(await findSiteOf(user, siteId))) return null
  await checkRule(user, siteId, rule)
  const changed = await updateAlertRule(siteId, ruleId, rule)
  return changed && toRule(changed)
}

export async function removeAlertRuleOf(user: CurrentUser, siteId: string, ruleId: string): Promise<boolean> {
  return (await findSiteOf(user, siteId)) !== null && deleteAlertRule(siteId, ruleId)
}

export async function listAlertChannelsOf(user: CurrentUser, siteId: string): Promise<AlertChannel[] | null> {
  if (!(await findSiteOf(user, siteId))) return null
  const [channels, browsers] = await Promise.all([findAlertChannels(siteId), findPushSubscriptions(siteId)])
  return channels.map((channel) => toChannel(channel, browsers.length))
}

/** @throws AlertRefusedError */
export async function createAlertChannelOf(user: CurrentUser, siteId: string, channel: NewAlertChannel): Promise<AlertChannel | null> {
  if (!(await findSiteOf(user, siteId))) return null
  checkConfig(channel.config)
  if ((await findAlertChannels(siteId)).length >= MOST_CHANNELS) {
    throw new AlertRefusedError(`A site has at most ${MOST_CHANNELS} channels. Delete one first.`)
  }
  const stored = await insertAlertChannel({ id: `channel_${randomUUID()}`, siteId, ...channel })
  return toChannel(stored, (await findPushSubscriptions(siteId)).length)
}

/** @throws AlertRefusedError */
export async function changeAlertChannelOf(
  user: CurrentUser,
  siteId: string,
  channelId: string,
  { config, ...changes }: ChangedAlertChannel,
): Promise<AlertChannel | null> {
  const before = await findChannelOf(user, siteId, channelId)
  if (!before) return null
  if (config) checkConfig(config)
  const stored = await updateAlertChannel({ ...before, ...changes, config: config ?? before.config })
  return stored && toChannel(stored, (await findPushSubscriptions(siteId)).length)
}

export async function removeAlertChannelOf(user: CurrentUser, siteId: string, channelId: string): Promise<boolean> {
  return (await findSiteOf(user, siteId)) !== null && deleteAlertChannel(siteId, channelId)
}

/** Sends a test over a channel now. @returns whether it arrived, and why not */
export async function testAlertChannelOf(
  user: CurrentUser,
  siteId: string,
  channelId: string,
): Promise<{ success: boolean; detail: string } | null> {
  const channel = await findChannelOf(user, siteId, channelId)
  const site = await findSiteOf(user, siteId)
  if (!channel || !site) return null
  try {
    await sendTest(channel, site, `test_${randomUUID()}`)
    return { success: true, detail: 'The test was sent.' }
  } catch (error) {
    if (error instanceof DeliveryError) return { success: false, detail: error.message }
    throw error
  }
}

/** `quiet` null: none. */
export async function getQuietHoursOf(user: CurrentUser, siteId: string): Promise<{ timeZone: string; quiet: QuietHours | null } | null> {
  const site = await findSiteOf(user, siteId)
  return site && { timeZone: site.timeZone, quiet: await findQuietHours(siteId) }
}

export async function setQuietHoursOf(user: CurrentUser, siteId: string, quiet: QuietHours | null) {
  if (!(await findSiteOf(user, siteId))) return null
  await storeQuietHours(siteId, quiet)
  return getQuietHoursOf(user, siteId)
}

/** What happened, newest first, and who was told. @param before only older ones, Unix seconds */
export async function getAlertHistoryOf(
  user: CurrentUser,
  siteId: string,
  { before, limit }: { before?: number; limit: number },
  language: AlertLanguage = 'en',
): Promise<AlertHistory | null> {
  const site = await findSiteOf(user, siteId)
  if (!site) return null
  const rows = await findAlertEvents(siteId, before ?? null, limit)
  const oldest = rows.at(-1)
  const deliveries = await findDeliveries(rows.map(({ id }) => id))
  return {
    data: rows.map((row) => ({
      ...row,
      message: eventSentence(row, language, site),
      deliveries: deliveries.filter(({ eventId }) => eventId === row.id).map(({ delivery }) => delivery),
    })),
    hasMore: oldest !== undefined && (await hasEventsBefore(siteId, oldest.createdAt)),
  }
}

export async function subscribePushOf(user: CurrentUser, siteId: string, subscription: PushSubscriptionInput): Promise<boolean> {
  if (!(await findSiteOf(user, siteId))) return false
  await storePushSubscription(siteId, user.id, subscription)
  return true
}

export async function unsubscribePushOf(user: CurrentUser, siteId: string, endpoint: string): Promise<boolean> {
  return (await findSiteOf(user, siteId)) !== null && deletePushSubscription(siteId, user.id, endpoint)
}

async function findChannelOf(user: CurrentUser, siteId: string, channelId: string): Promise<AlertChannelRow | null> {
  if (!(await findSiteOf(user, siteId))) return null
  return (await findAlertChannels(siteId)).find(({ id }) => id === channelId) ?? null
}

async function checkRule(user: CurrentUser, siteId: string, { condition, channelIds }: NewAlertRule): Promise<void> {
  const known = new Set((await findAlertChannels(siteId)).map(({ id }) => id))
  const missing = channelIds.find((id) => !known.has(id))
  if (missing !== undefined) throw new AlertRefusedError(`The site has no channel ${missing}. Choose one of its own.`)
  if (condition.kind !== 'power' || condition.buildingId === undefined) return
  const site = await findSiteOf(user, siteId)
  if (!site?.buildings.some(({ id }) => id === condition.buildingId)) {
    throw new AlertRefusedError(`The site has no building ${condition.buildingId}. Choose one of its own, or leave it out.`)
  }
}

function checkConfig(config: ChannelConfig): void {
  if (config.type === 'email' && !canSendEmail()) {
    throw new AlertRefusedError('The application knows no mail server. Who runs it can set SMTP_URL and SMTP_FROM.')
  }
}

function toRule(row: AlertRuleRow): AlertRule {
  const { id, name, severity, enabled, condition, channelIds, cooldownMinutes, createdAt, checkedAt, unjudged } = row
  return { id, name, severity, enabled, condition, channelIds, cooldownMinutes, createdAt, checkedAt, unjudged }
}

function toChannel({ config, siteId, ...channel }: AlertChannelRow, browsers: number): AlertChannel {
  const { id, name, language, enabled, createdAt } = channel
  return { id, name, language, enabled, createdAt, type: config.type, target: targetOf(config, siteId, browsers) }
}

/** What may be shown of where a channel goes. */
function targetOf(config: ChannelConfig, siteId: string, browsers: number): string {
  switch (config.type) {
    case 'email':
      return config.to.join(', ')
    case 'webhook':
      return new URL(config.url).origin
    case 'mqtt':
      return `${new URL(config.url).host} ${config.topic ?? defaultTopic(siteId)}`
    case 'push':
      return String(browsers)
  }
}
