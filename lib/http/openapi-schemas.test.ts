import { expect, it } from 'vitest'
import { z } from 'zod'
import { SchemaCollection } from './openapi-schemas'

it('says what a caller may leave out, and what an answer always has', () => {
  const schema = z.object({ limit: z.number().default(40) })
  const schemas = new SchemaCollection()
  expect(schemas.inputOf(schema).required).toBeUndefined()
  expect(schemas.outputOf(schema).required).toEqual(['limit'])
})

it('gathers parts that refer to themselves, without mixing up those of different schemas', () => {
  const tree = (leaf: z.ZodType) => {
    const node: z.ZodType = z.object({ leaf, children: z.lazy(() => z.array(node)) })
    return z.object({ root: node })
  }
  const schemas = new SchemaCollection()
  const numbers = schemas.outputOf(tree(z.number()))
  const texts = schemas.outputOf(tree(z.string()))
  const part = (schema: typeof numbers) => schemas.all[String(schema.properties?.root?.$ref).replace('#/components/schemas/', '')]
  expect(part(numbers)?.properties?.leaf).toEqual({ type: 'number' })
  expect(part(texts)?.properties?.leaf).toEqual({ type: 'string' })
  expect(JSON.stringify(schemas.all)).not.toContain('$defs')
})

it('takes what JSON cannot say for anything instead of failing', () => {
  expect(new SchemaCollection().inputOf(z.object({ at: z.date() })).properties?.at).toEqual({})
})
