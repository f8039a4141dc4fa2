import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { ADMIN, logIn, VIEWER } from './log-in'

const DESKTOP = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const WIDTHS = [1280, 1024, 700, 390, 320]
const PATHS = [
  '/live', '/overview', '/assistant', '/history?view=day', '/history?view=year', '/appliances/Dishwasher', '/runs', '/timeline',
  '/devices',
  '/power-quality', '/settings/tariff', '/sites', '/account',
]
const ADMIN_PATHS = [
  '/admin/health', '/admin/performance', '/admin/jobs', '/admin/models', '/admin/cache', '/admin/users', '/admin/audit',
]

/** A button of a page that has just come may be there before its code is. */
async function chooseLanguage(page: Page, accountMenu: string, language: string): Promise<void> {
  const choice = page.getByRole('menuitemradio', { name: language })
  await expect(async () => {
    await page.getByRole('button', { name: accountMenu }).click()
    await expect(choice).toBeVisible({ timeout: 1_000 })
  }).toPass()
  await choice.click()
}

for (const [device, size] of [['a desktop', DESKTOP], ['a phone', PHONE]] as const) {
  test(`on ${device} the pages change to German and back, with their numbers`, async ({ page }) => {
    await page.setViewportSize(size)
    await logIn(page)
    await expect(page).toHaveURL(/\/live/)
    await chooseLanguage(page, `Account of ${VIEWER.username}`, 'Deutsch')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('heading', { level: 2, name: 'Geräte' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Seiten' })).toBeVisible()
    await expect(page.getByTestId('total-power')).toContainText(/etwa (<?)\d+,\d{2}\s€ je Stunde/)
    await expect(page.locator('[data-tile="Refrigerator"]')).toContainText('Kühlschrank')

    await page.getByRole('navigation', { name: 'Seiten' }).getByRole('link', { name: 'Übersicht' }).click()
    await expect(page).toHaveTitle(/^Übersicht/)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/\d,?\d*\skWh für \d+,\d{2}\s€/)
    await expect(page.getByText('Grundlast', { exact: true })).toBeVisible()

    await page.goto('/history')
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await expect(page.getByRole('heading', { level: 2, name: 'Wofür der Strom war' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('Sonstiges')
    await expect(page.getByRole('main')).not.toContainText('Everything else')

    await chooseLanguage(page, `Konto von ${VIEWER.username}`, 'English')
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(page.getByRole('heading', { level: 2, name: 'What it went into' })).toBeVisible()
    await expect(page.getByRole('heading', { level: 1 })).toContainText(/€\d/)
  })
}

test.describe('German words', () => {
  const loggedIn = new Map<typeof VIEWER, Awaited<ReturnType<BrowserContext['storageState']>>>()

  test.beforeAll(async ({ browser }) => {
    for (const user of [VIEWER, ADMIN]) {
      const context = await browser.newContext()
      const page = await context.newPage()
      await logIn(page, user)
      await expect(page).toHaveURL(/\/live/)
      await context.addCookies([{ name: 'language', value: 'de', url: page.url() }])
      loggedIn.set(user, await context.storageState())
      await context.close()
    }
  })

  const pages = [...PATHS.map((path) => ({ path, user: VIEWER })), ...ADMIN_PATHS.map((path) => ({ path, user: ADMIN }))]
  for (const { path, user } of pages) {
    test(`fit on ${path} from 320 to 1280 pixels`, async ({ browser }) => {
      const context = await browser.newContext({ storageState: loggedIn.get(user), viewport: DESKTOP })
      const page = await context.newPage()
      await page.goto(path)
      await expect(page.locator('html')).toHaveAttribute('lang', 'de')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        const scrollWidth = () => page.evaluate(() => document.documentElement.scrollWidth)
        await expect.poll(scrollWidth, { message: `${width} pixels` }).toBeLessThanOrEqual(width)
      }
      await context.close()
    })
  }
})

test('who has not chosen gets the language that the browser wants, else English', async ({ browser }) => {
  for (const [locale, language, label] of [['de-AT', 'de', 'Benutzername'], ['fr-FR', 'en', 'User name']] as const) {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto('/login')
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(page.getByLabel(label)).toBeVisible()
    await context.close()
  }
})

test('the language can be changed before the log-in', async ({ page }) => {
  await page.goto('/login')
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByLabel('Benutzername')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Benutzername')).toBeVisible()
})

test('a wrong password is refused in German, too', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'de-DE' })
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByLabel('Benutzername').fill(`niemand-${Date.now()}`)
  await page.getByLabel('Passwort', { exact: true }).fill('falsch')
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click()
  await expect(page.getByText('Benutzername oder Passwort ist falsch.')).toBeVisible()
  await context.close()
})
