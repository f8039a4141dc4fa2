// What looks wrong, what wears out, what comes, alerts and models: each page says what the API says, on a desktop and a phone.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, type Page } from '@playwright/test'
import { logIn, ADMIN } from './log-in'
import { makeWornHome, type WornHome } from './worn-home'

test.describe.configure({ mode: 'serial' })

/** The background looks at new sites every twenty seconds. */
const FOUND_MILLISECONDS = 120_000
/** The first forecast of a site tries out all methods on its past. */
const FORECAST_MILLISECONDS = 90_000
/** A refit compares all methods of each series that was asked for. */
const REFIT_MILLISECONDS = 400_000

let home: WornHome
let page: Page

test.beforeAll(async ({ browser }) => {
  home = await makeWornHome()
  page = await (await browser.newContext(test.info().project.use)).newPage()
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
})
test.afterAll(async () => {
  await page?.context().close()
  await home?.remove()
})

async function ask<Answer>(path: string): Promise<Answer> {
  const answer = await page.request.get(path)
  expect(answer.status(), path).toBe(200)
  return (await answer.json()) as Answer
}

async function expectToFit(): Promise<void> {
  const { width } = page.viewportSize() ?? { width: 0 }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
}

test('what looks wrong is found by itself, and its page shows what was measured and what was expected', { tag: '@phone' }, async () => {
  test.setTimeout(FOUND_MILLISECONDS + 60_000)
  interface Found { id: string; type: string; value: number; expectedValue: number; message: string }
  const list = async () => (await ask<{ data: Found[] }>(`/api/v1/anomalies?siteId=${home.siteId}`)).data
  await expect.poll(async () => (await list()).length, { timeout: FOUND_MILLISECONDS, intervals: [2_000] }).toBeGreaterThan(0)
  const found = (await list()).find(({ type }) => type === 'unusual_consumption')
  if (!found) throw new Error('The three kilowatts of the last hours were not found.')
  await page.goto(`/insights?site=${home.siteId}`)
  const card = page.locator(`[data-anomaly="${found.id}"]`)
  await expect(card.getByRole('heading')).toHaveText('Unusual consumption')
  await expect(card.getByRole('img')).toBeVisible()
  await expectToFit()
  await card.getByRole('link', { name: /Unusual consumption/ }).click()
  await expect(page).toHaveURL(new RegExp(`/insights/${found.id}`))
  await expect(page.getByRole('img', { name: /expected/i })).toBeVisible()
  const { curve } = await ask<{ curve: [number, number | null, number | null][] }>(`/api/v1/anomalies/${found.id}`)
  const table = page.getByRole('table')
  await expect(table.getByRole('row')).toHaveCount(curve.length + 1)
  const [, measured, expected] = curve.findLast(([, value, usual]) => value !== null && usual !== null) ?? []
  expect(measured).toBeGreaterThan((expected ?? 0) + 2000)
  await expectToFit()
  await page.getByRole('button', { name: 'False alarm' }).click()
  await expect.poll(async () => (await list()).find(({ id }) => id === found.id)).toMatchObject({ status: 'dismissed' })
  await page.goto(`/insights?site=${home.siteId}`)
  await expect(page.locator(`[data-anomaly="${found.id}"]`)).toHaveCount(0)
})

test('what wears out is listed by urgency, and its page shows its weeks', { tag: '@phone' }, async () => {
  interface Entry { assetId: string; daysUntilMaintenance: number; type: string }
  const { data: [entry] } = await ask<{ data: Entry[] }>(`/api/v1/maintenance?siteId=${home.siteId}`)
  expect(entry).toMatchObject({ assetId: `appliance:${home.buildingId}:Refrigerator`, type: 'cooling_duty' })
  await page.goto(`/insights/maintenance?site=${home.siteId}`)
  const due = page.getByRole('region', { name: 'Needs attention' })
  const days = entry?.daysUntilMaintenance ?? 0
  await expect(due).toContainText(days === 0 ? 'due now' : `in ${days} day`)
  await expectToFit()
  await due.getByRole('link', { name: /Refrigerator/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Refrigerator')
  await expect(page.getByRole('heading', { name: 'Compressor time' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('The limit is')
  await expectToFit()
})

test('the forecast shows its band, and how the last day’s did', { tag: '@phone' }, async () => {
  test.setTimeout(FORECAST_MILLISECONDS + 30_000)
  // The page and the API are asked one after the other: an hour may begin in between.
  await expect(async () => {
    await page.goto(`/insights/forecast?site=${home.siteId}`)
    await expect(page.getByRole('heading', { name: 'What comes' })).toBeVisible({ timeout: FORECAST_MILLISECONDS })
    const { data } = await ask<{ data: { predictedPower: string }[] }>(`/api/v1/forecast?siteId=${home.siteId}&horizon=24h`)
    const energyKwh = data.reduce((sum, { predictedPower }) => sum + Number(predictedPower) / 1000, 0)
    interface Report { total: { energyKwh: number; interval: object | null }; lastDay: { actual: number | null }[] }
    const { total, lastDay } = await ask<Report>(`/api/v1/sites/${home.siteId}/forecast?horizon=24h`)
    const text = await page.getByRole('main').innerText()
    const said = (pattern: RegExp) => Number(pattern.exec(text)?.[1])
    expect(Math.abs(said(/The line (?:alone )?adds up to ([\d.]+)\s+kWh/) - energyKwh)).toBeLessThan(0.06)
    if (total.interval) expect(Math.abs(said(/Likely ([\d.]+)\s+kWh in all/) - total.energyKwh)).toBeLessThan(0.06)
    // The home's readings end with the hour before it was made: an hour that has begun and ended since was not measured.
    const measured = lastDay.filter(({ actual }) => actual !== null).length
    expect(measured).toBeGreaterThanOrEqual(23)
    expect(text).toMatch(new RegExp(`\\d+ of ${measured} measured hours lie inside the band`))
  }).toPass({ timeout: FORECAST_MILLISECONDS })
  await expectToFit()
})

test('a rule tells a webhook, whose test is signed and arrives', { tag: '@phone' }, async () => {
  const received: { body: string; signature: string | undefined; timestamp: string | undefined }[] = []
  const server = await listen((body, headers) => received.push({ body, ...headers }))
  try {
    await page.goto(`/insights/alerts?site=${home.siteId}`)
    await page.waitForLoadState('networkidle')
    const channels = page.getByRole('region', { name: 'Channels' })
    await channels.getByRole('button', { name: 'New channel' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Kind').selectOption('webhook')
    await dialog.getByLabel('Address', { exact: true }).fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
    const secret = await dialog.getByLabel('Key for the signature').inputValue()
    await dialog.getByLabel('Name', { exact: true }).fill('My hook')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await channels.getByRole('button', { name: 'Send a test: My hook' }).click()
    await expect(channels.getByRole('listitem').getByRole('status')).toHaveText('The test was sent.')
    expect(received).toHaveLength(1)
    const [{ body, signature, timestamp }] = received as [(typeof received)[number]]
    expect(signature).toContain(createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'))

    const rules = page.getByRole('region', { name: 'Rules' })
    await rules.getByRole('button', { name: 'New rule' }).click()
    await dialog.getByLabel('Alert when').selectOption('no-readings')
    await dialog.getByRole('checkbox', { name: 'My hook' }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(rules).toContainText('tells My hook')
    await expectToFit()
  } finally {
    server.close()
  }
})

test('a model is trained in the background, and where there is nothing to learn the page says so', { tag: '@phone' }, async () => {
  await page.goto(`/insights/models?site=${home.siteId}`)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Train now: Appliances, House' }).click()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await expect(jobs).toContainText('done', { timeout: 45_000 })
  await expect(jobs).toContainText('There was nothing to learn from')
  await expectToFit()
})

test('the forecast is fitted anew in the background, and its versions stand with their figures', { tag: '@phone' }, async () => {
  test.setTimeout(REFIT_MILLISECONDS + 60_000)
  interface Score { mase: number; coverage: number }
  interface Version { id: string; model: string; series: string; horizon: string; status: string; metrics: { hours: number; after: Score } }
  interface Models { jobs: { model: string; status: string; results: { versionId: string }[] }[]; versions: Version[] }
  const models = () => ask<Models>(`/api/v1/sites/${home.siteId}/models`)
  await page.goto(`/insights/models?site=${home.siteId}`)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Train now: Forecast' }).click()
  await expect(page.getByRole('progressbar', { name: 'Progress of the training' })).toBeVisible()
  await expect.poll(async () => (await models()).jobs.find(({ model }) => model === 'forecast')?.status, { timeout: REFIT_MILLISECONDS }).toBe('done')
  const { jobs, versions } = await models()
  const made = jobs.find(({ model }) => model === 'forecast')?.results[0]?.versionId
  const version = versions.find(({ id }) => id === made)
  expect(version).toMatchObject({ series: 'load', horizon: 'day' })
  // A week, but for an hour that has begun and ended since the home was made.
  expect([167, 168]).toContain(version?.metrics.hours)
  const row = page.locator(`[data-version="${made}"]`)
  await expect(row).toContainText('Whole site, up to a day ahead')
  await expect(row).toContainText(`${version?.metrics.after.mase.toFixed(2)} after`)
  await expect(row).toContainText(version?.status === 'active' ? 'in effect' : 'not better')
  // What is served comes from the version in effect.
  const inEffect = versions.find(({ series, horizon, status }) => series === 'load' && horizon === 'day' && status === 'active')
  await expect(page.locator(`[data-version="${inEffect?.id}"]`)).toContainText('in effect')
  const { versionId } = await ask<{ versionId: string }>(`/api/v1/sites/${home.siteId}/forecast`)
  expect(versionId).toBe(inEffect?.id)
  await expectToFit()
})

function listen(onPost: (body: string, headers: { signature: string | undefined; timestamp: string | undefined }) => void): Promise<Server> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const header = (name: string) => request.headers[name]?.toString()
      onPost(Buffer.concat(parts).toString(), { signature: header('x-undercurrent-signature'), timestamp: header('x-undercurrent-timestamp') })
      response.writeHead(204).end()
    })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}
