import { expect, test, type Page } from '@playwright/test'
import { logIn } from './log-in'

const ADMIN = { username: 'admin', password: 'admin123' }
const PAGES = ['/admin/health', '/admin/performance', '/admin/jobs', '/admin/models', '/admin/cache', '/admin/users', '/admin/audit']

async function logInAsAdmin(page: Page): Promise<void> {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
}

/** Every process reports every few seconds, a busy one when it comes to it. */
const REPORTED_MILLISECONDS = 45_000

const onNav = (page: Page, name: string) => page.getByRole('navigation', { name: 'Administration' }).getByRole('link', { name })

test('an administrator walks through health, performance, jobs, models and the cache', async ({ page }) => {
  test.slow()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await logInAsAdmin(page)
  await page.getByRole('button', { name: 'Account of admin' }).click()
  await page.getByRole('menuitem', { name: 'Administration' }).click()

  await expect(page).toHaveURL(/\/admin\/health/)
  await expect(onNav(page, 'Health')).toHaveAttribute('aria-current', 'page')
  const processes = page.getByRole('region', { name: 'Processes' })
  for (const name of ['Web', 'Inference worker', 'Gateway', 'Jobs worker', 'Learning worker']) {
    await expect(processes.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) })).toContainText('Running')
  }
  await expect(page.getByRole('region', { name: 'Stream of readings' })).toContainText('Demo home')
  await expect(page.getByRole('region', { name: 'Storage' })).toContainText('power_raw')

  // Every process takes the level over while the page is watched, and goes back when it is ended.
  const logLevel = page.getByRole('region', { name: 'Log level' })
  await logLevel.getByLabel('Log', { exact: true }).selectOption('debug')
  await logLevel.getByLabel('For').selectOption('5')
  await logLevel.getByRole('button', { name: 'Set for all processes' }).click()
  await expect(logLevel.getByRole('status')).toContainText('set by admin')
  await expect(processes.getByText('debug', { exact: true })).toHaveCount(5, { timeout: REPORTED_MILLISECONDS })
  await logLevel.getByRole('button', { name: 'End now' }).click()
  await expect(processes.getByText('debug', { exact: true })).toHaveCount(0, { timeout: REPORTED_MILLISECONDS })

  await onNav(page, 'Performance').click()
  await expect(page.getByRole('region', { name: 'Requests by route' })).toContainText('/api/v1/log-level')
  await expect(page.getByRole('region', { name: 'Runs of the models' }).locator('svg').first()).toBeAttached()

  await onNav(page, 'Jobs').click()
  await expect(page.getByRole('heading', { name: 'Jobs', level: 1 })).toBeVisible()

  await onNav(page, 'Models').click()
  await expect(page.getByRole('region', { name: 'Versions that ran here' })).toContainText('In use')
  await page.getByText('Show the card with its figures').click()
  const figure = page.getByRole('img', { name: /Mean absolute error by home/ })
  await figure.scrollIntoViewIfNeeded()
  await expect.poll(() => figure.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBeGreaterThan(0)

  await onNav(page, 'Assistant and cache').click()
  await page.getByRole('button', { name: 'Empty the cache' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the cache' }).click()
  await expect(page.getByRole('region', { name: 'Cache of answers' }).getByRole('status')).toContainText(/empty|forgotten/)

  await onNav(page, 'Audit log').click()
  for (const action of ['cache.flush', 'log-level.set', 'log-level.end']) await expect(page.getByText(action).first()).toBeVisible()
  expect(errors).toEqual([])
})

test('an import shows up as a job, which can be tried again after it was cancelled', async ({ page, request }) => {
  test.slow()
  const login = await request.post('/api/auth/login', { data: ADMIN })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const headers = { authorization: `Bearer ${token}` }
  const { data } = (await (await request.get('/api/v1/sites', { headers })).json()) as { data: { id: string; buildings: { id: string }[] }[] }
  const name = `meter-${Date.now()}.csv`
  const lines = Array.from({ length: 50 }, (_, index) => `2019-03-01T00:00:${String(index).padStart(2, '0')}Z,${100 + index}`)
  const upload = await request.post(`/api/v1/sites/${data[0]?.id}/imports?building=${data[0]?.buildings[0]?.id}&name=${name}`, {
    headers: { ...headers, 'content-type': 'text/csv' },
    data: ['timestamp,power', ...lines].join('\n'),
  })
  expect(upload.status(), await upload.text()).toBeLessThan(300)

  await logInAsAdmin(page)
  await page.goto('/admin/jobs')
  const job = page.getByRole('listitem').filter({ hasText: name })
  await expect(job).toContainText('Not started')
  await job.getByRole('button', { name: /Cancel/ }).click()
  await page.getByRole('button', { name: 'Cancel the job' }).click()
  await expect(job).toContainText('Cancelled')
  await job.getByRole('button', { name: /Try again/ }).click()
  await expect(job).not.toContainText('Cancelled')
  await page.getByRole('link', { name: /^Done/ }).click()
  await expect(page).toHaveURL(/state=done/)
})

for (const width of [320, 390]) {
  test(`the pages of administration do not scroll sideways on a phone of ${width} pixels`, async ({ page }) => {
    test.slow()
    await page.setViewportSize({ width, height: 844 })
    await logInAsAdmin(page)
    for (const path of PAGES) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
    }
  })
}

test('nobody else finds these pages', async ({ page }) => {
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  for (const path of ['/admin', ...PAGES]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: 'Nothing here' }), path).toBeVisible()
  }
})
