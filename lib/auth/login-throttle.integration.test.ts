import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { attemptSucceeded, beginAttempt, LOGIN_LIMITS } from './login-throttle'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl') }))
afterAll(closePool)

const { usernameAndAddress, address, username } = LOGIN_LIMITS
const newName = () => `name_${randomUUID()}`
/** An IPv6 network of its own. */
const newNetwork = () => `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}`

async function fail(times: number, who: (n: number) => [string, string]): Promise<void> {
  for (let n = 0; n < times; n++) await beginAttempt(...who(n))
}

describe('log-in throttling', () => {
  it('makes somebody who guesses one password wait until the window ends, and only there', async () => {
    const [name, place] = [newName(), `${newNetwork()}::1`]
    await fail(usernameAndAddress.attempts, () => [name, place])
    const wait = await beginAttempt(name, place)
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(usernameAndAddress.windowSeconds)
    expect(await beginAttempt(name.toUpperCase(), place)).toBeGreaterThan(0)
    expect(await beginAttempt(name, `${newNetwork()}::1`)).toBe(0)
    expect(await beginAttempt(newName(), place)).toBe(0)
    // A second ago, not this instant: a system clock that is being set steps back by microseconds.
    await pool().query(`UPDATE login_throttle SET ends_at = now() - interval '1 second'`)
    expect(await beginAttempt(name, place)).toBe(0)
  })

  it('counts for all processes together', async () => {
    const [name, place] = [newName(), `${newNetwork()}::1`]
    await fail(usernameAndAddress.attempts, () => [name, place])
    vi.resetModules()
    const another = await import('./login-throttle')
    expect(another.beginAttempt).not.toBe(beginAttempt)
    expect(await another.beginAttempt(name, place)).toBeGreaterThan(0)
  })

  it('lets no more through than the limit when many come at once', async () => {
    const [name, place] = [newName(), `${newNetwork()}::1`]
    const waits = await Promise.all(Array.from({ length: 20 }, () => beginAttempt(name, place)))
    expect(waits.filter((wait) => wait === 0)).toHaveLength(usernameAndAddress.attempts)
  })

  it('does not let who is kept out in one place keep the person out everywhere', async () => {
    const [name, place] = [newName(), `${newNetwork()}::1`]
    await fail(username.attempts + 10, () => [name, place])
    expect(await beginAttempt(name, `${newNetwork()}::1`)).toBe(0)
  })

  it('stops one network that tries many names, and takes an IPv4 address in IPv6 clothes for itself', async () => {
    const network = newNetwork()
    await fail(address.attempts, (n) => [newName(), `${network}::${n.toString(16)}`])
    expect(await beginAttempt(newName(), `${network.replace('2001:db8', '2001:0db8')}:ffff::1`)).toBeGreaterThan(0)
    const [name, ipv4] = [newName(), '192.0.2.1']
    await fail(usernameAndAddress.attempts, () => [name, `::ffff:${ipv4}`])
    expect(await beginAttempt(name, ipv4)).toBeGreaterThan(0)
  })

  it('stops guesses at one name spread over forged addresses', async () => {
    const name = newName()
    await fail(username.attempts, () => [name, `${newNetwork()}::1`])
    expect(await beginAttempt(name, `${newNetwork()}::1`)).toBeGreaterThan(0)
  })

  it('forgives who then remembers the password, and never makes anybody wait for logging in correctly', async () => {
    const [name, place] = [newName(), `${newNetwork()}::1`]
    await fail(usernameAndAddress.attempts - 1, () => [name, place])
    for (let n = 0; n < address.attempts + 5; n++) {
      expect(await beginAttempt(name, place)).toBe(0)
      await attemptSucceeded(name, place)
    }
  })
})
