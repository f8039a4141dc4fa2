import { expect, it } from 'vitest'
import { secretProblem } from './demo-guard'
import { DEFAULT_SECRET } from './secret'

it('takes neither the default secret nor a short one for a secret', () => {
  expect(secretProblem(DEFAULT_SECRET)).toContain('default')
  expect(secretProblem('short')).toContain('too short')
  expect(secretProblem('kq0Vw3mWc1a8G2rH5tY7uJ9oP4sD6fL+zXbN1vMeQ8I=')).toBeNull()
})
