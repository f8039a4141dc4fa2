import { Redis } from 'ioredis'
import { z } from 'zod'
import { appliances, expect, expectStatus, parseJson, readAnswer, readAs, share, text } from './expectations'
import { endpoint, type Row } from './row'
import { listen, type SocketMessage } from './socket'
import type { World } from './world'

const LISTEN_MILLISECONDS = 20_000

const unixSeconds = z.number().positive()

/** The output of the Redis contract. */
const outputSchema = z
  .object({
    timestamp: unixSeconds,
    window_start: unixSeconds,
    window_end: unixSeconds,
    total_power: z.number(),
    inference_time_ms: z.number().min(0),
    other_watts: z.number(),
    predictions: z
      .array(
        z.object({ appliance: z.enum(appliances), power_watts: z.number().min(0), probability: share, is_on: z.boolean(), confidence: share }),
      )
      .length(appliances.length),
  })
  .refine(({ predictions }) => predictions.every(({ appliance }, at) => appliance === appliances[at]), 'the appliances are in another order')
  .refine(({ predictions, total_power }) => sumOf(predictions) <= Math.max(0, total_power) + 0.01, 'the appliances add up to more than total_power')
  .refine(
    ({ predictions, total_power, other_watts }) => Math.abs(sumOf(predictions) + other_watts - total_power) < 0.1,
    'the appliances and other_watts do not add up to total_power',
  )

const sumOf = (predictions: { power_watts: number }[]) => predictions.reduce((sum, { power_watts }) => sum + power_watts, 0)

const statusSchema = z.object({
  building_id: text,
  buffer_size: z.coerce.number().min(0),
  window_size: z.coerce.number().positive(),
  ready: z.string().regex(/^(true|false|True|False|0|1)$/),
  fill_percent: z.coerce.number().min(0).max(100),
})

const socketUrl = ({ settings }: World, site: string, query = '') =>
  new URL(`/ws/site/${site}${query}`, settings.baseUrl.replace(/^http/, 'ws')).href

const hasBoth = (messages: SocketMessage[]) =>
  ['telemetry_update', 'prediction'].every((type) => messages.some((message) => message.type === type))

const ticketSchema = z.object({ ticket: text })

async function ticketOf(world: World): Promise<string> {
  const answer = await world.ask('user', 'POST', '/api/ws-ticket')
  expectStatus(answer, [200, 201])
  return readAnswer(answer, ticketSchema).ticket
}

async function expectOpen(world: World, site: string, headers: Record<string, string>, query?: string): Promise<void> {
  const how = query ? 'a ticket' : Object.keys(headers).join()
  const { messages, refusal } = await listen(socketUrl(world, site, query), headers, LISTEN_MILLISECONDS, (got) => got.length > 0)
  expect(refusal === null && messages.length > 0, `WS with ${how}: ${refusal ? `refused (${refusal})` : 'no message'}`)
}

async function expectRefused(world: World, site: string, headers: Record<string, string>, query?: string): Promise<void> {
  const { messages, refusal } = await listen(socketUrl(world, site, query), headers, LISTEN_MILLISECONDS, (got) => got.length > 0)
  expect(refusal !== null && messages.length === 0, `WS ${site}${query ?? ''} answers ${messages.length} messages to who may not hear them`)
}

const bearerOf = async (world: World) => ({ authorization: `Bearer ${await world.token('user')}` })

export const liveRows: readonly Row[] = [
  endpoint({ method: 'POST', path: '/api/ws-ticket', status: [200, 201], answer: ticketSchema }),
  {
    name: 'WS /ws/site/{site_id}: telemetry_update and prediction',
    async check(world) {
      const site = await world.ownSite()
      const { messages, refusal } = await listen(socketUrl(world, site), await bearerOf(world), LISTEN_MILLISECONDS, hasBoth)
      const heard = [...new Set(messages.map(({ type }) => type))].join(', ') || 'nothing'
      expect(refusal === null, `refused (${refusal})`)
      expect(hasBoth(messages), `Within ${LISTEN_MILLISECONDS / 1000} s only ${heard} came`)
      for (const { type, payload } of messages) if (type === 'prediction') readAs('prediction', payload, outputSchema)
    },
  },
  {
    name: 'WS /ws/site/{site_id}: anomaly and new_alert, where one comes',
    async check(world) {
      const alertSchema = z.looseObject({}).refine((value) => Object.keys(value).length > 0, 'is empty')
      const isOne = ({ type }: SocketMessage) => type === 'anomaly' || type === 'new_alert'
      const site = await world.ownSite()
      // Nobody outside can make an appliance misbehave: what does not come in this time is not judged.
      const { messages } = await listen(socketUrl(world, site), await bearerOf(world), 3_000, (got) => got.some(isOne))
      for (const { type, payload } of messages.filter(isOne)) readAs(type, payload, alertSchema)
    },
  },
  {
    name: 'WS /ws/site/{site_id}: cookie, Authorization, ticket; nobody else',
    async check(world) {
      const site = await world.ownSite()
      await expectOpen(world, site, await bearerOf(world))
      await expectOpen(world, site, { cookie: await world.cookie() })
      await expectOpen(world, site, {}, `?ticket=${await ticketOf(world)}`)
      await expectRefused(world, site, {})
      await expectRefused(world, site, { authorization: 'Bearer not.a.token' })
      await expectRefused(world, site, {}, '?ticket=not-a-ticket')
      await expectRefused(world, await world.foreignSite(), await bearerOf(world))
      await expectRefused(world, await world.foreignSite(), {}, `?ticket=${await ticketOf(world)}`)
      await expectRefused(world, 'no-such-site', await bearerOf(world))
    },
  },
]

/** Of a meter that nobody heard of before, over Redis alone. */
export const redisRows: readonly Row[] = [
  {
    name: 'Redis: nilm:{building_id}:input in, :predictions, :latest and :status out',
    async check(world) {
      const building = `${world.mark}_redis`
      const [client, subscriber] = [connect(world), connect(world)]
      try {
        const heard: string[] = []
        await subscriber.subscribe(`nilm:${building}:predictions`)
        subscriber.on('message', (_, message) => heard.push(message))
        const sent = await publishUntil(client, `nilm:${building}:input`, () => heard.length > 0)
        expect(heard.length > 0, `${sent} readings went to nilm:${building}:input and nothing came on :predictions`)
        readAs(':predictions', parseJson({ what: ':predictions', text: heard[0] ?? '' }), outputSchema)
        const latest = await client.get(`nilm:${building}:latest`)
        const last = readAs(':latest', parseJson({ what: ':latest', text: latest ?? '' }), outputSchema)
        expect(last.total_power > 1000, `total_power is ${last.total_power} where the meter sent 3500 W`)
        const status = readAs(':status', await client.hgetall(`nilm:${building}:status`), statusSchema)
        expect(status.building_id === building, `:status is of ${status.building_id}`)
      } finally {
        client.disconnect()
        subscriber.disconnect()
        world.removeAtEnd(() => removeSiteOf(world, building))
      }
    },
  },
]

const connect = ({ settings }: World) =>
  new Redis(settings.redisUrl ?? '', { connectTimeout: 5_000, maxRetriesPerRequest: 1, commandTimeout: 10_000, enableOfflineQueue: true })

/** One reading a second, as a meter sends them. @returns how many were sent */
async function publishUntil(client: Redis, channel: string, isEnough: () => boolean): Promise<number> {
  let sent = 0
  for (; sent < LISTEN_MILLISECONDS / 1000 && !isEnough(); sent += 1) {
    const reading = { timestamp: Date.now() / 1000, power_total: 3500.0, voltage: 230.0, current: 15.2, power_factor: 0.95 }
    await client.publish(channel, JSON.stringify(sent % 2 ? reading : { timestamp: reading.timestamp, power_total: reading.power_total }))
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  return sent
}

/** The site that a new meter gets, which the administrator sees. */
async function removeSiteOf(world: World, building: string): Promise<void> {
  const listed = z.object({ data: z.array(z.object({ id: text, buildings: z.array(z.object({ id: text })) })) })
  const { data } = readAnswer(await world.ask('admin', 'GET', '/api/v1/sites'), listed)
  const site = data.find(({ buildings }) => buildings.some(({ id }) => id === building))
  if (site) await world.ask('admin', 'DELETE', `/api/v1/sites/${site.id}`)
}

