import type { z } from 'zod'
import { withSlash, type Answer } from './client'
import { expect, expectProblem, expectStatus, readAnswer } from './expectations'
import type { World } from './world'

/** One line of the report. */
export interface Row {
  name: string
  /** @throws Error that says what does not hold */
  check(world: World): Promise<void>
  /** For a row that is not built yet: says by which call it answers all the same, null where it does not. */
  answers?(world: World): Promise<string | null>
}

export interface Endpoint<Output> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** As the contract writes it; a site's id goes where {site} stands. */
  path: string
  /** The path of older clients. */
  alsoAt?: string
  /** `{site}` comes as the query's siteId or in the path. */
  query?: string
  body?: (world: World) => Promise<unknown>
  /** open: needs no credential. admins: refuses a user. */
  access?: 'open' | 'users' | 'admins'
  /** Who calls it for the answer, where it is not the user; admins only: the administrator. */
  caller?: 'user' | 'admin'
  /** Which site stands for {site}; the user's own where not given. */
  site?: (world: World) => Promise<string>
  status?: readonly number[]
  answer: z.ZodType<Output>
  /** More than a schema can say. */
  holds?: (output: Output, world: World, answer: Answer) => Promise<void> | void
  timeoutMilliseconds?: number
  /** Another name in the report than the method and path. */
  name?: string
}

/**
 * A row of the HTTP table: answers at each of its paths, with a trailing slash too and never by a redirect; refuses who has no
 * credential, a wrong one or too small a role; and hides somebody else's site.
 */
export function endpoint<Output>(given: Endpoint<Output>): Row {
  const { method, path, access = 'users', status = [200], holds } = given
  const name = given.name ?? `${method} ${path}`
  const caller = given.caller ?? (access === 'admins' ? 'admin' : 'user')
  const paths = [path, ...(given.alsoAt ? [given.alsoAt] : [])].map((one) => one + (given.query ?? ''))
  const isOfSite = paths.some((one) => one.includes('{site}'))
  const placed = (one: string, site: string) => one.replace('{site}', site)
  const siteOf = (world: World) => (isOfSite ? (given.site ?? ((w) => w.ownSite()))(world) : Promise.resolve(''))
  const optionsOf = async (world: World) => ({ body: await given.body?.(world), timeoutMilliseconds: given.timeoutMilliseconds })

  async function check(world: World): Promise<void> {
    const site = await siteOf(world)
    const options = await optionsOf(world)
    for (const one of paths.map((each) => placed(each, site))) {
      for (const variant of [one, withSlash(one)]) {
        // A browser's Accept must not lead an older client's path to a page.
        const headers: Record<string, string> = variant === one && one !== paths[0] ? { accept: 'text/html,*/*' } : {}
        const answer = await world.ask(access === 'open' ? 'nobody' : caller, method, variant, { ...options, headers })
        expectStatus(answer, status)
        const output = readAnswer(answer, given.answer)
        await holds?.(output, world, answer)
      }
      if (access === 'open') continue
      expectProblem(await world.ask('nobody', method, one, options), 401)
      const wrong = { ...options, headers: { authorization: 'Bearer not.a.token' } }
      expectProblem(await world.ask('nobody', method, one, wrong), 401)
      if (access === 'admins') expectProblem(await world.ask('user', method, one, options), 403)
    }
    if (isOfSite) {
      for (const other of [await world.foreignSite(), 'no-such-site']) {
        const answer = await world.ask('user', method, placed(paths[0] ?? '', other), options)
        expectProblem(answer, 404)
        expect(!answer.text.includes(`Site ${world.mark}`), `${name}: the error tells another account's site by name`)
      }
    }
  }

  async function answers(world: World): Promise<string | null> {
    const [site, options] = [await siteOf(world), await optionsOf(world)]
    for (const one of paths) {
      const answer = await world.ask(caller, method, placed(one, site), options)
      if (answer.status < 300) return answer.what
    }
    return null
  }

  return { name, check, answers }
}
