import { expect, test, type Page } from '@playwright/test'
import { logIn, VIEWER } from './log-in'

/** A button of a page that has just come may be there before its code is. */
async function openAccountMenu(page: Page): Promise<void> {
  await expect(async () => {
    await page.getByRole('button', { name: `Account of ${VIEWER.username}` }).click()
    await expect(page.getByRole('menu')).toBeVisible({ timeout: 1_000 })
  }).toPass()
}

test('a page that needs a log-in asks for it, then shows itself', async ({ page }) => {
  await page.goto('/live')
  await expect(page).toHaveURL(/\/login\?next=/)
  await page.getByLabel('User name').fill(VIEWER.username)
  await page.getByLabel('Password', { exact: true }).fill(VIEWER.password)
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/live/)
  await expect(page.getByTestId('total-power')).toBeVisible()
})

test('a link into the application leads there after the log-in', async ({ page }) => {
  await page.goto('/account?from=mail')
  await expect(page).toHaveURL(/\/login\?next=%2Faccount%3Ffrom%3Dmail$/)
  await page.getByLabel('User name').fill(VIEWER.username)
  await page.getByLabel('Password', { exact: true }).fill(VIEWER.password)
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/account\?from=mail/)
})

test('a wrong password and an unknown user are refused in the same words', async ({ page }) => {
  await logIn(page, { username: VIEWER.username, password: 'not the password' })
  await expect(page.getByText('User name or password is wrong.')).toBeVisible()
  await logIn(page, { username: `nobody-${Date.now()}`, password: 'not the password' })
  await expect(page.getByText('User name or password is wrong.')).toBeVisible()
  await expect(page).toHaveURL(/\/login/)
})

test('an empty field is named and gets the focus', async ({ page }) => {
  await page.goto('/login')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await expect(page.getByText('Enter your user name.')).toBeVisible()
  await expect(page.getByLabel('User name')).toBeFocused()
})

test('the log-in never leads to another host', async ({ page }) => {
  await page.goto('/login?next=//example.com/live')
  await page.getByLabel('User name').fill(VIEWER.username)
  await page.getByLabel('Password', { exact: true }).fill(VIEWER.password)
  await expect(page.getByRole('button', { name: 'Log in', exact: true })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('total-power')).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/live')
})

test('logging out ends the session', async ({ page }) => {
  await logIn(page)
  await openAccountMenu(page)
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await page.goto('/live')
  await expect(page).toHaveURL(/\/login/)
})

test('fields say to password managers what they are', async ({ page }) => {
  await page.goto('/login')
  await expect(page.getByLabel('User name')).toHaveAttribute('autocomplete', 'username')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('autocomplete', 'current-password')
})
