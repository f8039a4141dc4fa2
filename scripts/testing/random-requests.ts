// Random requests for a declared route: near what its schemas allow, so that they get past the door, and far from it.
import fc from 'fast-check'
import type { DeclaredRoute } from '@/lib/http/route-contract'
import { type JsonSchema, SchemaCollection } from '@/lib/http/openapi-schemas'

export interface RandomRequest {
  params: Record<string, string>
  query: [name: string, value: string][]
  /** Text of a body; undefined: none. */
  body: string | undefined
}

/** What programs stumble over: texts no database stores, numbers no date can be, names objects already have. */
const hostileText = fc.constantFrom(
  '', '\0', 'a\0b', '\u{D800}', '%00', '../../etc/passwd', "' OR 1=1 --", '__proto__', 'constructor', '💡'.repeat(50), 'x'.repeat(5_000),
  '-1', '1e309', 'NaN', 'Infinity', '9007199254740993', '2024-02-30T25:61:00Z', '+275760-09-13', 'null', '{}', '[]',
)
const text = fc.oneof(hostileText, fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 20 }))
const hostileNumber = fc.constantFrom(0, -0, -1, 1e300, -1e300, 1e21, 2 ** 31, 2 ** 53, 2 ** 63, 5e-324, 0.1, 253_402_300_800, 8.64e15)
const anything: fc.Arbitrary<unknown> = fc.oneof(text, hostileNumber, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(null, true, {}, []))

/** @param knownIds ids that exist and that the caller may see, tried wherever a name ends in "id" */
export function randomRequests({ path, handler }: DeclaredRoute, knownIds: readonly string[]): fc.Arbitrary<RandomRequest> {
  const schemas = new SchemaCollection()
  const near = new NearSchema(knownIds)
  const { params, query, body, bodyTypes } = handler.contract
  const paramsSchema = params && schemas.inputOf(params)
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const paramValues = names.map((name) => [name, near.member(name, paramsSchema?.properties?.[name] ?? {}).map(asText)] as const)
  const bodies: fc.Arbitrary<string | undefined>[] = [fc.constant(undefined)]
  if (body) bodies.push(near.value(schemas.inputOf(body)).map(asJson), anything.map(asJson), text)
  if (bodyTypes) bodies.push(text)
  return fc.record({
    params: fc.record(Object.fromEntries(paramValues)),
    query: queryOf(near, query && schemas.inputOf(query)),
    // Nothing at all is worth one try in many; what is near the schema most.
    body: fc.oneof(...bodies.map((arbitrary, index) => ({ arbitrary, weight: index === 0 ? 1 : index === 1 ? 12 : 3 }))),
  })
}

function queryOf(near: NearSchema, schema: JsonSchema | undefined): fc.Arbitrary<[string, string][]> {
  const stray = fc.tuple(text, text)
  const declared = Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const one = near.member(name, property).map((value): [string, string][] => [[name, asText(value)]])
    const isRequired = schema?.required?.includes(name)
    return fc.oneof({ weight: isRequired ? 8 : 1, arbitrary: one }, { weight: 1, arbitrary: fc.constant([]) })
  })
  return fc.tuple(fc.tuple(...declared), fc.array(stray, { maxLength: 1 })).map(([own, strays]) => [...own.flat(), ...strays])
}

/** Values a JSON Schema allows, but for one in ten or so, which is anything. */
class NearSchema {
  constructor(readonly knownIds: readonly string[]) {}

  value(schema: JsonSchema): fc.Arbitrary<unknown> {
    return fc.oneof({ weight: 12, arbitrary: this.#allowed(schema) }, { weight: 1, arbitrary: anything })
  }

  member(name: string, schema: JsonSchema): fc.Arbitrary<unknown> {
    const value = this.value(schema)
    if (!/id$/i.test(name) || this.knownIds.length === 0) return value
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...this.knownIds) }, { weight: 1, arbitrary: value })
  }

  #allowed(schema: JsonSchema): fc.Arbitrary<unknown> {
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (Array.isArray(schema.enum) && schema.enum.length > 0) return fc.constantFrom(...(schema.enum as unknown[]))
    const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined
    if (choices) return fc.oneof(...choices.map((choice) => this.value(choice)))
    switch ([schema.type].flat()[0]) {
      case 'object': return this.#object(schema)
      case 'array': return fc.array(this.value((schema.items as JsonSchema | undefined) ?? {}), { maxLength: 4 })
      case 'boolean': return fc.boolean()
      case 'null': return fc.constant(null)
      case 'integer': return numberOf(fc.integer(range(schema)), schema)
      case 'number': return numberOf(fc.double({ noNaN: true, ...range(schema) }), schema)
      case 'string': return stringOf(schema)
      default: return anything
    }
  }

  #object(schema: JsonSchema): fc.Arbitrary<unknown> {
    const members = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, this.member(name, property)] as const)
    return fc.record(Object.fromEntries(members), { requiredKeys: schema.required ?? [] })
  }
}

/** Times of one day, so that two of them make a period. */
const unixSeconds = fc.integer({ min: 1_760_000_000, max: 1_760_086_400 })
const dates = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
const hostileDates = fc.constantFrom('0001-01-01', '9999-12-31T23:59:59Z', '-200000-01-01T00:00:00Z', '2025-03-30T02:30:00')

function numberOf(allowed: fc.Arbitrary<number>, { maximum }: JsonSchema): fc.Arbitrary<number> {
  const mayBeTime = typeof maximum !== 'number' || maximum > 1_760_086_400
  return fc.oneof(
    { weight: 1, arbitrary: hostileNumber },
    { weight: 4, arbitrary: allowed },
    { weight: mayBeTime ? 12 : 0, arbitrary: unixSeconds },
  )
}

function stringOf({ pattern, format, maxLength }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time' || format === 'date') return fc.oneof(dates, dates.map((date) => date.slice(0, 10)), hostileDates)
  if (typeof pattern === 'string') {
    try {
      return fc.stringMatching(new RegExp(pattern), { maxLength: 200 })
    } catch {
      return text
    }
  }
  const longest = typeof maxLength === 'number' ? maxLength : 40
  return fc.oneof(text, fc.string({ maxLength: Math.min(longest, 200) }), dates)
}

function range({ minimum, maximum }: JsonSchema): { min?: number; max?: number } {
  return {
    ...(typeof minimum === 'number' && { min: Math.max(minimum, -(2 ** 31)) }),
    ...(typeof maximum === 'number' && { max: Math.min(maximum, 2 ** 31 - 1) }),
  }
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value) ?? '')
const asJson = (value: unknown) => JSON.stringify(value) ?? ''
