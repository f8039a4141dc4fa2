import { z } from 'zod'
import { ANOMALY_TYPES } from './anomalies'
import { APPLIANCES } from './appliances'
import { placeIdSchema } from './sites'

const appliance = z.enum(APPLIANCES)
const unixSeconds = z.number()
/** HH:MM on the site's clock. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, as 22:30.')
const minutes = (least: number, most = 1440) => z.number().int().min(least).max(most)

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const
export const ALERT_QUANTITIES = ['voltage', 'frequency', 'thd'] as const

/** What a rule waits for. */
export const alertConditionSchema = z.discriminatedUnion('kind', [
  /** The mean of each of so many minutes in a row; of the whole site, or of one building. */
  z.object({
    kind: z.literal('power'),
    direction: z.enum(['above', 'below']),
    watts: z.number().min(-1e6).max(1e6),
    forMinutes: minutes(1),
    buildingId: placeIdSchema.optional(),
  }),
  z.object({ kind: z.literal('appliance-on'), appliance, minutes: minutes(1, 10_080) }),
  /** Running at these hours; `until` before `from` means on the next day. */
  z
    .object({ kind: z.literal('appliance-hours'), appliance, from: clockTime, until: clockTime })
    .refine(({ from, until }) => from !== until, { path: ['until'], message: 'Give two different times.' }),
  z.object({ kind: z.literal('appliance-idle'), appliance, days: z.number().int().min(1).max(60) }),
  z.object({ kind: z.literal('daily-energy'), kilowattHours: z.number().positive().max(1e6) }),
  /** In the site's currency, without the standing charge. */
  z.object({ kind: z.literal('daily-cost'), amount: z.number().positive().max(1e6) }),
  z.object({ kind: z.literal('no-readings'), minutes: minutes(1, 10_080) }),
  /** Ten-minute means beyond the usual limits of EN 50160. */
  z.object({ kind: z.literal('power-quality'), quantity: z.enum(ALERT_QUANTITIES), forMinutes: minutes(10) }),
  /** What looks wrong, at least of this severity. */
  z.object({ kind: z.literal('anomaly'), leastSeverity: z.enum(ALERT_SEVERITIES) }),
])
export type AlertCondition = z.infer<typeof alertConditionSchema>
export type AlertKind = AlertCondition['kind']

const severity = z.enum(ALERT_SEVERITIES)
export type AlertSeverity = z.infer<typeof severity>

const name = z.string().trim().min(1).max(80)

export const newAlertRuleSchema = z.object({
  name,
  severity: severity.default('warning'),
  enabled: z.boolean().default(true),
  condition: alertConditionSchema,
  /** Who is told; without any, alerts are shown on the pages and sent to open connections alone. */
  channelIds: z.array(placeIdSchema).max(20).default([]),
  /** For so long after an alert nobody is told of the next one of this rule, unless it outlasts that; the history has it. */
  cooldownMinutes: z.number().int().min(0).max(10_080).default(30),
})
export type NewAlertRule = z.infer<typeof newAlertRuleSchema>

/** Why a rule could not be judged the last time. */
export const UNJUDGED = ['no-readings', 'too-few-readings', 'never-seen', 'no-price', 'no-limits'] as const
export type Unjudged = (typeof UNJUDGED)[number]

export const alertRuleSchema = newAlertRuleSchema.extend({
  id: z.string(),
  createdAt: unixSeconds,
  /** null before the first time. */
  checkedAt: unixSeconds.nullable(),
  unjudged: z.enum(UNJUDGED).nullable(),
})
export type AlertRule = z.infer<typeof alertRuleSchema>

const url = (pattern: RegExp, message: string) => z.url(message).max(2000).regex(pattern, message)

/** How a channel reaches somebody. What is marked as secret is never answered. */
export const channelConfigSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('email'), to: z.array(z.email()).min(1).max(5) }),
  z.object({
    type: z.literal('webhook'),
    /** Secret but for its origin: many services put a token into it. */
    url: url(/^https?:\/\//, 'An address that begins with https:// or http://.'),
    /** Secret; signs each message. */
    secret: z.string().min(16, 'At least 16 characters.').max(200),
  }),
  z.object({
    type: z.literal('mqtt'),
    url: url(/^mqtts?:\/\/[^/@]+\/?$/, 'An address like mqtts://broker.example.org:8883, without a user name.'),
    username: z.string().max(200).optional(),
    /** Secret. */
    password: z.string().max(500).optional(),
    topic: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^+#\0]+$/, 'A topic without + and #.')
      .optional(),
  }),
  /** All browsers that asked for it at this site. */
  z.object({ type: z.literal('push') }),
])
export type ChannelConfig = z.infer<typeof channelConfigSchema>
export type ChannelType = ChannelConfig['type']

export const ALERT_LANGUAGES = ['en', 'de'] as const
export type AlertLanguage = (typeof ALERT_LANGUAGES)[number]

export const newAlertChannelSchema = z.object({
  name,
  language: z.enum(ALERT_LANGUAGES).default('en'),
  enabled: z.boolean().default(true),
  config: channelConfigSchema,
})
export type NewAlertChannel = z.infer<typeof newAlertChannelSchema>

/** Without `config` the channel keeps its addresses and secrets. */
export const changedAlertChannelSchema = newAlertChannelSchema.partial({ config: true })
export type ChangedAlertChannel = z.infer<typeof changedAlertChannelSchema>

export const alertChannelSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['email', 'webhook', 'mqtt', 'push']),
  language: z.enum(ALERT_LANGUAGES),
  enabled: z.boolean(),
  /** Where it goes, without secrets: addresses, the origin of a webhook, a broker and its topic, a number of browsers. */
  target: z.string(),
  createdAt: unixSeconds,
})
export type AlertChannel = z.infer<typeof alertChannelSchema>

export const quietHoursSchema = z
  .object({
    from: clockTime,
    until: clockTime,
    /** Whether critical alerts are sent at once all the same. */
    criticalPasses: z.boolean().default(true),
  })
  .refine(({ from, until }) => from !== until, { path: ['until'], message: 'Give two different times.' })
export type QuietHours = z.infer<typeof quietHoursSchema>

export const deliverySchema = z.object({
  channelId: z.string(),
  channelName: z.string(),
  transition: z.enum(['fired', 'resolved']),
  /** unknown: the application ended while it was being sent. */
  status: z.enum(['waiting', 'sending', 'sent', 'failed', 'unknown']),
  attempts: z.number().int(),
  error: z.string().nullable(),
  dueAt: unixSeconds,
})

export type AlertDelivery = z.infer<typeof deliverySchema>

export const alertEventSchema = z.object({
  id: z.string(),
  siteId: z.string(),
  ruleId: z.string().nullable(),
  ruleName: z.string(),
  severity,
  state: z.enum(['active', 'resolved']),
  condition: alertConditionSchema,
  /** null: the whole site. */
  buildingName: z.string().nullable(),
  /** Of an anomaly what it is; null of anything else, of one that is no longer kept, and from a process that is older. */
  anomaly: z.object({ id: z.string(), type: z.enum(ANOMALY_TYPES), appliance: appliance.nullable() }).nullable().default(null),
  /** What was measured, in the unit of the condition: W, minutes, days, kWh, money, V, Hz, or % (of an anomaly: how far from what was expected). */
  value: z.number(),
  startedAt: unixSeconds,
  resolvedAt: unixSeconds.nullable(),
  createdAt: unixSeconds,
  muted: z.enum(['cooldown']).nullable(),
  /** In a sentence, in English. */
  message: z.string(),
})
export type AlertEvent = z.infer<typeof alertEventSchema>

export const alertHistorySchema = z.object({
  data: z.array(alertEventSchema.extend({ deliveries: z.array(deliverySchema) })),
  /** Whether there are older ones: ask again with `before` = the last one's `createdAt`. */
  hasMore: z.boolean(),
})
export type AlertHistory = z.infer<typeof alertHistorySchema>

export const pushSubscriptionSchema = z.object({
  endpoint: url(/^https:\/\//, 'An address that begins with https://.'),
  keys: z.object({ p256dh: z.string().min(40).max(200), auth: z.string().min(10).max(100) }),
})
export type PushSubscriptionInput = z.infer<typeof pushSubscriptionSchema>
