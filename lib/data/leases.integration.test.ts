import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { acquireLeases, countLiveLeases, fence, releaseLeases } from './leases'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl') }))
afterAll(closePool)

const newName = () => `lease_${randomUUID()}`

describe('leases', () => {
  it('gives a lease to one owner at a time', async () => {
    const name = newName()
    const winners = await Promise.all(['a', 'b', 'c', 'd'].map((owner) => acquireLeases([name], owner, 30)))
    expect(winners.filter((held) => held.has(name))).toHaveLength(1)
  })

  it('keeps the epoch for an owner that renews and raises it for every new owner', async () => {
    const name = newName()
    expect((await acquireLeases([name], 'a', 0.05)).get(name)).toBe(1n)
    expect((await acquireLeases([name], 'a', 0.05)).get(name)).toBe(1n)
    await sleep(100)
    expect((await acquireLeases([name], 'b', 30)).get(name)).toBe(2n)
    await releaseLeases([name], 'b')
    expect((await acquireLeases([name], 'a', 30)).get(name)).toBe(3n)
  })

  it('tells a worker that lost its lease, even if it never noticed, that it may not commit', async () => {
    const name = newName()
    const stale = (await acquireLeases([name], 'a', 0.01)).get(name) ?? 0n
    await sleep(50)
    await acquireLeases([name], 'b', 0.01)
    await sleep(50)
    // The same owner again, after another one in between: its earlier work must not count.
    const fresh = (await acquireLeases([name], 'a', 30)).get(name) ?? 0n
    const held = (epoch: bigint) => withTransaction((client) => fence(client, 'a', new Map([[name, epoch]])))
    expect([...(await held(stale))]).toEqual([])
    expect([...(await held(fresh))]).toEqual([name])
  })

  it('does not let a lease be taken over while a commit that carries it is under way', async () => {
    const name = newName()
    const epoch = (await acquireLeases([name], 'a', 0.01)).get(name) ?? 0n
    await sleep(50)
    let taken = false
    const takeover = await withTransaction(async (client) => {
      expect((await fence(client, 'a', new Map([[name, epoch]]))).has(name)).toBe(true)
      const attempt = acquireLeases([name], 'b', 30).then((held) => (taken = held.has(name)))
      await sleep(200)
      expect(taken).toBe(false)
      return { attempt }
    })
    expect(await takeover.attempt).toBe(true)
  })

  it('takes a lease from a process that was suspended in the middle of a commit, which then fails', async () => {
    const name = newName()
    const epoch = (await acquireLeases([name], 'a', 0.01)).get(name) ?? 0n
    const suspended = await pool().connect()
    onTestFinished(() => suspended.release(true))
    await suspended.query('BEGIN')
    await fence(suspended, 'a', new Map([[name, epoch]]))
    await sleep(50)
    expect((await acquireLeases([name], 'b', 30)).has(name)).toBe(true)
    await expect(suspended.query('COMMIT')).rejects.toThrow()
  })

  it('counts only announcements that are alive', async () => {
    const prefix = `${newName()}:`
    await acquireLeases([`${prefix}1`, `${prefix}2`], 'x', 30)
    await acquireLeases([`${prefix}3`], 'x', 0.01)
    await sleep(50)
    expect(await countLiveLeases(prefix)).toBe(2)
  })
})
