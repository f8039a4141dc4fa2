import { expect, test, type Page } from '@playwright/test'
import { ADMIN, logIn } from './log-in'

const PASSWORD = 'correct horse battery'
/** Names of this run's own, so that tests may be repeated on one database. */
const unique = (name: string) => `${name}${Date.now().toString(36)}`

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
}

async function logInAsAdmin(page: Page): Promise<void> {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
}

/** A link that makes a viewer of the demo home. */
async function invite(page: Page, note: string): Promise<string> {
  await open(page, '/admin/users')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  await page.getByLabel('For whom').fill(note)
  await page.getByRole('checkbox', { name: 'Demo home' }).check()
  await page.getByRole('button', { name: 'Make the link' }).click()
  return page.getByRole('dialog').locator('code').innerText()
}

async function accept(page: Page, link: string, username: string): Promise<void> {
  await open(page, link)
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Make the account' }).click()
  await expect(page).toHaveURL(/\/live/)
}

test('an invitation makes one account, which is out once it is disabled', async ({ page, browser }) => {
  // Several browsers, each with a live page, and passwords hashed for all of them.
  test.slow()
  await logInAsAdmin(page)
  const link = await invite(page, unique('for '))
  const username = unique('ada')
  const guest = await (await browser.newContext()).newPage()
  await accept(guest, link, username)
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'This invitation is over' })).toBeVisible()
  await guest.goto('/admin/users')
  await expect(guest.getByRole('heading', { name: 'Nothing here' })).toBeVisible()

  await open(page, '/admin/users')
  await page.getByRole('button', { name: `Change ${username}` }).click()
  await page.getByRole('menuitem', { name: 'Disable' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: username }).getByText('Disabled')).toBeVisible()
  await expect(async () => {
    await guest.goto('/account')
    await expect(guest).toHaveURL(/\/login/, { timeout: 1_000 })
  }).toPass()
  await guest.context().close()
})

test('a new password logs the other sessions out', async ({ page, browser }) => {
  // Several browsers, each with a live page, and passwords hashed for all of them.
  test.slow()
  await logInAsAdmin(page)
  const username = unique('bob')
  const [here, there] = [await browser.newContext(), await browser.newContext()]
  const [first, second] = [await here.newPage(), await there.newPage()]
  await accept(first, await invite(page, username), username)
  await logIn(second, { username, password: PASSWORD })
  await expect(second).toHaveURL(/\/live/)
  await open(first, '/account')
  await expect(first.getByText('This one')).toHaveCount(1)
  await first.getByLabel('Present password').fill('not the password')
  await first.getByLabel('New password').fill('another good password')
  await first.getByRole('button', { name: 'Change the password' }).click()
  await expect(first.getByText('Is not your password.')).toBeVisible()
  await first.getByLabel('Present password').fill(PASSWORD)
  await first.getByRole('button', { name: 'Change the password' }).click()
  await expect(first.getByText('Changed. Every other session was logged out.')).toBeVisible()
  await expect(async () => {
    await second.goto('/account')
    await expect(second).toHaveURL(/\/login/, { timeout: 1_000 })
  }).toPass()
  await here.close()
  await there.close()
})

test('an API key is shown once, works, and is refused once deleted', async ({ page, request }) => {
  await logInAsAdmin(page)
  await open(page, '/account')
  const name = unique('key ')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Make the key' }).click()
  // The form before it has codes of its own.
  const key = await page.getByRole('dialog').locator('code').filter({ hasText: /^uc_/ }).innerText()
  const ask = async () => (await request.get('/api/v1/sites', { headers: { authorization: `Bearer ${key}` } })).status()
  expect(await ask()).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: `Delete the key ${name}` }).click()
  await page.getByRole('button', { name: 'Delete the key', exact: true }).click()
  await expect(page.getByText(name)).toHaveCount(0)
  await expect.poll(ask).toBe(401)
})

test('a site is made, gets a building, and is deleted only after its name was typed', async ({ page }) => {
  await logInAsAdmin(page)
  await open(page, '/sites')
  const name = unique('Cottage ')
  await page.getByRole('button', { name: 'New site' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Price per kWh').fill('0,31')
  await page.getByRole('button', { name: 'Make the site' }).click()
  const card = page.getByRole('region', { name })
  await expect(card).toContainText('0.31')
  await card.getByRole('button', { name: `Change ${name}` }).first().click()
  await page.getByRole('menuitem', { name: 'Add a building' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Barn')
  await page.getByRole('button', { name: 'Add the building' }).click()
  await expect(card.getByText('Barn')).toBeVisible()
  await card.getByRole('button', { name: `Change ${name}` }).first().click()
  await page.getByRole('menuitem', { name: 'Delete the site' }).click()
  const confirm = page.getByRole('button', { name: 'Delete the site' })
  await expect(confirm).toBeDisabled()
  await page.getByLabel(/^Type/).fill(name)
  await confirm.click()
  await expect(card).toHaveCount(0)
  await page.getByRole('button', { name: 'Account of admin' }).click()
  await page.getByRole('menuitem', { name: 'Audit log' }).click()
  const entry = page.getByRole('listitem').filter({ hasText: 'site.delete' }).first()
  await entry.getByText('What it was and is').click()
  await expect(entry).toContainText(name)
})

for (const width of [320, 390]) {
  test(`the pages of accounts do not scroll sideways on a phone of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await logInAsAdmin(page)
    for (const path of ['/account', '/sites', '/admin/users', '/admin/audit']) {
      await open(page, path)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
    }
  })
}
