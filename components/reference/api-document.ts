/** The parts of an OpenAPI 3.1 document that the reference shows. */
export interface ApiDocument {
  info: { title: string; description: string }
  paths: Record<string, Record<string, ApiOperation>>
  components: { schemas: Record<string, ApiSchema> }
}

export interface ApiOperation {
  operationId: string
  tags: string[]
  summary?: string
  description: string
  parameters: { name: string; in: string; required: boolean; schema: ApiSchema }[]
  requestBody?: { content: Record<string, { schema: ApiSchema }> }
  responses: Record<string, { description?: string; $ref?: string; content?: Record<string, { schema: ApiSchema }> }>
}

export interface ApiSchema {
  $ref?: string
  type?: string | string[]
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  items?: ApiSchema
  prefixItems?: ApiSchema[]
  properties?: Record<string, ApiSchema>
  required?: string[]
  anyOf?: ApiSchema[]
  oneOf?: ApiSchema[]
  additionalProperties?: ApiSchema | boolean
}

export interface OperationEntry {
  method: string
  path: string
  operation: ApiOperation
}

/** Operations by their first tag, in the document's order. */
export function groupByTag({ paths }: ApiDocument): Map<string, OperationEntry[]> {
  const groups = new Map<string, OperationEntry[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0] ?? 'general'
      groups.set(tag, [...(groups.get(tag) ?? []), { method: method.toUpperCase(), path, operation }])
    }
  }
  return groups
}

/** A schema in a few words: `string, one of "a", "b"`, `list of number`. */
export function describeSchema(schema: ApiSchema): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map(describeSchema))].join(' or ')
  if (schema.type === 'array' && schema.items) return `list of ${describeSchema(schema.items)}`
  const type = [schema.type ?? 'anything'].flat().join(' or ')
  const range = [schema.minimum !== undefined && `from ${schema.minimum}`, schema.maximum !== undefined && `to ${schema.maximum}`]
  const extras = [schema.format, ...range, schema.default !== undefined && `${JSON.stringify(schema.default)} by default`]
  return [type, ...extras.filter(Boolean)].join(', ')
}

/** The fields within a schema, whether it is an object, a list of objects or one of several. */
export function fieldsOf(schema: ApiSchema): { name: string; isRequired: boolean; schema: ApiSchema }[] {
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    isRequired: schema.required?.includes(name) ?? false,
    schema: property,
  }))
  const inner = [schema.items, ...(schema.anyOf ?? schema.oneOf ?? [])].filter((part) => part !== undefined)
  return own.length > 0 ? own : inner.flatMap(fieldsOf)
}
