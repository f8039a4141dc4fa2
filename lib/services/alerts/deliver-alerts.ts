import { setTimeout as sleep } from 'node:timers/promises'
import { findAlertChannel, type AlertChannelRow } from '@/lib/data/alerts/alert-channels'
import { finishMessage, giveUpInterrupted, holdMessage, takeDueMessage, type DueMessage } from '@/lib/data/alerts/alert-deliveries'
import { type AlertEventRow, findEventsByIds } from '@/lib/data/alerts/alert-events'
import { findQuietHours } from '@/lib/data/alerts/alert-rules'
import { findSite, type SiteRow } from '@/lib/data/sites'
import { quietUntil } from '@/lib/domain/alerts/quiet-hours'
import type { Logger } from '@/lib/infra/logger'
import { eventSentence, messageTitle, testSentence } from './alert-words'
import type { AlertMessage } from './channels/alert-message'
import { DeliveryError } from './channels/delivery-error'
import { sendEmail } from './channels/send-email'
import { sendMqtt } from './channels/send-mqtt'
import { sendPush } from './channels/send-push'
import { sendWebhook } from './channels/send-webhook'

/** Pauses before the second, third ... attempt. */
const RETRY_SECONDS = [15, 60, 300, 1800, 7200]

/** So that receivers that do not answer, at most two of a site, hold up few others. */
const AT_ONCE = 6

const LOOK_AGAIN_MILLISECONDS = 500

/** What is due when quiet hours end need not wait for clocks to agree. */
const CLOCKS_DIFFER_SECONDS = 30

/** Unix seconds. */
type Clock = () => number

/** Sends what is due until nothing is or `stopped`. */
export async function deliverDueAlerts(log: Logger, stopped?: AbortSignal, clock: Clock = () => Date.now() / 1000): Promise<void> {
  const interrupted = await giveUpInterrupted()
  if (interrupted > 0) log.warn({ interrupted }, 'alerts were being sent when the application ended; whether they arrived is not known')
  const round: Round = { log, clock, sending: 0, ...(stopped && { stopped }) }
  await Promise.all(Array.from({ length: AT_ONCE }, () => deliverOneByOne(round)))
}

interface Round {
  log: Logger
  clock: Clock
  stopped?: AbortSignal
  /** How many are being sent. */
  sending: number
}

async function deliverOneByOne(round: Round): Promise<void> {
  const { log, clock, stopped } = round
  while (!stopped?.aborted) {
    const message = await takeDueMessage()
    if (!message) {
      if (round.sending === 0) return
      // Somebody's receiver takes its time: what becomes due for others meanwhile need not wait for it.
      await sleep(LOOK_AGAIN_MILLISECONDS)
      continue
    }
    round.sending++
    try {
      const until = await send(message, clock())
      // Whoever held one comes back in a moment: where the database's clock is ahead, it would be due again at once.
      if (until !== null) return await holdMessage(message, until)
      await finishMessage(message, null)
    } catch (err) {
      // Of a database that went away meanwhile it is not known whether the message was sent.
      if (!(err instanceof DeliveryError)) throw err
      const pause = err.kind === 'transient' ? (RETRY_SECONDS[message.attempts - 1] ?? null) : null
      log.warn({ channelId: message.channelId, reason: err.message, attempts: message.attempts, pause }, 'an alert could not be sent')
      await finishMessage(message, err.message, pause)
    } finally {
      round.sending--
    }
  }
}

/** @returns null where it was sent; until when quiet hours hold it, Unix seconds, where it was not */
async function send(due: DueMessage, nowSeconds: number): Promise<number | null> {
  const channel = await findAlertChannel(due.channelId)
  const site = channel && (await findSite(channel.siteId))
  if (!channel || !site) throw new DeliveryError('The channel was removed.', 'final')
  const rows = await findEventsByIds([...new Set(due.items.map(({ eventId }) => eventId))])
  const until = await quietFor(rows, site, nowSeconds)
  if (until !== null) return until
  const { language } = channel
  const kind = due.held ? 'summary' : due.items.every(({ transition }) => transition === 'resolved') ? 'resolved' : 'alert'
  await sendOver(channel, {
    id: due.batchId,
    kind,
    site: { id: site.id, name: site.name, timeZone: site.timeZone, currency: site.currency },
    language,
    events: rows.map((row) => ({ ...row, message: eventSentence(row, 'en', site) })),
    title: messageTitle(kind, site.name, rows.map(({ ruleName }) => ruleName), language),
    lines: rows.map((row) => (kind === 'summary' ? `${row.ruleName}: ` : '') + eventSentence(row, language, site)),
  })
  return null
}

/** It may have waited until quiet hours began, for a receiver or for this process. What may pass takes others of its message along. */
async function quietFor(events: readonly AlertEventRow[], site: SiteRow, nowSeconds: number): Promise<number | null> {
  const quiet = await findQuietHours(site.id)
  const ends = events.map(({ severity }) => quietUntil(nowSeconds, quiet, site.timeZone, severity))
  const [end] = ends
  return !end || ends.includes(null) || end - nowSeconds < CLOCKS_DIFFER_SECONDS ? null : end
}

/** Sends a message that says that it is one for trying out. @throws DeliveryError */
export async function sendTest(channel: AlertChannelRow, site: SiteRow, id: string): Promise<void> {
  const { language } = channel
  await sendOver(channel, {
    id,
    kind: 'test',
    site: { id: site.id, name: site.name, timeZone: site.timeZone, currency: site.currency },
    language,
    events: [],
    title: messageTitle('test', site.name, [], language),
    lines: [testSentence(language)],
  })
}

async function sendOver({ config }: AlertChannelRow, message: AlertMessage): Promise<void> {
  switch (config.type) {
    case 'email':
      return sendEmail(message, config)
    case 'webhook':
      return sendWebhook(message, config)
    case 'mqtt':
      return sendMqtt(message, config)
    case 'push':
      return sendPush(message)
  }
}
