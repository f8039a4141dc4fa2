import { expect, test, type Page } from '@playwright/test'
import { logIn } from './log-in'

const LIVE_SOCKET = /\/ws\/site\//

/** The first, because a page that streams in is for a moment there twice. */
const readingTime = (page: Page) => page.getByTestId('reading-time').first().getAttribute('datetime')

/** The reading's time moves on by itself. */
async function expectMoving(page: Page): Promise<void> {
  const before = await readingTime(page)
  await expect.poll(() => readingTime(page)).not.toBe(before)
}

/** The live page once it lives: before the first reading after its own, the server's page has no code yet. */
async function openLive(page: Page): Promise<void> {
  await logIn(page)
  await expect(page.getByTestId('freshness')).toHaveText('Live')
  await expectMoving(page)
}

test('shows the newest reading, second after second', async ({ page }) => {
  await openLive(page)
  for (let second = 0; second < 3; second += 1) await expectMoving(page)
})

test('says what is on, and names all eleven appliances and the rest', async ({ page }) => {
  await openLive(page)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/(is|are) on/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/W/)
  await expect(page.locator('[data-tile]')).toHaveCount(12)
})

test('is complete without JavaScript', async ({ page, browser }) => {
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  const plain = await context.newPage()
  await plain.goto(page.url())
  await expect(plain.getByTestId('total-power')).toContainText(/W/)
  await expect(plain.locator('[data-tile]')).toHaveCount(12)
  await expect(plain.locator('svg [data-series]')).toHaveCount(12)
  await context.close()
})

test('labels simulated readings', async ({ page }) => {
  await openLive(page)
  await expect(page.getByRole('main').getByText('Simulated', { exact: true }).first()).toBeVisible()
})

test('every tile and its confidence are reached by keyboard', async ({ page }) => {
  await openLive(page)
  await page.getByRole('slider').focus()
  for (let tile = 0; tile < 12; tile += 1) {
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: /: show in the charts$/ }).and(page.locator(':focus'))).toHaveCount(1)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: /^About the estimate for/ }).and(page.locator(':focus'))).toHaveCount(1)
    await expect(page.getByRole('tooltip').first()).toBeAttached()
    // What is not told apart has no page of its own.
    if (tile === 11) break
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: /: runs, cost and trend$/ }).and(page.locator(':focus'))).toHaveCount(1)
  }
})

test('the chart is read by arrow keys and as a table', async ({ page }) => {
  await openLive(page)
  const chart = page.getByRole('slider')
  await chart.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(chart).toHaveAttribute('aria-valuetext', /W measured|not measured/)
  await page.getByRole('group', { name: /^Last \d+ minutes as$/ }).getByRole('button', { name: 'Table' }).click()
  await expect(page.getByRole('row', { name: /^Measured total/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Heat pump/ })).toBeVisible()
})

test('the note of a tile comes by click and stays, and comes and goes by tap', async ({ page, browser }) => {
  await openLive(page)
  const noteOf = (where: Page) => where.getByRole('button', { name: 'About the estimate for Everything else' })
  await noteOf(page).hover()
  await expect(page.getByRole('tooltip')).toContainText('measured total less the appliances')
  await noteOf(page).click()
  await expect(page.getByRole('tooltip')).toContainText('measured total less the appliances')

  const context = await browser.newContext({ hasTouch: true, storageState: await page.context().storageState() })
  const phone = await context.newPage()
  await phone.goto(page.url())
  await expectMoving(phone)
  await noteOf(phone).tap()
  await expect(phone.getByRole('tooltip')).toContainText('measured total less the appliances')
  await phone.getByRole('heading', { level: 2, name: 'Appliances' }).tap()
  await expect(phone.getByRole('tooltip')).toHaveCount(0)
  await context.close()
})

test('the theme follows the choice and survives a reload', async ({ page }) => {
  await openLive(page)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect(page.locator('html')).toHaveClass(/dark/)
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/dark/)
  await expectMoving(page)
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Light' }).click()
  await expect(page.locator('html')).not.toHaveClass(/dark/)
})

for (const width of [320, 390]) {
  test(`does not scroll sideways on a phone of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 })
    await openLive(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })
}

test('says that it is offline when the network goes, and goes on when it returns', async ({ page, context }) => {
  await openLive(page)
  await context.setOffline(true)
  await expect(page.getByTestId('freshness')).toContainText('Offline')
  await context.setOffline(false)
  await expect(page.getByTestId('freshness')).toHaveText('Live', { timeout: 30_000 })
  await expectMoving(page)
})

test('stands when the network goes before a chart has come, and draws it once it can', async ({ page }) => {
  let isCut = true
  let refused = 0
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    const response = await route.fetch()
    const isChart = (await response.text()).includes('recharts-')
    if (isChart && isCut) {
      refused += 1
      await route.abort()
    } else await route.fulfill({ response })
  })
  await openLive(page)
  await expectMoving(page)
  await expect.poll(() => refused).toBeGreaterThan(0)
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  await expect(page.locator('.recharts-wrapper')).toHaveCount(0)
  isCut = false
  await expect(page.locator('.recharts-wrapper')).toBeVisible({ timeout: 20_000 })
})

test('a socket that the server cuts is opened again with a new snapshot', async ({ page }) => {
  let connections = 0
  await page.routeWebSocket(LIVE_SOCKET, (socket) => {
    connections += 1
    const server = socket.connectToServer()
    if (connections === 1) setTimeout(() => void socket.close({ code: 1012 }).then(() => server.close()), 2000)
  })
  await openLive(page)
  await expect.poll(() => connections, { timeout: 20_000 }).toBeGreaterThan(1)
  await expect(page.getByTestId('freshness')).toHaveText('Live')
  await expectMoving(page)
})

test('says that it is offline while the server refuses every socket', async ({ page }) => {
  await page.routeWebSocket(LIVE_SOCKET, (socket) => void socket.close({ code: 1011 }))
  await logIn(page)
  await expect(page.getByTestId('freshness')).toContainText('Offline')
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/\b(was|were)\b/)
})

test('says how old the readings are once they stop', async ({ page }) => {
  await page.routeWebSocket(LIVE_SOCKET, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      const { type } = JSON.parse(String(message)) as { type: string }
      if (type === 'snapshot' || type === 'heartbeat') socket.send(message)
    })
  })
  await logIn(page)
  await expect(page.getByTestId('freshness')).toContainText(/Stale.*no reading for \d+ seconds/, { timeout: 30_000 })
})

test('a session that ended says so and offers the log-in', async ({ page, context }) => {
  let cut: (() => void) | undefined
  await page.routeWebSocket(LIVE_SOCKET, (socket) => {
    const server = socket.connectToServer()
    cut = () => void socket.close({ code: 4401 }).then(() => server.close())
  })
  await openLive(page)
  await expect.poll(() => cut !== undefined).toBe(true)
  await expectMoving(page)
  await context.clearCookies()
  cut?.()
  const again = page.getByRole('link', { name: 'Log in again' })
  await expect(again).toBeVisible()
  await again.click()
  await expect(page).toHaveURL(/\/login\?next=/)
})

test('works over a slow connection', async ({ page, context }) => {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false, latency: 200, downloadThroughput: 500_000, uploadThroughput: 250_000,
  })
  await openLive(page)
  await expectMoving(page)
})

test('a site that does not exist is not found', async ({ page }) => {
  await logIn(page)
  await expect(page).toHaveURL(/\/live/)
  await page.goto('/live?site=no-such-site')
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await expect(page.getByRole('main')).toHaveCount(1)
  await expect(page.getByRole('navigation').first()).toBeVisible()
})

test('an address at which there is nothing says so', async ({ page }) => {
  const answer = await page.goto('/no-such-page')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await expect(page.getByRole('main')).toHaveCount(1)
})
