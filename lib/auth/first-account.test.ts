import { beforeEach, expect, it } from 'vitest'
import { MIN_PASSWORD_LENGTH } from '@/lib/contracts/accounts'
import { provideEnv } from '@/lib/env'
import { firstAccountProblem } from './first-account'

beforeEach(() => provideEnv({ DEMO: 'false', ADMIN_USERNAME: 'admin', ADMIN_PASSWORD: 'correct-horse' }))

it('the first account keeps to the rules of every other one, and what is wrong names the setting', () => {
  expect(firstAccountProblem()).toBeNull()
  provideEnv({ ADMIN_PASSWORD: 'a'.repeat(MIN_PASSWORD_LENGTH) })
  expect(firstAccountProblem()).toBeNull()
  for (const [password, problem] of [
    ['', /Set ADMIN_PASSWORD/],
    ['a'.repeat(MIN_PASSWORD_LENGTH - 1), /^ADMIN_PASSWORD cannot be used: Must have at least 10 characters\.$/],
    ['my-Admin-password', /^ADMIN_PASSWORD .*user name/],
    ['password123', /^ADMIN_PASSWORD .*demonstration/],
    ['ä'.repeat(40), /^ADMIN_PASSWORD .*bytes/],
  ] as const) {
    provideEnv({ ADMIN_PASSWORD: password })
    expect(firstAccountProblem()).toMatch(problem)
  }
  provideEnv({ ADMIN_PASSWORD: 'correct-horse', ADMIN_USERNAME: 'two words' })
  expect(firstAccountProblem()).toMatch(/^ADMIN_USERNAME .*letters/)
})
