import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { DELETE as deleteKey } from '@/app/api/v1/api-keys/[id]/route'
import { POST as createKey } from '@/app/api/v1/api-keys/route'
import { POST as accept } from '@/app/api/v1/invitations/accept/route'
import { POST as invite } from '@/app/api/v1/invitations/route'
import { DELETE as removeTariff, PUT as changeTariff } from '@/app/api/v1/sites/[id]/tariffs/[tariffId]/route'
import { POST as createTariff } from '@/app/api/v1/sites/[id]/tariffs/route'
import { PUT as resetPassword } from '@/app/api/v1/users/[id]/password/route'
import { PATCH as changeUser } from '@/app/api/v1/users/[id]/route'
import { createdApiKeySchema, createdInvitationSchema } from '@/lib/contracts/accounts'
import { tariffSchema } from '@/lib/contracts/tariffs'
import { provideEnv } from '@/lib/env'
import { closePool, pool } from '@/lib/infra/db'
import { callApi } from '@/scripts/testing/api-call'
import { makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

let admin: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, DEMO: 'false', NEXTAUTH_URL: '' })
  admin = await makeUser('admin')
})
afterAll(closePool)

interface Entry {
  action: string
  actor_id: string
  before: unknown
  after: unknown
}

async function entriesOf(target: string): Promise<Entry[]> {
  return (await pool().query<Entry>('SELECT * FROM audit_log WHERE target = $1 ORDER BY id', [target])).rows
}

it('an API key is in the log with its scopes when it comes and goes, and never the key itself', async () => {
  const body = { name: 'meter', scopes: ['site:read'], expiresInDays: 30 }
  const made = createdApiKeySchema.parse((await callApi(createKey, { as: admin, body })).body)
  await callApi(deleteKey, { as: admin, params: { id: made.id }, method: 'DELETE' })
  const [created, deleted] = await entriesOf(made.id)
  expect(created).toMatchObject({ action: 'api-key.create', actor_id: admin.id, after: { id: made.id, scopes: ['site:read'] } })
  expect(deleted).toMatchObject({ action: 'api-key.delete', before: { id: made.id, scopes: ['site:read'] }, after: null })
  expect(JSON.stringify([created, deleted])).not.toContain(made.key)
})

it('an invitation and who accepted it are in the log, and never its link', async () => {
  const body = { role: 'operator', note: 'Ada' }
  const made = createdInvitationSchema.parse((await callApi(invite, { as: admin, body })).body)
  const token = made.link.split('/').at(-1) ?? ''
  const accepted = await callApi(accept, { body: { token, username: `name_${randomUUID()}`, password: 'a long enough password' } })
  const { id } = accepted.body as { id: string }
  const entries = [...(await entriesOf(made.id)), ...(await entriesOf(id))]
  expect(entries).toMatchObject([
    { action: 'invitation.create', actor_id: admin.id, after: { note: 'Ada', role: 'operator' } },
    { action: 'invitation.accept', actor_id: id, after: { id, role: 'operator' } },
  ])
  expect(JSON.stringify(entries)).not.toContain(token)
})

it('a user is in the log as it was and as it is, and never a password', async () => {
  const user = await makeUser('viewer')
  const password = `long enough ${randomUUID()}`
  await callApi(changeUser, { as: admin, params: { id: user.id }, body: { role: 'operator' }, method: 'PATCH' })
  await callApi(resetPassword, { as: admin, params: { id: user.id }, body: { password }, method: 'PUT' })
  const entries = await entriesOf(user.id)
  expect(entries).toMatchObject([
    { action: 'user.update', before: { role: 'viewer' }, after: { role: 'operator' } },
    { action: 'password.reset', before: null, after: null },
  ])
  expect(JSON.stringify(entries)).not.toContain(password)
})

it('a tariff is in the log when it is made, corrected and removed; a change that was refused is not', async () => {
  const { id } = await makeSite([])
  const body = (pricePerKwh: number) => ({ name: 'Flat', validFrom: '2026-01-01', rate: { kind: 'flat', pricePerKwh } })
  const made = await callApi(createTariff, { as: admin, params: { id }, body: body(0.3) })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { id: tariffId } = tariffSchema.parse(made.body)
  expect((await callApi(createTariff, { as: admin, params: { id }, body: body(0.4) })).status).toBe(409)
  await callApi(changeTariff, { as: admin, params: { id, tariffId }, body: body(0.35), method: 'PUT' })
  await callApi(removeTariff, { as: admin, params: { id, tariffId }, method: 'DELETE' })
  const entries = await entriesOf(tariffId)
  expect(entries.map(({ action }) => action)).toEqual(['tariff.create', 'tariff.update', 'tariff.delete'])
  expect(entries[1]?.before).toEqual(entries[0]?.after)
  expect(entries[1]?.after).not.toEqual(entries[1]?.before)
  expect(entries[2]).toMatchObject({ before: entries[1]?.after, after: null })
})
