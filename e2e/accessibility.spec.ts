// Every page there is, found in the file system: a new page is looked at without being named here.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type BrowserContext } from '@playwright/test'
import { expectAccessible } from './expect-accessible'
import { ADMIN, logIn } from './log-in'

const APP = path.join(import.meta.dirname, '../app/(app)')
/** What stands for each parameter of a path. */
const PARAMETERS: Record<string, string> = { appliance: 'Refrigerator' }

const pages = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map(addressOf)
  .sort()

function addressOf(file: string): string {
  const segments = path.dirname(file).split(path.sep).filter((segment) => !/^\(.*\)$/.test(segment))
  const filled = segments.map((segment) => {
    const name = /^\[(\w+)\]$/.exec(segment)?.[1]
    if (name && !PARAMETERS[name]) throw new Error(`Say in e2e/accessibility.spec.ts what stands for [${name}] of ${file}.`)
    return name ? PARAMETERS[name] : segment
  })
  return `/${filled.join('/')}`
}

let loggedIn: Awaited<ReturnType<BrowserContext['storageState']>>

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage()
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
  loggedIn = await page.context().storageState()
  await page.context().close()
})

test('there are pages to look at', () => {
  expect(pages).toContain('/live')
})

for (const address of [...pages, '/login']) {
  test(`${address} meets WCAG A and AA in light and dark`, async ({ page, context }) => {
    if (address !== '/login') await context.addCookies(loggedIn.cookies)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(address)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page, 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveClass(/dark/)
    await expectAccessible(page, 'dark', 'colours')
  })
}
