import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { PATH_ALIASES } from '@/lib/http/path-aliases'
import { HTTP_METHODS, pathOfRouteFile } from '@/lib/http/route-contract'
import { openApiDocument } from '@/lib/http/openapi'
import { declaredRoutes } from './declared-routes'

const app = path.resolve(import.meta.dirname, '../..')
const files = (name: string) => {
  const all = readdirSync(app, { recursive: true, encoding: 'utf8' })
  return all.filter((file) => path.basename(file) === name).map((file) => `app/${file}`)
}

/** What the files say, read as text: not by the way the document is made. */
const written = files('route.ts').flatMap((file) => {
  const source = readFileSync(path.join(app, '..', file), 'utf8')
  const exports = (method: string) =>
    new RegExp(`export (const|(async )?function) ${method}\\b|export \\{[^}]*\\bas ${method}\\b[^}]*\\}`).test(source)
  return HTTP_METHODS.filter(exports).map((method) => `${method} ${pathOfRouteFile(file)}`)
})

interface Operation {
  operationId: string
  parameters: { name: string; in: string }[]
}

const routes = await declaredRoutes()
const contracts = routes.filter(({ handler }) => !handler.contract.isFallback)
const document = openApiDocument(routes)
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>).flatMap(([at, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${at}`, at, operation })),
)

describe('the OpenAPI document', () => {
  it('has every method of every route file', () => {
    const fallbacks = routes.filter(({ handler }) => handler.contract.isFallback).map(({ method, path: at }) => `${method} ${at}`)
    expect(operations.map(({ name }) => name).concat(fallbacks).toSorted()).toEqual(written.toSorted())
    expect(new Set(fallbacks.map((name) => name.split(' ')[1]))).toEqual(new Set(['/api/{path}']))
  })

  it('says in a line what each operation is', () => {
    const silent = contracts.filter(({ handler }) => !handler.contract.summary).map(({ method, path: at }) => `${method} ${at}`)
    expect(silent, 'add `summary` to these declarations').toEqual([])
  })

  it('names each operation once, declares the parameters in its path, and refers to nothing that is not there', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids).toEqual([...new Set(ids)])
    for (const { name, at, operation } of operations) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name)
      expect(inPath, name).toEqual([...at.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter))
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference)
    const target = (reference: string) =>
      reference.split('/').slice(1).reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
    expect(references.filter((reference) => !reference.startsWith('#/') || target(reference) === undefined)).toEqual([])
  })

  it('describes each parameter of the path by the schema that checks it', () => {
    const site = operations.find(({ name }) => name === 'GET /api/v1/sites/{id}')
    expect(site?.operation.parameters).toMatchObject([{ name: 'id', schema: { type: 'string', pattern: expect.any(String) } }])
  })
})

describe('every route', () => {
  it('that changes something says what it leaves in the audit log, or why nothing', () => {
    const silent = contracts
      .filter(({ method, handler }) => method !== 'GET' && handler.contract.access !== 'open' && !handler.contract.audit)
      .map(({ method, path: at }) => `${method} ${at}`)
    expect(silent, "add `audit: { action, ... }`, or 'in-service' or 'no-change', to these declarations").toEqual([])
  })

  it('has a path without /api only where no page is asked for by the same method', () => {
    const pages = files('page.tsx').map(pathOfRouteFile)
    const taken = PATH_ALIASES.filter(({ path: at, methods }) => pages.includes(at) && methods.some((method) => method === 'GET'))
    expect(taken).toEqual([])
  })
})
