import { z } from 'zod'
import { call, cookiesAfter, type Answer, type Call } from './client'
import { expect, expectStatus, readAnswer, text } from './expectations'
import type { Login, Settings } from './settings'

export type Caller = 'user' | 'admin' | 'nobody'

const siteListSchema = z.union([
  z.array(z.object({ id: text })),
  z.object({ data: z.array(z.object({ id: text })) }).transform(({ data }) => data),
])

/** What rows share: who is logged in, the sites they use, and what has to be removed at the end. Each is made when first asked for. */
export class World {
  private readonly made = new Map<string, Promise<unknown>>()
  private readonly leftovers: (() => Promise<unknown>)[] = []
  /** Distinguishes this run's things from those of others. */
  readonly mark = `contract${Date.now().toString(36)}`

  constructor(readonly settings: Settings) {}

  async ask(caller: Caller, method: string, path: string, options: Call = {}): Promise<Answer> {
    const headers = { ...(caller !== 'nobody' && { authorization: `Bearer ${await this.token(caller)}` }), ...options.headers }
    return call(this.settings.baseUrl, method, path, { ...options, headers })
  }

  /** The JWT of a log-in. */
  token(caller: Exclude<Caller, 'nobody'>): Promise<string> {
    return this.once(`token of ${caller}`, async () => {
      const answer = await call(this.settings.baseUrl, 'POST', '/api/auth/login', { body: this.settings[caller] })
      expectStatus(answer, 200)
      return readAnswer(answer, z.object({ access_token: text })).access_token
    })
  }

  /** The cookies of a browser that logged in through next-auth's own form. */
  cookie(): Promise<string> {
    return this.once('cookie', () => cookieOf(this.settings.baseUrl, this.settings.user))
  }

  /** A site that the user sees. */
  ownSite(): Promise<string> {
    return this.once('own site', async () => {
      const sites = readAnswer(await this.ask('user', 'GET', '/api/v1/sites'), siteListSchema)
      const id = sites[0]?.id
      expect(id !== undefined, 'The account sees no site; the rows of sites cannot be checked.')
      return id
    })
  }

  /** A site that only the administrator sees, with one building of the id `{mark}_b`; removed at the end. */
  foreignSite(): Promise<string> {
    return this.once('foreign site', async () => {
      const answer = await this.ask('admin', 'POST', '/api/v1/sites', { body: newSite(this.mark) })
      expectStatus(answer, [200, 201])
      const { id } = readAnswer(answer, z.object({ id: text }))
      this.removeAtEnd(() => this.ask('admin', 'DELETE', `/api/v1/sites/${id}`))
      return id
    })
  }

  once<Value>(name: string, make: () => Promise<Value>): Promise<Value> {
    const known = this.made.get(name) as Promise<Value> | undefined
    const value = known ?? make()
    this.made.set(name, value)
    return value
  }

  removeAtEnd(remove: () => Promise<unknown>): void {
    this.leftovers.push(remove)
  }

  /** Removes what the run made, newest first. */
  async close(): Promise<void> {
    for (const remove of this.leftovers.splice(0).reverse()) await remove().catch(() => undefined)
  }
}

/** The fields as the reference at /docs names them. */
export const newSite = (mark: string) => ({
  name: `Site ${mark}`,
  location: 'Berlin',
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  pricePerKwh: 0.32,
  buildings: [{ id: `${mark}_b`, name: 'House' }],
})

async function cookieOf(baseUrl: string, { username, password }: Login): Promise<string> {
  const csrf = await call(baseUrl, 'GET', '/api/auth/csrf')
  const { csrfToken } = readAnswer(csrf, z.object({ csrfToken: text }))
  const answer = await call(baseUrl, 'POST', '/api/auth/callback/credentials', {
    headers: { cookie: cookiesAfter('', csrf), 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrfToken, username, password, json: 'true' }).toString(),
  })
  expectStatus(answer, [200, 302])
  return cookiesAfter('', answer)
}
