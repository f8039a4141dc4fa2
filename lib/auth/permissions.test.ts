import { expect, it } from 'vitest'
import { ROLES } from '@/lib/contracts/current-user'
import { can } from './permissions'

it('lets everybody see their own sites and only an administrator see all', () => {
  expect(ROLES.filter((role) => can({ role }, 'site:read'))).toEqual([...ROLES])
  expect(ROLES.filter((role) => can({ role }, 'site:read-all'))).toEqual(['admin'])
})

it('lets nobody who may only look decide what a home learns', () => {
  expect(ROLES.filter((role) => can({ role }, 'home:teach'))).toEqual(['operator', 'admin'])
})
