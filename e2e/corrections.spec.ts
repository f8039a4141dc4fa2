// What people tell the application: what a run really was, what energy costs and where they are.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './expect-accessible'
import { ADMIN, logIn } from './log-in'

async function openAsAdmin(page: Page, path: string): Promise<void> {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.waitForLoadState('networkidle')
}

test('a run on the timeline is corrected, stays so, and is taken back', { tag: '@phone' }, async ({ page }) => {
  await openAsAdmin(page, '/timeline?site=site_demo')
  await page.getByRole('link', { name: 'The day before' }).click()
  await expect(page.getByRole('link', { name: 'The day after' })).toBeVisible()
  // The longest of many appliances: bars that lie beside each other may share the place of a finger.
  const run = page.getByRole('button', { name: /^(Washing machine|Dishwasher|Heat pump|Computer|Television) at .*to \d/ }).first()
  const name = (await run.getAttribute('aria-label'))?.split(',')[0] ?? ''
  const same = page.getByRole('button', { name: new RegExp(`^${name},`) })
  await run.click()
  await page.getByRole('menuitemradio', { name: 'It was a freezer' }).click()
  await expect(same).toHaveAccessibleName(/It was a freezer, you said/)
  await page.reload()
  await expect(same).toHaveAccessibleName(/It was a freezer, you said/)
  await page.waitForLoadState('networkidle')
  await same.click()
  await expect(page.getByRole('menuitemradio', { name: 'It was a freezer' })).toBeChecked()
  await page.getByRole('menuitem', { name: 'Take back what you said' }).click()
  await expect(same).not.toHaveAccessibleName(/you said/)
})

test('prices and the place are entered for one site, corrected and removed, and the switcher leads to another', { tag: '@phone' }, async ({ page }) => {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
  const name = `Lodge ${Date.now().toString(36)}`
  const made = await page.request.post('/api/v1/sites', {
    data: { name, timeZone: 'Europe/Berlin', currency: 'EUR', pricePerKwh: 0.4, buildings: [{ name: 'Lodge' }] },
  })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  try {
    await page.goto(`/settings/tariff?site=${id}`)
    await page.waitForLoadState('networkidle')
    const tariffs = page.getByRole('region', { name: 'Tariffs' })
    await expect(tariffs).toContainText('Until a tariff is entered')
    await tariffs.getByRole('button', { name: 'New tariff' }).click()
    await tariffs.getByLabel('Name', { exact: true }).fill('Day and night')
    await tariffs.getByLabel('Kind').selectOption('time_of_use')
    await tariffs.getByLabel('Standing charge, EUR a day').fill('0,40')
    await tariffs.getByLabel('At all other times, EUR per kWh').fill('dear')
    await expectAccessible(page, 'the form of a tariff')
    await tariffs.getByRole('button', { name: 'Save the tariff' }).click()
    await expect(tariffs.getByRole('alert')).toBeVisible()
    await tariffs.getByLabel('At all other times, EUR per kWh').fill('0,25')
    await tariffs.getByLabel('EUR per kWh', { exact: true }).fill('0,35')
    await tariffs.getByRole('button', { name: 'Save the tariff' }).click()
    const line = tariffs.getByRole('listitem').filter({ hasText: 'holds now' })
    await expect(line).toContainText(/22:00 to 06:00: .*0\.35.*otherwise .*0\.25.*0\.40 a day/)
    await line.getByRole('button', { name: 'Correct' }).click()
    await tariffs.getByLabel('At all other times, EUR per kWh').fill('0.22')
    await tariffs.getByRole('button', { name: 'Save the correction' }).click()
    await expect(line).toContainText(/otherwise .*0\.22/)
    page.once('dialog', (dialog) => void dialog.accept())
    await line.getByRole('button', { name: 'Delete' }).click()
    await expect(tariffs).toContainText('Until a tariff is entered')

    const weather = page.getByRole('region', { name: 'Weather' })
    await expect(weather).toContainText('No place is given, and nothing is fetched.')
    await weather.getByLabel('Latitude').fill('91')
    await weather.getByLabel('Longitude').fill('13,4144')
    await weather.getByRole('button', { name: 'Save the weather' }).click()
    await expect(weather.getByRole('alert')).toContainText('from -90 to 90')
    await weather.getByLabel('Latitude').fill('52,5234')
    await weather.getByRole('button', { name: 'Save the weather' }).click()
    await expect(weather).toContainText('Off: nothing is fetched.')
    await expect(weather.getByLabel('Latitude')).toHaveValue('52.52')
    await expect(weather.getByRole('link', { name: 'Open-Meteo.com' })).toBeVisible()
    await expectAccessible(page, 'the weather of a site')
    page.once('dialog', (dialog) => void dialog.accept())
    await weather.getByRole('button', { name: 'Forget the place' }).click()
    await expect(weather).toContainText('No place is given')

    await page.getByRole('button', { name: `Site: ${name}` }).click()
    await page.getByRole('menuitemradio', { name: 'Demo home' }).click()
    await expect(page).toHaveURL(/settings\/tariff\?site=site_demo/)
    await expect(page.getByRole('button', { name: 'Site: Demo home' })).toBeVisible()
  } finally {
    await page.request.delete(`/api/v1/sites/${id}`)
  }
})
