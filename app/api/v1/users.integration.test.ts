import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { POST as logInRoute } from '@/app/api/auth/login/route'
import { GET as whoAmI } from '@/app/api/auth/test/route'
import { POST as accept } from '@/app/api/v1/invitations/accept/route'
import { DELETE as withdraw } from '@/app/api/v1/invitations/[id]/route'
import { GET as listInvitations, POST as invite } from '@/app/api/v1/invitations/route'
import { GET as getSite } from '@/app/api/v1/sites/[id]/route'
import { GET as listMembers } from '@/app/api/v1/sites/[id]/members/route'
import { DELETE as removeMember, PUT as addMember } from '@/app/api/v1/sites/[id]/members/[userId]/route'
import { PUT as resetPassword } from '@/app/api/v1/users/[id]/password/route'
import { DELETE as deleteUser, GET as getUser, PATCH as changeUser } from '@/app/api/v1/users/[id]/route'
import { DELETE as signOut } from '@/app/api/v1/users/[id]/sessions/route'
import { GET as listUsers, POST as createUser } from '@/app/api/v1/users/route'
import { readInvitation } from '@/lib/auth/invitations'
import { createdInvitationSchema, invitationSchema, userSchema } from '@/lib/contracts/accounts'
import { prisma } from '@/lib/data/prisma'
import { updateUser } from '@/lib/data/user-admin'
import { provideEnv } from '@/lib/env'
import { closePool } from '@/lib/infra/db'
import { callApi } from '@/scripts/testing/api-call'
import { issueSessionToken, makeSite, makeUser, TEST_SECRET, type TestUser } from '@/scripts/testing/place-fixtures'

let admin: TestUser

beforeAll(async () => {
  provideEnv({ DATABASE_URL: inject('databaseUrl'), NEXTAUTH_SECRET: TEST_SECRET, DEMO: 'false', NEXTAUTH_URL: '' })
  admin = await makeUser('admin')
})
afterAll(closePool)

const PASSWORD = 'a long enough password'
const newName = () => `name_${randomUUID()}`
const params = (id: string) => ({ id })

const statusOf = async (token: string) => (await callApi(whoAmI, { as: token })).status

async function logIn(username: string, password: string) {
  const headers = { 'x-forwarded-for': `${randomUUID().slice(0, 4)}::1` }
  return (await callApi(logInRoute, { body: { username, password }, headers })).status
}

const newUser = (changes = {}) => ({ username: newName(), password: PASSWORD, role: 'viewer', siteIds: [], ...changes })

async function invitation(changes = {}) {
  const made = await callApi(invite, { as: admin, body: { role: 'viewer', ...changes } })
  expect(made.status).toBe(201)
  const { link, ...rest } = createdInvitationSchema.parse(made.body)
  return { ...rest, link, token: link.split('/').at(-1) ?? '' }
}

describe('users', () => {
  it('are seen, made and changed by administrators alone', async () => {
    const someone = await makeUser()
    const attempts = [
      [listUsers, {}],
      [createUser, { body: newUser() }],
      [getUser, { params: params(someone.id) }],
      [changeUser, { params: params(someone.id), body: { role: 'admin' }, method: 'PATCH' }],
      [deleteUser, { params: params(someone.id), method: 'DELETE' }],
      [resetPassword, { params: params(someone.id), body: { password: PASSWORD }, method: 'PUT' }],
      [signOut, { params: params(someone.id), method: 'DELETE' }],
      [listInvitations, {}],
      [invite, { body: { role: 'admin' } }],
      [withdraw, { params: params('invitation_x'), method: 'DELETE' }],
    ] as const
    for (const role of ['viewer', 'operator'] as const) {
      const caller = await makeUser(role)
      for (const [route, call] of attempts) expect((await callApi(route, { as: caller, ...call })).status).toBe(403)
    }
    for (const [route, call] of attempts) expect((await callApi(route, call)).status).toBe(401)
    expect(await statusOf(someone.token)).toBe(200)
  })

  it('are made with their sites, and once per name in whatever case', async () => {
    const site = await makeSite([])
    const body = newUser({ siteIds: [site.id] })
    const made = await callApi(createUser, { as: admin, body })
    expect(made.status).toBe(201)
    expect(userSchema.strict().parse(made.body)).toMatchObject({ role: 'viewer', sites: [{ id: site.id }], isDisabled: false })
    expect(await logIn(body.username, PASSWORD)).toBe(200)
    expect((await callApi(createUser, { as: admin, body: newUser({ username: body.username.toUpperCase() }) })).status).toBe(409)
    expect((await callApi(createUser, { as: admin, body: newUser({ siteIds: ['site_missing'] }) })).status).toBe(404)
    for (const username of ['', ' a', 'a b', 'a\0', '../x', 'x'.repeat(65)]) {
      expect((await callApi(createUser, { as: admin, body: newUser({ username }) })).status).toBe(422)
    }
  })

  it('who are disabled are out at once and come back only when enabled; others keep their session', async () => {
    const [user, other] = [await makeUser('operator'), await makeUser()]
    const patch = (body: object) => callApi(changeUser, { as: admin, params: params(user.id), body, method: 'PATCH' })
    expect(userSchema.parse((await patch({ isDisabled: true })).body).isDisabled).toBe(true)
    expect(await statusOf(user.token)).toBe(401)
    expect(await statusOf(other.token)).toBe(200)
    expect(userSchema.parse((await patch({ isDisabled: false })).body).isDisabled).toBe(false)
    expect(await statusOf(user.token)).toBe(401)
    expect(await statusOf(await issueSessionToken(user))).toBe(200)
    expect((await patch({})).status).toBe(422)
  })

  it('get the role and the sites an administrator gives them at once', async () => {
    const user = await makeUser()
    const [kept, dropped, added] = [await makeSite([user]), await makeSite([user]), await makeSite([])]
    const see = async ({ id }: { id: string }) => (await callApi(getSite, { as: user, params: { id } })).status
    expect([await see(kept), await see(dropped), await see(added)]).toEqual([200, 200, 404])
    const body = { role: 'operator', siteIds: [kept.id, added.id] }
    const changed = await callApi(changeUser, { as: admin, params: params(user.id), body, method: 'PATCH' })
    expect(userSchema.parse(changed.body).role).toBe('operator')
    expect([await see(kept), await see(dropped), await see(added)]).toEqual([200, 404, 200])
    expect((await callApi(whoAmI, { as: user })).body).toMatchObject({ role: 'operator' })
  })

  it('whose password is reset are logged out, and log in with the new one', async () => {
    const user = await makeUser()
    const reset = (password: string) => callApi(resetPassword, { as: admin, params: params(user.id), body: { password }, method: 'PUT' })
    expect((await reset('password123')).status).toBe(422)
    expect((await reset(PASSWORD)).status).toBe(204)
    expect(await statusOf(user.token)).toBe(401)
    expect(await logIn(user.username, PASSWORD)).toBe(200)
  })

  it('can be logged out everywhere, and removed with their memberships while the sites stay', async () => {
    const user = await makeUser()
    const site = await makeSite([user])
    expect((await callApi(signOut, { as: admin, params: params(user.id), method: 'DELETE' })).body).toEqual({ ended: 1 })
    expect(await statusOf(user.token)).toBe(401)
    const token = await issueSessionToken(user)
    expect((await callApi(deleteUser, { as: admin, params: params(user.id), method: 'DELETE' })).status).toBe(204)
    expect(await statusOf(token)).toBe(401)
    expect((await callApi(getUser, { as: admin, params: params(user.id) })).status).toBe(404)
    expect((await callApi(getSite, { as: admin, params: params(site.id) })).status).toBe(200)
  })
})

describe('members of a site', () => {
  it('see it from then on, and no longer once they were removed; only administrators say who', async () => {
    const [user, operator] = [await makeUser(), await makeUser('operator')]
    const site = await makeSite([operator])
    const member = { params: { id: site.id, userId: user.id } }
    expect((await callApi(addMember, { as: operator, ...member, method: 'PUT' })).status).toBe(403)
    expect((await callApi(listMembers, { as: operator, params: params(site.id) })).status).toBe(403)
    expect((await callApi(addMember, { as: admin, ...member, method: 'PUT' })).status).toBe(200)
    expect((await callApi(addMember, { as: admin, ...member, method: 'PUT' })).status).toBe(200)
    expect((await callApi(getSite, { as: user, params: params(site.id) })).status).toBe(200)
    const { data } = (await callApi(listMembers, { as: admin, params: params(site.id) })).body as { data: { id: string }[] }
    expect(data.map(({ id }) => id).sort()).toEqual([user.id, operator.id].sort())
    expect((await callApi(removeMember, { as: admin, ...member, method: 'DELETE' })).status).toBe(200)
    expect((await callApi(removeMember, { as: admin, ...member, method: 'DELETE' })).status).toBe(404)
    expect((await callApi(getSite, { as: user, params: params(site.id) })).status).toBe(404)
    const nobody = { params: { id: site.id, userId: 'user_missing' }, method: 'PUT' }
    expect((await callApi(addMember, { as: admin, ...nobody })).status).toBe(404)
  })
})

describe('invitations', () => {
  const take = (token: string, username = newName()) =>
    callApi(accept, { body: { token, username, password: PASSWORD } })

  it('make the account they offer, once', async () => {
    const site = await makeSite([])
    const { token, link, id } = await invitation({ role: 'operator', siteIds: [site.id], note: 'Ada' })
    expect(link).toBe(`http://localhost/invitation/${token}`)
    const username = newName()
    expect((await take(token, username)).status).toBe(201)
    expect(await logIn(username, PASSWORD)).toBe(200)
    const user = await prisma().user.findUniqueOrThrow({ where: { username }, include: { memberships: true } })
    expect(user).toMatchObject({ role: 'operator', memberships: [{ siteId: site.id }] })
    expect((await take(token)).status).toBe(404)
    const { data } = (await callApi(listInvitations, { as: admin })).body as { data: unknown }
    expect(invitationSchema.strict().array().parse(data).map((one) => one.id)).not.toContain(id)
  })

  it('make one account when they are accepted several times at once', async () => {
    const { token } = await invitation()
    const statuses = (await Promise.all([take(token), take(token), take(token)])).map(({ status }) => status)
    expect(statuses.sort()).toEqual([201, 404, 404])
  })

  it('stay when the chosen name is taken or the password too weak', async () => {
    const { token } = await invitation()
    expect((await take(token, admin.username)).status).toBe(409)
    expect((await callApi(accept, { body: { token, username: newName(), password: 'short' } })).status).toBe(422)
    expect((await take(token)).status).toBe(201)
  })

  it('are worth nothing when expired, withdrawn, forged, or made by somebody who may no longer invite', async () => {
    const [expired, withdrawn] = [await invitation(), await invitation()]
    await prisma().invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date(Date.now() - 1000) } })
    expect((await callApi(withdraw, { as: admin, params: params(withdrawn.id), method: 'DELETE' })).status).toBe(204)
    for (const token of [expired.token, withdrawn.token, 'guessed']) expect((await take(token)).status).toBe(404)
    const former = await makeUser('admin')
    const made = await callApi(invite, { as: former, body: { role: 'admin' } })
    const token = createdInvitationSchema.parse(made.body).link.split('/').at(-1) ?? ''
    expect(await readInvitation(token)).not.toBeNull()
    await prisma().user.update({ where: { id: former.id }, data: { role: 'operator' } })
    expect((await take(token)).status).toBe(404)
  })
})

it('there is always an administrator left, however two try to remove each other', async () => {
  const others = await prisma().user.findMany({ where: { role: 'admin', disabledAt: null, id: { not: admin.id } } })
  const ids = others.map(({ id }) => id)
  await prisma().user.updateMany({ where: { id: { in: ids } }, data: { role: 'viewer' } })
  const second = await makeUser('admin')
  const demote = (id: string) => updateUser(id, { role: 'viewer' })
  const results = await Promise.all([demote(admin.id), demote(second.id)])
  expect(results.filter((result) => result === 'last administrator')).toHaveLength(1)
  const left = (await prisma().user.findFirstOrThrow({ where: { role: 'admin', disabledAt: null } })).id
  const as = await issueSessionToken({ id: left, username: left })
  for (const body of [{ isDisabled: true }, { role: 'operator' }]) {
    expect((await callApi(changeUser, { as, params: params(left), body, method: 'PATCH' })).status).toBe(409)
  }
  expect((await callApi(deleteUser, { as, params: params(left), method: 'DELETE' })).status).toBe(409)
})
