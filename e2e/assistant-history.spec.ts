// What is kept of conversations: long ones, many of them, and those that go on elsewhere.
import { expect, test } from '@playwright/test'
import { AssistantPage } from './assistant-page'
import { MODEL, SAID_FIRST, SLOWLY } from './language-model'

test.use({ viewport: { width: 1280, height: 860 } })

test('a long conversation shows what was said last, and the rest on demand, where one is reading', async ({ page }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  let sessionId: string | undefined
  for (const message of ['hello one', 'hello two', 'hello three', 'hello four', 'hello five']) {
    const answered = await page.request.post('/api/chat', { data: { message, session_id: sessionId, model: 'embedded' } })
    sessionId = ((await answered.json()) as { session_id: string }).session_id
  }
  // As if a page of messages were this short.
  await page.route('**/api/chat/history/chat_*', (route) => {
    const url = new URL(route.request().url())
    url.searchParams.set('limit', '4')
    return route.continue({ url: url.href })
  })
  await assistant.list.getByRole('searchbox').fill('hello one')
  await assistant.list.getByRole('button', { name: 'hello one', exact: true }).click()
  await expect(assistant.turns).toHaveCount(2)
  await expect(assistant.lastTurn).toContainText('hello five')
  const earlier = page.getByRole('button', { name: 'Earlier questions' })
  await earlier.click()
  await expect(assistant.turns).toHaveCount(4)
  await expect(assistant.turns.nth(2)).toBeInViewport()
  await earlier.click()
  await expect(assistant.turns).toHaveCount(5)
  await expect(assistant.turns.first()).toContainText('hello one')
  await expect(earlier).toBeHidden()
  // What is asked now still comes last, and what came before stays.
  await assistant.askAndWait('hello six')
  await expect(assistant.turns).toHaveCount(6)
})

test('an answer on its way can be followed, and stopped, from another device', async ({ page, browser }) => {
  const assistant = new AssistantPage(page)
  await assistant.open()
  await assistant.chooseModel(`openai:${MODEL}`)
  await assistant.ask(`Tell me ${SLOWLY}`)
  await expect(assistant.answer).toContainText(SAID_FIRST.trim())
  const elsewhere = await browser.newContext({ storageState: await page.context().storageState() })
  const other = new AssistantPage(await elsewhere.newPage())
  await other.page.goto(page.url())
  await expect(other.answer).toContainText(SAID_FIRST.trim())
  await other.page.getByRole('button', { name: 'Stop' }).click()
  await other.expectStatus('stopped')
  await assistant.expectStatus('stopped')
  await elsewhere.close()
})
