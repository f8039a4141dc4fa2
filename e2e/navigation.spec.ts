import { expect, test } from '@playwright/test'
import { logIn } from './log-in'

const PAGES = [
  'Live', 'Overview', 'Assistant', 'Insights', 'History', 'Runs', 'Timeline', 'Devices and clusters', 'Electrical quality',
  'Prices and rooms', 'Import',
]

for (const width of [320, 390, 700, 1280]) {
  test(`every page is reached once, by the bar or behind More, at ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await logIn(page)
    await expect(page).toHaveURL(/\/live/)
    const bar = page.getByRole('navigation', { name: 'Pages' })
    await expect(bar.getByRole('link').first()).toBeVisible()
    const onBar = (await bar.getByRole('link').allInnerTexts()).map((text) => text.trim())
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    // A click before the page has come to life opens nothing.
    await expect(async () => {
      await bar.getByRole('button', { name: 'More pages' }).click()
      await expect(page.getByRole('menuitem').last()).toBeVisible({ timeout: 2_000 })
    }).toPass({ timeout: 30_000 })
    const inMenu = await page.getByRole('menuitem').allInnerTexts()
    expect([...onBar, ...inMenu.map((text) => text.trim())]).toEqual(PAGES)
  })
}
