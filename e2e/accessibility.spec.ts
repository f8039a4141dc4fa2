// Every page there is, found in the file system: a new page is looked at without being named here.
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test, type BrowserContext, type Page } from '@playwright/test'
import { expectAccessible } from './expect-accessible'
import { ADMIN, logIn } from './log-in'

const APP = path.join(import.meta.dirname, '../app/(app)')
/** What stands for each parameter of a path; null: what the page above links to. */
const PARAMETERS: Record<string, string | null> = { appliance: 'Refrigerator', assetId: null, id: null }
const LINKED = '*'

const pages = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map(addressOf)
  .sort()

function addressOf(file: string): string {
  const segments = path.dirname(file).split(path.sep).filter((segment) => !/^\(.*\)$/.test(segment))
  const filled = segments.map((segment) => {
    const name = /^\[(\w+)\]$/.exec(segment)?.[1]
    if (name && PARAMETERS[name] === undefined) throw new Error(`Say in e2e/accessibility.spec.ts what stands for [${name}] of ${file}.`)
    return name ? (PARAMETERS[name] ?? LINKED) : segment
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
    await open(page, address)
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    await expectAccessible(page, 'light')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect(page.locator('html')).toHaveClass(/dark/)
    await expectAccessible(page, 'dark', 'colours')
  })
}

async function open(page: Page, address: string): Promise<void> {
  if (!address.endsWith(LINKED)) {
    await page.goto(address)
    return
  }
  const parent = path.dirname(address)
  await page.goto(parent)
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  const others = [...pages, '/login'].map((other) => `${other}?`)
  const links = await page.locator(`main a[href^="${parent}/"]`).evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const linked = links.find((href) => !others.some((other) => `${href}?`.startsWith(other)))
  test.skip(!linked, `${parent} links to nothing today, so there is no ${address} to look at`)
  await page.goto(linked!)
}
