import { expect, it } from 'vitest'
import { ROLES } from '@/lib/contracts/current-user'
import { can, grantableScopes, permissionsOf } from './permissions'

it('lets everybody see their own sites and only an administrator see all', () => {
  expect(ROLES.filter((role) => can({ role }, 'site:read'))).toEqual([...ROLES])
  expect(ROLES.filter((role) => can({ role }, 'site:read-all'))).toEqual(['admin'])
})

it('lets nobody who may only look decide what a home learns', () => {
  expect(ROLES.filter((role) => can({ role }, 'home:teach'))).toEqual(['operator', 'admin'])
})

it('lets operators manage sites and only an administrator users', () => {
  expect(ROLES.filter((role) => can({ role }, 'site:manage'))).toEqual(['operator', 'admin'])
  expect(ROLES.filter((role) => can({ role }, 'user:manage'))).toEqual(['admin'])
})

it('gives an API key what its scopes and its owner’s role share, and never the account', () => {
  for (const role of ROLES) {
    const all = [...grantableScopes('admin'), 'account:manage']
    expect(permissionsOf({ role, scopes: all }).sort()).toEqual(['account:read', ...grantableScopes(role)].sort())
    expect(permissionsOf({ role, scopes: [] })).toEqual(['account:read'])
  }
  expect(permissionsOf({ role: 'admin', scopes: ['site:read'] })).toEqual(['account:read', 'site:read'])
})

it('lets a key ask the assistant only if it may read measurements as well', () => {
  expect(can({ role: 'viewer', scopes: ['chat:use'] }, 'chat:use')).toBe(false)
  expect(can({ role: 'viewer', scopes: ['chat:use', 'site:read'] }, 'chat:use')).toBe(true)
})
