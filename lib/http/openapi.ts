import { PERMISSIONS } from '@/lib/auth/permissions'
import { problemSchema } from '@/lib/contracts/problem'
import { type JsonSchema, SchemaCollection } from './openapi-schemas'
import { PATH_ALIASES } from './path-aliases'
import type { DeclaredRoute, RouteContract } from './route-contract'

const DESCRIPTION = `Everything under \`/api\`, and some paths without it for clients of older services (noted where they exist).
A trailing slash is accepted everywhere.

**Who is asking**: a browser's session cookie, \`Authorization: Bearer\` with the token of \`POST /api/auth/login\`, or an API key.
Only health, log-in and this documentation are open.

**Errors** are \`application/problem+json\` (RFC 9457): \`detail\` says what to do, \`errors\` names the fields, \`requestId\` is also
in \`X-Request-Id\`. What belongs to somebody else answers 404, as what does not exist.

**Limits**: \`RateLimit-Limit\`, \`RateLimit-Remaining\` and \`RateLimit-Reset\` (seconds) say what is left; 429 carries \`Retry-After\`.

**Live data** comes over a WebSocket at \`/ws/site/{site_id}\`: JSON messages \`{type, payload}\`, a snapshot first, then what changes.`

const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer', description: 'The access_token of POST /api/auth/login, or an API key.' },
  session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token', description: 'What the log-in page sets.' },
}

const PROBLEMS = {
  BadRequest: 'The body is not JSON.',
  Unauthorized: 'There is no valid credential.',
  Forbidden: 'The role does not allow this.',
  NotFound: 'There is no such thing that the caller can see.',
  TooLarge: 'The body is too large.',
  Invalid: 'A field is wrong; `errors` names it.',
  TooManyRequests: 'Too many requests; `Retry-After` says how many seconds to wait.',
  Unavailable: 'A server behind this one does not answer; try again.',
} as const

/** The whole API as an OpenAPI 3.1 document. */
export function openApiDocument(routes: readonly DeclaredRoute[]): Record<string, unknown> {
  const schemas = new SchemaCollection()
  schemas.add('Problem', problemSchema)
  const paths: Record<string, Record<string, unknown>> = {}
  // By path; the methods of one path keep their order.
  const sorted = routes.toSorted((one, other) => Number(one.path > other.path) - Number(one.path < other.path))
  for (const { path, method, handler } of sorted) {
    if (handler.contract.isFallback) continue
    ;(paths[path] ??= {})[method.toLowerCase()] = operationOf(method, path, handler.contract, schemas)
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Undercurrent', version: '1', description: DESCRIPTION, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.all,
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([name, description]) => [
          name,
          { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
        ]),
      ),
      securitySchemes: SECURITY_SCHEMES,
    },
  }
}

function operationOf(method: string, path: string, contract: RouteContract, schemas: SchemaCollection): Record<string, unknown> {
  const hasBody = contract.body !== undefined || contract.bodyTypes !== undefined
  return {
    operationId: operationIdOf(method, path),
    tags: [tagOf(path)],
    ...(contract.summary && { summary: contract.summary }),
    description: descriptionOf(method, path, contract),
    parameters: [
      ...pathParameters(path, contract.params && schemas.inputOf(contract.params)),
      ...queryParameters(contract.query && schemas.inputOf(contract.query)),
    ],
    ...(hasBody && { requestBody: { required: true, content: bodyContent(contract, schemas) } }),
    responses: responsesOf(path, contract, hasBody, schemas),
    security: contract.access === 'open' ? [] : [{ bearer: [] }, { session: [] }],
  }
}

function descriptionOf(method: string, path: string, { description, access }: RouteContract): string {
  const right = access === 'open' ? 'Open to everyone.' : `Needs the right \`${access}\`: ${PERMISSIONS[access].roles.join(', ')}.`
  const alias = PATH_ALIASES.find((candidate) => {
    const sameShape = `/api${candidate.path}`.replaceAll(/\{\w+\}/g, '{}') === path.replaceAll(/\{\w+\}/g, '{}')
    return sameShape && candidate.methods.some((allowed) => allowed === method)
  })
  return [description, right, alias && `Also at \`${method} ${alias.path}\`.`].filter(Boolean).join('\n\n')
}

function pathParameters(path: string, schema: JsonSchema | undefined): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: schema?.properties?.[name] ?? { type: 'string' },
  }))
}

function queryParameters(schema: JsonSchema | undefined): object[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema?.required?.includes(name) ?? false,
    ...(property.description && { description: property.description }),
    schema: property,
  }))
}

function bodyContent({ body, bodyTypes = [] }: RouteContract, schemas: SchemaCollection): Record<string, object> {
  return {
    ...(body && { 'application/json': { schema: schemas.inputOf(body) } }),
    ...Object.fromEntries(bodyTypes.map((type) => [type, { schema: { type: 'string' } }])),
  }
}

function responsesOf(path: string, contract: RouteContract, hasBody: boolean, schemas: SchemaCollection): Record<string, object> {
  const hasContent = contract.answer.type !== 'never'
  const content = { [contract.answerType]: { schema: schemas.outputOf(contract.answer) } }
  const problem = (name: keyof typeof PROBLEMS) => ({ $ref: `#/components/responses/${name}` })
  const hasInput = hasBody || contract.query !== undefined || contract.params !== undefined
  return {
    [contract.status]: { description: 'Success', ...(hasContent && { content }) },
    ...(contract.body && { 400: problem('BadRequest'), 413: problem('TooLarge') }),
    ...(contract.access !== 'open' && { 401: problem('Unauthorized'), 403: problem('Forbidden') }),
    ...(path.includes('{') && { 404: problem('NotFound') }),
    ...(hasInput && { 422: problem('Invalid') }),
    429: problem('TooManyRequests'),
    503: problem('Unavailable'),
  }
}

/** The first part of a path that means something: sites, auth, admin. */
function tagOf(path: string): string {
  const [first = 'general'] = path.split('/').filter((segment) => segment && !/^(api|v\d+|\{.*\})$/.test(segment))
  return first
}

/** GET /api/v1/sites/{id}/runs -> getApiV1SitesByIdRuns */
function operationIdOf(method: string, path: string): string {
  const words = path.replaceAll('{', 'by-').split(/[^A-Za-z0-9]+/).filter(Boolean)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
