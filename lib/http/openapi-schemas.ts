import { z } from 'zod'

/** A JSON Schema of draft 2020-12, which is what OpenAPI 3.1 has; of its keywords those that are read here. */
export interface JsonSchema {
  [keyword: string]: unknown
  type?: string | string[]
  description?: string
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** zod schemas as JSON Schema, with the parts they name or repeat gathered under #/components/schemas. */
export class SchemaCollection {
  readonly all: Record<string, JsonSchema> = {}

  add(name: string, schema: z.ZodType): void {
    this.all[name] = this.outputOf(schema)
  }

  /** What a caller sends: what has a default may be left out. */
  inputOf(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input')
  }

  /** What a caller gets. */
  outputOf(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output')
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs = {}, ...converted } = z.toJSONSchema(schema, {
      io,
      reused: 'inline',
      // What JSON Schema cannot say (a date that a client sends as text) is any value.
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // Answers may get more fields later.
        if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      },
    })
    const names = new Map(Object.entries($defs).map(([name, part]) => [name, this.#freeName(name, part)]))
    for (const [name, part] of Object.entries($defs)) this.all[names.get(name) ?? name] = withRefs(part, names) as JsonSchema
    return withRefs(converted, names) as JsonSchema
  }

  /** Parts that zod named by itself are called alike in every schema, and one may differ as input and as output. */
  #freeName(wanted: string, part: unknown): string {
    const base = wanted.replace(/^__schema/, 'Part').replaceAll(/[^\w.-]/g, '_')
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}_${number}`
      const taken = this.all[name]
      if (!taken || JSON.stringify(taken) === JSON.stringify(withRefs(part, new Map([[wanted, name]])))) return name
    }
  }
}

/** zod refers to parts within one schema; in the document those lie elsewhere. */
function withRefs(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((member) => withRefs(member, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key === '$ref' && typeof member === 'string' ? names.get(member.replace('#/$defs/', '')) : undefined
      return [key, name ? `#/components/schemas/${name}` : withRefs(member, names)]
    }),
  )
}
