import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { closePool, pool, withTransaction } from '@/lib/infra/db'
import { listAudit, recordAudit } from './audit'

beforeAll(() => provideEnv({ DATABASE_URL: inject('databaseUrl') }))
afterAll(closePool)

const actor = { id: 'user_1', username: 'ada' }

async function entriesOf(target: string): Promise<Record<string, unknown>[]> {
  const { rows } = await pool().query<Record<string, unknown>>('SELECT * FROM audit_log WHERE target = $1 ORDER BY id', [target])
  return rows
}

it('keeps who changed what, from what, to what, when and from where', async () => {
  const target = randomUUID()
  await recordAudit({
    actor, action: 'site.update', target, before: { name: 'A' }, after: { name: 'B' }, requestId: 'request-1', ip: '192.0.2.7',
  })
  const [entry] = await entriesOf(target)
  expect(entry).toMatchObject({
    actor_id: 'user_1', actor_name: 'ada', action: 'site.update', before: { name: 'A' }, after: { name: 'B' },
    request_id: 'request-1', ip: '192.0.2.7',
  })
  expect(Math.abs(Date.now() - Number(entry?.at))).toBeLessThan(60_000)
})

it('stores no secret, whatever it is called, and keeps what is only named like one', async () => {
  const target = randomUUID()
  const secrets = { password: 'p', newPassword: 'p', passwordHash: 'h', apiKey: 'k', keys: [{ keyHash: 'h', token: 't' }] }
  const after = { ...secrets, tokensUsed: 7, hasPassword: true }
  await recordAudit({ actor, action: 'user.create', target, after })
  const [entry] = await entriesOf(target)
  expect(entry?.after).toEqual({
    password: '[redacted]',
    newPassword: '[redacted]',
    passwordHash: '[redacted]',
    apiKey: '[redacted]',
    keys: [{ keyHash: '[redacted]', token: '[redacted]' }],
    tokensUsed: 7,
    hasPassword: true,
  })
  expect(entry?.before).toBeNull()
})

it('stores texts that PostgreSQL cannot hold as near as it can, and of what is huge only the size', async () => {
  const target = randomUUID()
  const before = { name: 'a\0b\u{D800}' }
  await recordAudit({ actor: null, action: 'site.update', target, before, after: { text: 'x'.repeat(100_000) } })
  const [entry] = await entriesOf(target)
  expect(entry).toMatchObject({ actor_id: null, before: { name: 'a\uFFFDb\uFFFD' }, after: { omittedBytes: expect.any(Number) } })
})

it('written within a transaction, is undone with it', async () => {
  const target = randomUUID()
  const undone = withTransaction(async (client) => {
    await recordAudit({ actor, action: 'site.delete', target }, client)
    throw new Error('undo')
  })
  await expect(undone).rejects.toThrow('undo')
  expect(await entriesOf(target)).toEqual([])
})

it('is read a page at a time, newest first, each entry once, however many come meanwhile', async () => {
  const targets = Array.from({ length: 5 }, () => randomUUID())
  for (const target of targets) await recordAudit({ actor, action: 'site.update', target })
  const first = await listAudit({ limit: 2 })
  await recordAudit({ actor, action: 'site.update', target: randomUUID() })
  const second = await listAudit({ limit: 2, before: first.next ?? undefined })
  const third = await listAudit({ limit: 1, before: second.next ?? undefined })
  const read = [first, second, third].flatMap(({ data }) => data.map(({ target }) => target))
  expect(read).toEqual(targets.toReversed())
  const oldest = await listAudit({ limit: 200, before: '1' })
  expect(oldest).toEqual({ data: [], next: null })
})
