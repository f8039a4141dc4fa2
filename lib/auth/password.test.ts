import { expect, it } from 'vitest'
import { hashPassword, verifyPassword } from './password'

it('accepts the password it hashed and no other', async () => {
  const hash = await hashPassword('correct horse')
  expect(await verifyPassword('correct horse', hash)).toBe(true)
  expect(await verifyPassword('correct horsf', hash)).toBe(false)
})

it('refuses everybody where there is no such user', async () => {
  expect(await verifyPassword('anything', null)).toBe(false)
})

it('refuses passwords of which bcrypt would ignore the end', async () => {
  const hash = await hashPassword('a'.repeat(72))
  await expect(hashPassword('a'.repeat(73))).rejects.toThrow('72 bytes')
  expect(await verifyPassword('a'.repeat(73), hash)).toBe(false)
})
