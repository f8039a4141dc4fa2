import { expect, test, type Page } from '@playwright/test'
import { ADMIN, logIn } from './log-in'

/** Within the time for which every reading is kept. */
const DAYS_BACK = 6

/** An hour with two kettles on a day of its own, one row of nonsense in it, in kW with decimal commas. */
function meterFile(): { name: string; mimeType: string; buffer: Buffer } {
  const start = Math.floor(Date.now() / 1000) - DAYS_BACK * 86_400
  const rows = Array.from(
    { length: 3600 },
    (_, i) => `${Math.floor(start) + i};${i % 1800 > 600 && i % 1800 < 760 ? '2,1' : '0,12'}`,
  )
  return { name: 'cellar.csv', mimeType: 'text/csv', buffer: Buffer.from(['Zeit;Leistung', ...rows, 'never;1,0'].join('\n')) }
}

async function openImport(page: Page): Promise<void> {
  await logIn(page, ADMIN)
  await page.waitForURL(/\/live/)
  await page.goto('/import')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import')
}

test('a file is shown as it would be read, corrected, imported and reported, and again changes nothing', async ({ page }) => {
  const file = meterFile()
  await openImport(page)
  await page.locator('input[type=file]').setInputFiles(file)
  await expect(page.getByRole('heading', { name: 'How cellar.csv is read' })).toBeVisible()
  await expect(page.getByText('decimal comma')).toBeVisible()
  const firstRow = page.getByRole('region', { name: 'First rows' }).getByRole('row').nth(1)
  await expect(firstRow).toContainText('0.12')
  await page.getByLabel('Unit of Leistung').selectOption('kW')
  await expect(firstRow).toContainText('120')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const job = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'cellar.csv' }) })
    .first()
  await expect(job).toContainText(/Imported ·/, { timeout: 60_000 })
  await expect(job).toContainText('Rejected: time unreadable (1)')
  await expect(job.getByRole('definition').nth(1)).toHaveText('3,600')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    job.getByRole('link', { name: 'Download the rejected rows' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('cellar.csv.rejected.csv')

  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByLabel('Unit of Leistung').selectOption('kW')
  await expect(firstRow).toContainText('120')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  const again = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'cellar.csv' }) })
    .first()
  await expect(again).toContainText('Already there3,600', { timeout: 60_000 })
})

const PEOPLE = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from('name,age\nAnn,3\n') }

test('what is no measurement is refused with what to do', async ({ page }) => {
  await openImport(page)
  await page.locator('input[type=file]').setInputFiles(PEOPLE)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('people.csv has no column of times')
})

test('a file chosen before the scripts of the page have come is not lost', async ({ page }) => {
  await logIn(page, ADMIN)
  await page.waitForURL(/\/live/)
  let setChosen = () => {}
  const chosen = new Promise<void>((resolve) => {
    setChosen = resolve
  })
  await page.route('**/_next/static/**/*.js', async (route) => {
    await chosen
    await route.continue()
  })
  await page.goto('/import', { waitUntil: 'commit' })
  await page.locator('input[type=file]').setInputFiles(PEOPLE)
  setChosen()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('people.csv has no column of times')
})

test('a viewer is told who may import', async ({ page }) => {
  await logIn(page)
  await page.waitForURL(/\/live/)
  await page.goto('/import')
  await expect(page.getByText('Operators and administrators bring measurements')).toBeVisible()
})
