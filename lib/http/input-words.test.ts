import { expect, it } from 'vitest'
import { z } from 'zod'
import { inputWords } from './input-words'
import { invalid } from './problem'

const schema = z.object({
  siteId: z.string(),
  days: z.coerce.number(),
  by: z.enum(['day', 'hour']),
  part: z.union([z.literal('all'), z.number()]),
  list: z.array(z.object({ watts: z.number().max(10, 'Is too much.') })).optional(),
})

function problemOf(given: unknown) {
  const { error } = schema.safeParse(given, { error: inputWords })
  if (!error) throw new Error('It was accepted.')
  return invalid('query', error)
}
const sound = { siteId: 'home', days: 1, by: 'day', part: 'all' }

it('a missing field is said to be missing, by its name', () => {
  const { siteId, ...without } = sound
  expect(problemOf(without).message).toBe('siteId is missing in the query.')
  expect(problemOf(without).errors).toEqual([{ field: 'query.siteId', message: 'Is missing.' }])
  for (const field of ['by', 'part']) {
    expect(problemOf({ ...sound, siteId, [field]: undefined }).message).toBe(`${field} is missing in the query.`)
  }
  expect(problemOf({ ...sound, list: [{}] }).message).toBe('list.0.watts is missing in the query.')
})

it('a wrong value is told what it must be, in the schema\'s own words where it has some', () => {
  expect(problemOf({ ...sound, siteId: 5 }).message).toBe('query.siteId: Must be a text.')
  expect(problemOf({ ...sound, days: 'abc' }).message).toBe('query.days: Must be a number.')
  expect(problemOf({ ...sound, by: 'year' }).message).toBe('query.by: Must be one of day, hour.')
  expect(problemOf({ ...sound, list: [{ watts: 11 }] }).message).toBe('query.list.0.watts: Is too much.')
  expect(problemOf([]).message).toBe('query: Must be an object.')
})
