// The assistant with a model on a server: what takes its time, breaks off, or says what no measurement supports.
import { expect, test } from '@playwright/test'
import { AssistantPage } from './assistant-page'
import { expectAccessible } from './expect-accessible'
import { HOSTILE, MODEL, SAID_FIRST, SILENTLY, SLOWLY, WITH_A_LIE } from './language-model'

const ON_A_SERVER = `openai:${MODEL}`

test.use({ viewport: { width: 1280, height: 860 } })

test('the picker says what each model can do, and why one cannot be asked', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await page.getByRole('button', { name: 'Who answers: Built-in' }).click()
  await expect(page.locator('[data-model="embedded"]')).toContainText('Runs here, without a network')
  await expect(page.locator('[data-model="embedded"]')).toHaveAttribute('aria-checked', 'true')
  await expect(page.locator(`[data-model="${ON_A_SERVER}"]`)).toContainText('On a server elsewhere')
  await expect(page.locator(`[data-model="${ON_A_SERVER}"]`)).toContainText('May take a while')
  const missing = page.locator('[data-model="llama-cpp"]')
  await expect(missing).toContainText('Not available')
  await expect(missing).toContainText('MODEL_PATH')
  await expect(missing).toHaveAttribute('aria-disabled', 'true')
  await expectAccessible(page, 'picker')
  await page.keyboard.press('Escape')
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.askAndWait('Is all well?')
  await expect(assistant.answer).toHaveText('That is what I found.')
  await expect(assistant.lastTurn).toContainText(`Answered by ${MODEL}`)
})

test('a slow model is said to be slow while nothing of its answer is there, and shows what it looked up', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.ask(`Think ${SILENTLY}`)
  await expect(assistant.lastTurn).toContainText(`${MODEL} may take a minute.`)
  await expect(assistant.lastTurn.locator('[data-tool="energy_use"]')).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await assistant.expectStatus('stopped')
  await expect(assistant.lastTurn).toContainText('Stopped before anything was said.')
})

test('an answer that is stopped in the middle keeps what it said', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.ask(`Tell me ${SLOWLY}`)
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  await expect(assistant.lastTurn.locator('[data-tool="energy_use"]')).toBeVisible()
  await assistant.field.press('Escape')
  await assistant.expectStatus('stopped')
  await expect(assistant.lastTurn).toContainText('Stopped. What was said so far is above.')
  await page.reload()
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  await assistant.expectStatus('stopped')
})

test('the button stops, too, and the next question can be asked', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.ask(`Tell me ${SLOWLY}`)
  await page.getByRole('button', { name: 'Stop' }).click()
  await assistant.expectStatus('stopped')
  await assistant.chooseModel('embedded')
  await assistant.askAndWait('What is on right now?')
  await expect(assistant.turns).toHaveCount(2)
})

test('an answer comes back after the connection was gone, and after the page was loaded anew', async ({ page, context }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.ask(`Tell me ${SLOWLY}`)
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  const resumed = page.waitForRequest((request) => request.method() === 'GET' && request.url().endsWith('/api/chat/stream'))
  await context.setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await expect(assistant.lastTurn).toContainText('The connection is gone.')
  await context.setOffline(false)
  expect((await resumed).headers()['last-event-id']).toMatch(/^message_.*:\d+$/)
  await expect(assistant.lastTurn).not.toContainText('The connection is gone.')
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())

  await page.reload()
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop' }).click()
  await assistant.expectStatus('stopped')
})

test('questions wait for the network, and what was said stays readable', async ({ page, context }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.askAndWait('What is on right now?')
  await context.setOffline(true)
  await expect(page.getByText('You are offline.')).toBeVisible()
  await assistant.field.fill('And yesterday?')
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await expect(assistant.answer).toBeVisible()
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Send' }).click()
  await assistant.expectStatus('complete')
})

test('a number that no measurement supports never reaches the screen, and its absence is told', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(ON_A_SERVER)
  await page.evaluate(() => {
    const seen = globalThis as typeof globalThis & { sawLie?: boolean }
    new MutationObserver(() => (seen.sawLie ||= document.body.innerText.includes('98765'))).observe(document.body, {
      childList: true, subtree: true, characterData: true,
    })
  })
  await assistant.askAndWait(`Speak ${WITH_A_LIE}`)
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  await expect(assistant.lastTurn).toContainText('1 statement was left out because nothing measured supports it.')
  expect(await page.evaluate(() => (globalThis as typeof globalThis & { sawLie?: boolean }).sawLie ?? false)).toBe(false)
})

test('links, pictures and scripts of a model do nothing; its lists are lists', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.askAndWait(`Answer ${HOSTILE}`)
  await expect(assistant.answer.getByRole('listitem')).toHaveCount(2)
  await expect(assistant.answer.locator('a:not([href^="/"]), img, script, iframe')).toHaveCount(0)
  await expect(page).toHaveTitle(/^Assistant/)
  expect(requests.filter((url) => url.includes('evil.example'))).toEqual([])
})

test('a question that was refused says why and can be asked again', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await page.route('**/api/chat/stream', (route) => route.abort(), { times: 1 })
  await assistant.ask('What is on right now?')
  await assistant.expectStatus('failed')
  await assistant.lastTurn.getByRole('button', { name: 'Ask again' }).click()
  await assistant.expectStatus('complete')
  await expect(assistant.turns).toHaveCount(1)
})

test('a conversation with all its parts open meets WCAG A and AA in light and dark, on a desktop and a phone', async ({ page }) => {
  test.setTimeout(120_000)
  const assistant = new AssistantPage(page)
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await assistant.open()
  await assistant.askAndWait('What used the most yesterday?')
  await assistant.chooseModel(ON_A_SERVER)
  await assistant.askAndWait(`Speak ${WITH_A_LIE}`)
  for (const summary of await page.locator('[data-tool] summary').all()) await summary.click()
  await assistant.lastTurn.getByRole('button', { name: 'Good answer' }).click()
  await assistant.turns.first().getByRole('button', { name: 'Edit the question' }).click()
  await expectAccessible(page, 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expectAccessible(page, 'dark', 'colours')
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page, 'phone')
  await page.getByRole('button', { name: 'Conversations', exact: true }).click()
  await expectAccessible(page, 'drawer')
})
