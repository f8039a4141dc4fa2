import { type Cookie, expect, type Locator, type Page } from '@playwright/test'
import { logIn, VIEWER } from './log-in'

export const ENERGY_QUESTION = 'What used the most yesterday?'

/** Who logged in once stays so for the tests that follow. */
const cookiesOf = new Map<string, Cookie[]>()

/** Parts of the assistant's page, as people find them. */
export class AssistantPage {
  constructor(readonly page: Page) {}

  get field(): Locator {
    return this.page.getByRole('textbox', { name: 'Your question' })
  }

  get turns(): Locator {
    return this.page.locator('[data-turn]')
  }

  get lastTurn(): Locator {
    return this.turns.last()
  }

  get answer(): Locator {
    return this.lastTurn.locator('[data-answer-text]')
  }

  get list(): Locator {
    return this.page.getByRole('complementary', { name: 'Conversations' })
  }

  entry(title: string): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.getByRole('button', { name: title, exact: true }) })
  }

  /** Begins with no conversations at all. */
  async open(account = VIEWER): Promise<void> {
    const context = this.page.context()
    await context.addCookies(cookiesOf.get(account.username) ?? [])
    if (!(await this.forgetAll())) {
      await logIn(this.page, account)
      await expect(this.page).toHaveURL(/\/live/)
      cookiesOf.set(account.username, await context.cookies())
      expect(await this.forgetAll()).toBe(true)
    }
    await this.page.goto('/assistant')
    await expect(this.page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible()
    // A page that has just come may be there before its code is.
    await expect(async () => {
      await this.field.fill('ready?')
      await expect(this.page.getByRole('button', { name: 'Send' })).toBeEnabled({ timeout: 500 })
    }).toPass()
    await this.field.fill('')
  }

  private async forgetAll(): Promise<boolean> {
    return (await this.page.request.delete('/api/chat/history')).ok()
  }

  async ask(question: string): Promise<void> {
    await this.field.fill(question)
    await this.field.press('Enter')
    await expect(this.lastTurn).toContainText(question)
  }

  async askAndWait(question: string): Promise<void> {
    await this.ask(question)
    await this.expectStatus('complete')
  }

  async expectStatus(status: string): Promise<void> {
    await expect(this.lastTurn).toHaveAttribute('data-status', status, { timeout: 30_000 })
  }

  async chooseModel(id: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Who answers: / }).click()
    await this.page.locator(`[data-model="${id}"]`).click()
  }

  async chooseInMenu(title: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${title}` }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }
}
