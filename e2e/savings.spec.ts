// The planner of a day: a run is moved by key and by pointer, and costs what the API says.
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './expect-accessible'
import { ADMIN, logIn } from './log-in'

const SITE = 'site_demo'
const TARIFFS = `/api/v1/sites/${SITE}/tariffs`
const TARIFF = {
  name: 'By the hour',
  validFrom: '2020-01-01',
  rate: {
    kind: 'time_of_use',
    defaultPricePerKwh: 0.2,
    windows: Array.from({ length: 12 }, (_, index) => ({
      name: `From ${2 * index}`,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      from: `${String(2 * index).padStart(2, '0')}:00`,
      to: `${String(2 * index + 2).padStart(2, '0')}:00`,
      pricePerKwh: 0.15 + 0.05 * ((index * 5) % 12),
    })),
  },
}

const euro = (amount: number) => new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR' }).format(amount)
const yesterday = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin', dateStyle: 'short' }).format(Date.now() - 86_400_000)

async function priceOf(page: Page, day: string, moves: { runId: string; shiftMinutes: number }[]) {
  const answer = await page.request.post(`/api/v1/sites/${SITE}/plan`, { data: { day, moves } })
  expect(answer.status()).toBe(200)
  return (await answer.json()) as { currentCost: number; plannedCost: number; savings: number; runs: { id: string }[] }
}

test('a run moved in the planner costs what the API says it does', { tag: '@phone' }, async ({ page }) => {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
  const made = await page.request.post(TARIFFS, { data: TARIFF })
  expect(made.status()).toBe(201)
  const { id } = (await made.json()) as { id: string }
  try {
    const day = yesterday()
    await page.goto(`/insights/savings?site=${SITE}&day=${day}`)
    await page.waitForLoadState('networkidle')
    const planner = page.getByRole('region', { name: 'Try it on a day' })
    const cost = planner.getByRole('status')
    const { currentCost, runs } = await priceOf(page, day, [])
    const runId = runs[0]?.id ?? ''
    await expect(cost).toContainText(`${euro(currentCost)} → ${euro(currentCost)}`)

    const bar = planner.getByRole('slider').first()
    const startSlot = Number(await bar.getAttribute('aria-valuenow'))
    const key = startSlot > 40 ? 'PageDown' : 'PageUp'
    await bar.focus()
    for (const _ of [1, 2, 3]) await bar.press(key)
    const shiftOf = async () => (Number(await bar.getAttribute('aria-valuenow')) - startSlot) * 15
    expect(Math.abs(await shiftOf())).toBe(180)
    const byKey = await priceOf(page, day, [{ runId, shiftMinutes: await shiftOf() }])
    expect(byKey.plannedCost).not.toBe(currentCost)
    await expect(cost).toContainText(`${euro(currentCost)} → ${euro(byKey.plannedCost)}`)

    const box = await bar.boundingBox()
    if (!box) throw new Error('The run is not on the page.')
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + (startSlot > 40 ? -40 : 40), y, { steps: 4 })
    await page.mouse.up()
    expect(Math.abs(await shiftOf())).toBeGreaterThan(180)
    const byPointer = await priceOf(page, day, [{ runId, shiftMinutes: await shiftOf() }])
    await expect(cost).toContainText(`${euro(currentCost)} → ${euro(byPointer.plannedCost)}`)
    await expectAccessible(page, 'a planned day')

    await planner.getByRole('button', { name: 'Cheapest plan' }).click()
    const best = Number((await cost.innerText()).match(/→ €([\d.]+)/)?.[1])
    expect(best).toBeLessThanOrEqual(Math.min(currentCost, byKey.plannedCost) + 0.02)
    await planner.getByRole('button', { name: 'As it was' }).click()
    await expect(cost).toContainText(`${euro(currentCost)} → ${euro(currentCost)}`)
    const { width } = page.viewportSize() ?? { width: 0 }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  } finally {
    await page.request.delete(`${TARIFFS}/${encodeURIComponent(id)}`)
  }
})

test('what was looked at without a saving says why', async ({ page }) => {
  await logIn(page, ADMIN)
  await expect(page).toHaveURL(/\/live/)
  await page.goto(`/insights/savings?site=${SITE}`)
  await expect(page.getByText('No other tariff is entered to compare with.')).toBeVisible()
  await expect(page.getByText('No battery is entered for this site.')).toBeVisible()
})
