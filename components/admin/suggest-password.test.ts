import { expect, it } from 'vitest'
import { newPasswordSchema } from '@/lib/contracts/accounts'
import { suggestPassword } from './suggest-password'

it('suggests passwords that are accepted, and never the same', () => {
  const suggested = Array.from({ length: 50 }, suggestPassword)
  for (const password of suggested) expect(newPasswordSchema.safeParse(password).success).toBe(true)
  expect(new Set(suggested).size).toBe(50)
})
