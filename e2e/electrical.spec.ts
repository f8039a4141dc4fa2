import { expect, test, type Page } from '@playwright/test'
import { logIn } from './log-in'

async function openPage(page: Page, name: string): Promise<void> {
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  await page.getByRole('button', { name: 'More pages' }).click()
  await page.getByRole('menuitem', { name }).click()
}

test('devices name the main meter, and estimates as estimates', async ({ page }) => {
  await openPage(page, 'Devices and clusters')
  await expect(page.getByRole('heading', { level: 1, name: 'Devices and clusters' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Main meter' }).first()).toContainText('power factor')
  await expect(page.getByRole('listitem').filter({ hasText: 'Refrigerator' })).toContainText(/Estimated.*about/s)
  await expect(page.getByRole('heading', { name: 'Clusters', exact: true })).toBeVisible()
})

test('electrical quality is judged where EN 50160 applies, and read as a table', async ({ page }) => {
  await openPage(page, 'Electrical quality')
  await expect(page.getByText('Within limits').first()).toBeVisible()
  await page.getByRole('group', { name: 'Voltage as' }).getByRole('button', { name: 'Table' }).click()
  await expect(page.getByRole('region', { name: 'Voltage by time' }).getByRole('row').nth(1)).toContainText(/V|Not measured/)
  await page.getByRole('button', { name: '7 days' }).click()
  // A head and seven days, which touch an eighth of the calendar unless a day has just ended.
  const rows = page.getByRole('region', { name: 'Voltage by time' }).getByRole('row')
  await expect.poll(async () => [8, 9].includes(await rows.count()), { timeout: 20_000 }).toBe(true)
})

test('a tile leads to the appliance, and that to the timeline, where each run says what it used', async ({ page }) => {
  await logIn(page)
  await page.getByRole('link', { name: 'Refrigerator: runs, cost and trend' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Refrigerator' })).toBeVisible()
  await expect(page.getByTestId('appliance-now')).toContainText(/It (is|was) (on: about|off)/)
  await expect(page.getByRole('img', { name: /^A typical run/ })).toBeVisible()
  await page.getByRole('link', { name: 'See its runs on the timeline' }).click()
  await page.getByRole('link', { name: 'The day before' }).click()
  await expect(page).toHaveURL(/day=/)
  await expect(page.getByRole('link', { name: 'The day after' })).toBeVisible()
  const run = page.getByRole('button', { name: /^Refrigerator at .* about .*Wh/ }).first()
  await run.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('button', { name: /^Refrigerator at/ }).nth(1)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menu')).toContainText(/about .*Wh/)
  // A viewer looks; operators and administrators correct.
  await expect(page.getByRole('menuitemradio')).toHaveCount(0)
})

for (const path of ['/devices', '/power-quality', '/timeline', '/appliances/Refrigerator']) {
  test(`${path} does not scroll sideways on a phone`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 844 })
    await logIn(page)
    await expect(page).toHaveURL(/\/live/)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  })
}
