// What a household looks up: the month, what is behind it, and the same figures as a file.
import { readFile } from 'node:fs/promises'
import { expect, test, type Page } from '@playwright/test'
import { parquetReadObjects } from 'hyparquet'
import { expectAccessible } from './expect-accessible'
import { logIn } from './log-in'

const ENERGY = /\d\s*(k?Wh)/

async function openPage(page: Page, path: string): Promise<void> {
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

/** A button of a page that has just come may be there before its code is. */
async function asTable(page: Page, title: RegExp): Promise<void> {
  const button = page.getByRole('group', { name: title }).getByRole('button', { name: 'Table' })
  await expect(async () => {
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true', { timeout: 1_000 })
  }).toPass()
}

const yesterday = () => {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' })
  return parts.format(Date.now() - 86_400_000)
}

test('overview: the month, what it costs, and a click away the day behind a figure', { tag: '@phone' }, async ({ page }) => {
  await openPage(page, '/overview')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/€/)
  for (const name of ['Now', 'Today', 'Against last month', 'Against a year ago', 'Always on', 'Highest demand this month']) {
    await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible()
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'Refrigerator' })).toContainText(ENERGY)
  await expect(page.locator('.recharts-bar-rectangle path').first()).toBeVisible()
  await asTable(page, /^Days of .* as$/)
  const days = page.getByRole('region', { name: 'Energy by day and appliance' }).getByRole('row').filter({ hasText: ENERGY })
  await expectAccessible(page, 'the table of days')
  const { width } = page.viewportSize() ?? { width: 0 }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  await days.last().getByRole('link').click()
  await expect(page).toHaveURL(/\/history\?.*view=day/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(ENERGY)
})

test('history: from the year down to a day by clicks, compared, and up to single readings', { tag: '@phone' }, async ({ page }) => {
  // A dozen pages one after the other.
  test.slow()
  await openPage(page, `/history?view=year&date=${yesterday()}`)
  // A bar is where something was measured: what it opens has figures, without the pointer having rested there.
  for (const view of ['month', 'day']) {
    await page.locator('.recharts-bar-rectangle path').last().click()
    await expect(page).toHaveURL(new RegExp(`view=${view}`))
    await expect(page.getByRole('heading', { level: 1 })).toContainText(ENERGY)
  }
  await page.goto(`/history?view=day&date=${yesterday()}`)
  await expect(page.getByText(/readings\. Drag over the chart/)).toBeVisible()
  const compare = page.getByRole('navigation', { name: 'Compare with' })
  await compare.getByRole('link', { name: 'Day before' }).click()
  await expect(page.getByText(/compared with|nothing measured to compare with/i)).toBeVisible()
  await compare.getByRole('link', { name: 'Year ago' }).click()
  await expect(page.getByText(/nothing measured to compare with/i)).toBeVisible()
  await page.getByRole('navigation', { name: 'Group by' }).getByRole('link', { name: 'Rooms' }).click()
  await expect(page.getByText('No appliance has a room yet.')).toBeVisible()
  await page.getByRole('group', { name: 'Unit' }).getByRole('button', { name: 'EUR' }).click()
  await expect(page.getByRole('heading', { name: 'Cost of energy' })).toBeVisible()
  await page.getByRole('link', { name: 'The day before' }).click()
  await expect(page.getByRole('link', { name: 'The day after' })).toBeVisible()
})

interface ExportRow {
  from: string | Date
  item: string
  energy_kwh: string | number | null
  cost: string | number | null
}

async function download(page: Page, panel: string, format: string): Promise<{ name: string; bytes: Buffer }> {
  const link = page.getByRole('region', { name: panel }).getByRole('link', { name: `Download as ${format}` })
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

/** No cell of these exports holds a comma or a quote. */
function csvRows(bytes: Buffer): Record<string, string>[] {
  const [header = '', ...lines] = bytes.toString('utf8').trim().split('\r\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at], cell])))
}

const parquetRows = ({ buffer, byteOffset, byteLength }: Buffer) =>
  parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer })

const sumOf = (rows: ExportRow[]) => rows.reduce((sum, { energy_kwh }) => sum + Number(energy_kwh ?? 0), 0)

test('what is on screen is in the CSV and the Parquet, and adds up to the meter', async ({ page }) => {
  const date = yesterday()
  await openPage(page, `/history?view=day&date=${date}`)
  const csv = await download(page, 'Energy', 'CSV')
  const parquet = await download(page, 'Energy', 'Parquet')
  expect([csv.name, parquet.name]).toEqual([expect.stringMatching(/\.csv$/), expect.stringMatching(/\.parquet$/)])
  const rows = csvRows(csv.bytes) as unknown as ExportRow[]
  const same = (await parquetRows(parquet.bytes)) as ExportRow[]
  expect(same.map(({ from, item, energy_kwh, cost }) => [Number(new Date(from)), item, energy_kwh, cost])).toEqual(
    rows.map(({ from, item, energy_kwh, cost }) => [Date.parse(String(from)), item, numberOf(energy_kwh), numberOf(cost)]),
  )
  const next = new Date(Date.parse(`${date}T12:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  const report = await page.request.get(`/api/v1/sites/site_demo/energy?from=${date}&to=${next}&granularity=hour&by=appliance`)
  const { total } = (await report.json()) as { total: { energyKwh: number } }
  expect(sumOf(rows)).toBeCloseTo(total.energyKwh, 6)

  await expect(page.getByText(/readings\. Drag over the chart/)).toBeVisible()
  const note = await page.getByText(/readings\. Drag over the chart/).innerText()
  const raw = csvRows((await download(page, 'Every reading · Main meter', 'CSV')).bytes)
  expect(raw).toHaveLength(Number(/^[\d,]+/.exec(note)?.[0].replaceAll(',', '')))
  const rawParquet = await parquetRows((await download(page, 'Every reading · Main meter', 'Parquet')).bytes)
  expect(rawParquet.map(({ power_watts }) => power_watts)).toEqual(raw.map(({ power_watts }) => Number(power_watts)))
})

const numberOf = (cell: string | number | null) => (cell === '' || cell === null ? null : Number(cell))

test('an appliance says what a run is like and how its weeks went, as charts and as tables', async ({ page }) => {
  await openPage(page, '/appliances/Refrigerator')
  for (const fact of ['Last run', 'A run costs', 'Runs a week', 'On', 'Trend', 'Standby']) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible()
  }
  await asTable(page, /^A typical run as$/)
  await asTable(page, /^Week by week as$/)
  await expect(page.getByRole('table')).toHaveCount(2)
  await expectAccessible(page, 'an appliance as tables')
  await page.getByRole('link', { name: 'Say what a run really was' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Runs' })).toBeVisible()
})
