import { expect, test, type Page } from '@playwright/test'
import { logIn } from './log-in'

/** All that the browser complains about: what a policy blocked, what did not load, what threw. */
function complaints(page: Page): string[] {
  const found: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') found.push(message.text())
  })
  page.on('pageerror', (error) => found.push(error.message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    const own = new URL(test.info().project.use.baseURL ?? '').origin
    if (/^(http|ws)/.test(protocol) && origin !== own) found.push(`asked ${origin}`)
  })
  return found
}

test('the live page works under the policy, without a complaint, and its scripts carry the nonce', async ({ page }) => {
  const found = complaints(page)
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  await expect(page.getByTestId('freshness')).toBeVisible()
  const response = await page.reload()
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
  expect(policy).not.toContain('unsafe-eval')
  await expect(page.getByTestId('freshness')).toContainText(/Live/)
  expect(found).toEqual([])
})

test('the reference can be read and tried without another host', async ({ page }) => {
  const found = complaints(page)
  await page.goto('/docs')
  await expect(page.getByRole('heading', { name: /Undercurrent/ })).toBeVisible()
  // Only what is in view is drawn.
  await page.getByPlaceholder('Filter by tag or path').fill('health')
  await page.getByText('The state of the application and of what it needs').first().click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.locator('.live-responses-table .response .response-col_status').first()).toContainText('200')
  await page.goto('/redoc')
  await expect(page.getByRole('heading', { name: 'Undercurrent API' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Past runs of appliances, newest first' })).toBeVisible()
  expect(found).toEqual([])
})

test('the paths of older clients answer like those under /api, a trailing slash or not, never by a redirect', async ({ request }) => {
  for (const path of ['/health', '/health/', '/api/health', '/api/health/', '/api/openapi.json/', '/docs/']) {
    expect((await request.get(path, { maxRedirects: 0 })).status(), path).toBe(200)
  }
  for (const path of ['/api/v1/sites/', '/metrics', '/metrics/']) {
    expect((await request.get(path, { maxRedirects: 0 })).status(), path).toBe(401)
  }
  const missing = await request.post('/chat/history/x', { maxRedirects: 0 })
  expect(missing.headers()['content-type'], 'only the methods that older clients use').toContain('text/html')
})

test('the front page is JSON for a program and a page for a browser', async ({ request }) => {
  const program = await request.get('/', { headers: { accept: '*/*' } })
  expect(await program.json()).toMatchObject({ name: 'Undercurrent', docs: '/docs' })
  const browser = await request.get('/', { headers: { accept: 'text/html,*/*' }, maxRedirects: 0 })
  expect(browser.status()).toBe(307)
})

test('the built application describes every route it serves', async ({ request }) => {
  const document = (await (await request.get('/api/openapi.json')).json()) as { openapi: string; paths: object }
  expect(document.openapi).toMatch(/^3\.1/)
  const some = ['/api/health', '/api/v1/sites', '/api/v1/sites/{id}/live', '/metrics']
  expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(some))
})
