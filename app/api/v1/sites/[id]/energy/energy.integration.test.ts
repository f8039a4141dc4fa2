import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { energyReportSchema, siteMetricsSchema } from '@/lib/contracts/energy'
import { energyOverviewSchema } from '@/lib/contracts/energy-overview'
import { problemSchema } from '@/lib/contracts/problem'
import { hourlyValuesStoredSchema, siteTariffsSchema, tariffSchema } from '@/lib/contracts/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { closeSharedLiveStore } from '@/lib/services/shared-live-store'
import { setCheckpoint, writeMadeUpMinutes } from '@/scripts/testing/made-up-minutes'
import { makeSite, makeUser, TEST_SECRET, type TestSite, type TestUser } from '@/scripts/testing/place-fixtures'
import * as carbonFactors from '../carbon/factors/route'
import * as metrics from '../metrics/route'
import * as overview from '../overview/route'
import * as prices from '../prices/route'
import * as pricesCsv from '../prices/csv/route'
import * as raw from '../raw/route'
import * as rooms from '../rooms/route'
import * as tariffs from '../tariffs/route'
import * as tariff from '../tariffs/[tariffId]/route'
import * as exported from './export/route'
import * as energy from './route'

const HOUR = 3600
const NOW = Math.floor(Date.now() / 1000 / HOUR) * HOUR
const FROM = NOW - 20 * 24 * HOUR

let owner: TestUser
let site: TestSite

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), REDIS_URL: inject('redisUrl'), NEXTAUTH_SECRET: TEST_SECRET })
  owner = await makeUser('operator')
  site = await makeSite([owner])
  await writeMadeUpMinutes({ buildingKey: site.buildingKey, fromSeconds: FROM, toSeconds: NOW, hasSolar: true })
  await setCheckpoint(pool(), site.buildingKey, NOW - 5000)
})
afterAll(async () => {
  await closeSharedLiveStore()
  await closePool()
})

type Handler = typeof energy.GET
interface Ask {
  user?: TestUser | null
  method?: string
  query?: string
  body?: unknown
  text?: string
  params?: Record<string, string>
}

function ask(
  handler: Handler,
  { user = owner, method = 'GET', query = '', body, text, params = {} }: Ask = {},
): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/sites/${site.id}?${query}`, {
    method,
    headers: user ? { cookie: `next-auth.session-token=${user.token}` } : {},
    body: text ?? (body === undefined ? undefined : JSON.stringify(body)),
  })
  return handler(request, { params: Promise.resolve({ id: site.id, ...params }) })
}

const PERIOD = `from=${FROM}&to=${NOW}`
const FLAT = { name: 'Flat', validFrom: '2020-01-01', rate: { kind: 'flat', pricePerKwh: 0.4 } }

describe('what was drawn, over HTTP', () => {
  it.each([
    ['energy', energy.GET, PERIOD],
    ['its export', exported.GET, PERIOD],
    ['metrics', metrics.GET, ''],
    ['overview', overview.GET, ''],
    ['a raw day', raw.GET, `day=${NOW - 1}`],
    ['tariffs', tariffs.GET, ''],
    ['prices', prices.GET, PERIOD],
    ['CO2 factors', carbonFactors.GET, ''],
    ['rooms', rooms.GET, ''],
  ])('%s: answers a member, 404 to another tenant, 401 to nobody', async (_, handler, query) => {
    expect((await ask(handler as Handler, { query })).status).toBe(200)
    expect((await ask(handler as Handler, { query, user: await makeUser('operator') })).status).toBe(404)
    expect((await ask(handler as Handler, { query, user: null })).status).toBe(401)
  })

  it.each([
    ['tariffs', tariffs.POST, FLAT],
    ['prices', prices.POST, { values: [{ startsAt: '2026-01-01T00:00:00Z', value: 0.1 }] }],
    ['CO2 factors', carbonFactors.PUT, { data: [] }],
    ['rooms', rooms.PUT, { rooms: [] }],
  ])('%s: are not for viewers to change, nor for another tenant', async (_, handler, body) => {
    expect((await ask(handler as Handler, { method: 'POST', body, user: await makeUser('viewer') })).status).toBe(403)
    expect((await ask(handler as Handler, { method: 'POST', body, user: await makeUser('operator') })).status).toBe(404)
  })

  it.each([
    ['from', `from=yesterday&to=${NOW}`],
    ['to', `from=${NOW}&to=${FROM}`],
    ['granularity', `from=2020-01-01&to=2026-01-01&granularity=hour`],
    ['by', `${PERIOD}&by=colour`],
  ])('names %s where it is wrong', async (field, query) => {
    const response = await ask(energy.GET, { query })
    expect(response.status).toBe(422)
    expect(problemSchema.parse(await response.json()).errors?.[0]?.field).toBe(`query.${field}`)
  })

  it('exports the same sums that it answers, as CSV and as Parquet', async () => {
    const report = energyReportSchema.parse(await (await ask(energy.GET, { query: `${PERIOD}&granularity=day` })).json())
    const parquet = await (await ask(exported.GET, { query: `${PERIOD}&granularity=day&format=parquet` })).arrayBuffer()
    const rows = (await parquetReadObjects({ file: parquet })) as {
      from: Date
      item: string
      energy_kwh: number | null
      cost: number | null
    }[]
    for (const bucket of report.buckets) {
      const own = rows.filter(({ from }) => from.getTime() / 1000 === bucket.from)
      expect(own.reduce((sum, row) => sum + (row.energy_kwh ?? 0), 0)).toBeCloseTo(bucket.energyKwh ?? 0, 9)
      expect(own.reduce((sum, row) => sum + (row.cost ?? 0), 0)).toBeCloseTo(bucket.cost ?? 0, 9)
    }
    const response = await ask(exported.GET, { query: `${PERIOD}&granularity=day&format=csv` })
    expect(response.headers.get('content-disposition')).toContain('.csv"')
    const [header, ...lines] = (await response.text())
      .trim()
      .split('\r\n')
      .map((line) => line.split(','))
    const column = header!.indexOf('energy_kwh')
    expect(lines.length).toBe(rows.length)
    expect(lines.reduce((sum, cells) => sum + Number(cells[column]), 0)).toBeCloseTo(report.total.energyKwh!, 9)
    expect(lines[0]![0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00$/)
  })

  it('agrees in metrics, overview and energy', async () => {
    const now = siteMetricsSchema.parse(await (await ask(metrics.GET)).json())
    const { month, today } = energyOverviewSchema.parse(await (await ask(overview.GET)).json())
    const report = energyReportSchema.parse(
      await (await ask(energy.GET, { query: `from=${month.from}&to=${month.to}&granularity=month` })).json(),
    )
    expect(now.energy.monthKwh).toBeCloseTo(month.total.energyKwh!, 9)
    expect(now.energy.todayKwh === null).toBe(today.energyKwh === null)
    expect(report.total.energyKwh).toBeCloseTo(month.total.energyKwh!, 9)
    expect(report.buckets).toHaveLength(1)
  })

  it('adds up rooms to the same meter', async () => {
    const stands = { buildingId: site.buildingId, appliance: 'Refrigerator', room: 'Kitchen' }
    expect((await ask(rooms.PUT, { method: 'PUT', body: { rooms: [stands] } })).status).toBe(200)
    expect((await ask(rooms.PUT, { method: 'PUT', body: { rooms: [{ ...stands, buildingId: 'elsewhere' }] } })).status).toBe(
      404,
    )
    const report = energyReportSchema.parse(await (await ask(energy.GET, { query: `${PERIOD}&by=room` })).json())
    expect(report.items.map(({ label }) => label).sort()).toEqual(['Everything else', 'Fed in', 'Kitchen', 'No room'])
    expect(report.total.items.reduce((sum, item) => sum + item.energyKwh, 0)).toBeCloseTo(report.total.energyKwh!, 9)
  })
})

describe('prices, over HTTP', () => {
  it('a tariff is entered, corrected and deleted; a day carries one', async () => {
    const created = await ask(tariffs.POST, { method: 'POST', body: FLAT })
    expect(created.status).toBe(201)
    const { id, currency } = tariffSchema.parse(await created.json())
    expect(currency).toBe('EUR')
    expect((await ask(tariffs.POST, { method: 'POST', body: FLAT })).status).toBe(409)
    const own = { params: { tariffId: id } }
    const corrected = await ask(tariff.PUT, {
      ...own,
      method: 'PUT',
      body: { ...FLAT, rate: { kind: 'flat', pricePerKwh: 0.5 } },
    })
    expect(tariffSchema.parse(await corrected.json()).rate).toEqual({ kind: 'flat', pricePerKwh: 0.5 })
    expect((await ask(tariff.DELETE, { ...own, method: 'DELETE', user: await makeUser('operator') })).status).toBe(404)
    expect((await ask(tariff.DELETE, { ...own, method: 'DELETE' })).status).toBe(200)
    expect(siteTariffsSchema.parse(await (await ask(tariffs.GET)).json()).data).toEqual([])
  })

  it.each([
    ['a day that does not exist', { ...FLAT, validFrom: '2025-02-30' }],
    [
      'blocks that do not rise',
      {
        ...FLAT,
        rate: {
          kind: 'tiered',
          blocks: [
            { upToKwh: 50, pricePerKwh: 1 },
            { upToKwh: 20, pricePerKwh: 1 },
            { upToKwh: null, pricePerKwh: 1 },
          ],
        },
      },
    ],
    [
      'a time off the quarter',
      {
        ...FLAT,
        rate: {
          kind: 'time_of_use',
          defaultPricePerKwh: 1,
          windows: [{ name: 'x', weekdays: [1], from: '06:10', to: '07:00', pricePerKwh: 1 }],
        },
      },
    ],
  ])('refuses %s', async (_, body) => {
    expect((await ask(tariffs.POST, { method: 'POST', body })).status).toBe(422)
  })

  it('hourly prices come as JSON or CSV; sending them twice changes nothing', async () => {
    const text = 'timestamp,price\n2026-01-01T00:00:00Z,90\n2026-01-01T01:00:00Z,110\nlater,1\n'
    for (let time = 0; time < 2; time++) {
      const answer = await ask(pricesCsv.POST, { method: 'POST', text, query: 'per=MWh' })
      expect(hourlyValuesStoredSchema.parse(await answer.json())).toMatchObject({
        stored: 2,
        rejectedCount: 1,
        rejected: [{ line: 4 }],
      })
    }
    const body = { values: [{ startsAt: '2026-01-01T02:00:00+00:00', value: 0.2 }] }
    expect((await ask(prices.POST, { method: 'POST', body })).status).toBe(200)
    const stored: unknown = await (await ask(prices.GET, { query: 'from=2026-01-01&to=2026-01-02' })).json()
    expect((stored as { data: { value: number }[] }).data.map(({ value }) => value)).toEqual([0.09, 0.11, 0.2])
  })
})
