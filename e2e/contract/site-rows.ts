import { z } from 'zod'
import { expect, expectProblem, expectStatus, moment, readAnswer, text } from './expectations'
import { endpoint, type Row } from './row'
import { newSite, type World } from './world'

const named = (holds: (key: string) => boolean, what: string) =>
  z.looseObject({}).refine((value) => Object.keys(value).some(holds), `says nothing of its ${what}`)

const siteSchema = z
  .looseObject({ id: text, name: text, location: z.string(), buildings: z.array(z.looseObject({ id: text, name: text })) })
  .and(named((key) => /^time_?zone$/i.test(key), 'time zone'))
  .and(named((key) => /tariff|price/i.test(key), 'tariff'))

/** W, in a device; null where nobody measured it. */
const watts = z.number().nullable()
const deviceSchema = z.object({
  id: z.union([text, z.number()]),
  name: text,
  cluster: z.union([z.number(), z.string()]).nullable(),
  device_state: z.string(),
  is_on: z.boolean().nullable(),
  avg_power: watts,
  avg_thd: z.number().nullable(),
  power_factor: z.number().min(-1).max(1).nullable(),
  last_seen: moment,
})
const some = <Item>(item: z.ZodType<Item>) => z.array(item).min(1, 'is empty in a demo that has devices')

const countsSchema = z.object({
  stored: z.number().int().min(0),
  repeated: z.number().int().min(0),
  rejected: z.number().int().min(0),
  reasons: z.array(z.looseObject({ reason: text })),
})

/** A minute of readings an hour ago, and what cannot be one. */
function batchOf(mark: string) {
  const start = Math.floor(Date.now() / 1000) - 3600
  const good = Array.from({ length: 60 }, (_, second) => ({ timestamp: start + second, power_total: 500 + second, voltage: 230 }))
  // Solar export is normal input.
  const exporting = { timestamp: start + 60, power_total: -1200 }
  return { building_id: `${mark}_b`, readings: [...good, exporting, { timestamp: start + 61, power_total: 'much' }] }
}

export const siteRows: readonly Row[] = [
  endpoint({
    method: 'GET',
    path: '/api/metrics/summary',
    answer: z.object({
      total_devices: z.number().int().min(1),
      total_power: z.number(),
      avg_power: watts,
      avg_power_factor: z.number().min(-1).max(1).nullable(),
      avg_thd: z.number().nullable(),
      timestamp: moment,
      devices: some(deviceSchema.pick({ name: true, device_state: true, avg_power: true })),
    }),
  }),
  endpoint({ method: 'GET', path: '/api/devices', answer: some(deviceSchema) }),
  endpoint({
    method: 'GET',
    path: '/api/devices/summary',
    answer: some(deviceSchema.pick({ cluster: true, name: true, device_state: true, avg_power: true, avg_thd: true })),
  }),
  endpoint({
    method: 'GET',
    path: '/api/v1/sites',
    answer: z.union([z.array(siteSchema), z.object({ data: z.array(siteSchema) }).transform(({ data }) => data)]),
    async holds(sites, world) {
      expect(sites.length > 0, 'The demo account sees no site')
      const foreign = await world.foreignSite()
      expect(!sites.some(({ id }) => id === foreign), "Another account's site is in the list")
    },
  }),
  {
    name: 'POST /api/v1/sites; PUT, DELETE /api/v1/sites/{id}',
    async check(world) {
      const site = await madeSite(world)
      const path = `/api/v1/sites/${site}`
      const body = { ...newSite(world.mark), name: `Renamed ${world.mark}`, buildings: [] }
      for (const variant of [path, `${path}/`]) {
        const changed = await world.ask('admin', 'PUT', variant, { body })
        expectStatus(changed, 200)
        expect(readAnswer(changed, siteSchema).name === body.name, 'The name is not changed')
      }
      const wrong = { ...body, timeZone: 'Atlantis/Capital' }
      expectProblem(await world.ask('admin', 'PUT', path, { body: wrong }), [400, 422], 'timeZone')
      expectProblem(await world.ask('admin', 'POST', '/api/v1/sites', { body: wrong }), [400, 422], 'timeZone')
      expectProblem(await world.ask('nobody', 'POST', '/api/v1/sites', { body }), 401)
      for (const method of ['PUT', 'DELETE']) {
        expectProblem(await world.ask('nobody', method, path, { body }), 401)
        expectProblem(await world.ask('user', method, path, { body }), [403, 404])
      }
      expectStatus(await world.ask('admin', 'DELETE', `${path}/`), [200, 204])
      expectProblem(await world.ask('admin', 'GET', path), 404)
    },
  },
  endpoint({ method: 'GET', path: '/api/v1/sites/{site}', name: 'GET /api/v1/sites/{id}', answer: siteSchema }),
  endpoint({
    method: 'GET',
    path: '/api/v1/sites/{site}/metrics',
    name: 'GET /api/v1/sites/{id}/metrics',
    answer: z.looseObject({}),
    holds(metrics) {
      const keys = Object.keys(metrics)
      for (const part of [/power/i, /energy/i, /cost/i, /quality/i]) {
        expect(keys.some((key) => part.test(key)), `It has nothing of ${part.source}: ${keys.join(', ')}`)
      }
    },
  }),
  {
    name: 'POST /api/v1/sites/{id}/readings',
    async check(world) {
      const path = `/api/v1/sites/${await world.foreignSite()}/readings`
      const body = batchOf(world.mark)
      const send = async (where: string) => {
        const answer = await world.ask('admin', 'POST', where, { body })
        expectStatus(answer, [200, 201, 202, 207])
        return readAnswer(answer, countsSchema)
      }
      const first = await send(path)
      expect(first.stored === 61 && first.rejected === 1, `Of 61 readings and 1 of nonsense: ${JSON.stringify(first)}`)
      const again = await send(`${path}/`)
      expect(again.stored === 0 && again.repeated === 61, `The same batch again: ${JSON.stringify(again)}`)
      expect(again.reasons.length === 1, 'The rejected reading has no reason')
      expectProblem(await world.ask('nobody', 'POST', path, { body }), 401)
      expectProblem(await world.ask('user', 'POST', path, { body }), [403, 404])
      expectProblem(await world.ask('admin', 'POST', '/api/v1/sites/no-such-site/readings', { body }), 404)
      expectProblem(await world.ask('admin', 'POST', path, { body: { readings: 'none' } }), [400, 422], 'readings')
    },
  },
]

/** Made at the path with a slash at its end. */
async function madeSite(world: World): Promise<string> {
  const mark = `${world.mark}x`
  const answer = await world.ask('admin', 'POST', '/api/v1/sites/', { body: newSite(mark) })
  expectStatus(answer, [200, 201])
  const { id, name } = readAnswer(answer, siteSchema)
  world.removeAtEnd(() => world.ask('admin', 'DELETE', `/api/v1/sites/${id}`))
  expect(name === newSite(mark).name, 'The name is not what was sent')
  return id
}
