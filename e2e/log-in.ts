import type { Page } from '@playwright/test'

/** The viewer account of demo mode. */
export const VIEWER = { username: 'user1', password: 'password123' }

/** The administrator of demo mode. */
export const ADMIN = { username: 'admin', password: 'admin123' }

export async function logIn(page: Page, { username, password } = VIEWER): Promise<void> {
  await page.goto('/login')
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}
