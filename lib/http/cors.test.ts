import { beforeEach, describe, expect, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { addCorsHeaders, answerPreflight } from './cors'

beforeEach(() => provideEnv({ CORS_ORIGINS: '', ALLOWED_ORIGINS: '' }))

function headersFor(origin: string | null): Record<string, string> {
  const headers = new Headers()
  addCorsHeaders(headers, origin)
  return Object.fromEntries(headers)
}

const preflight = (origin: string) =>
  answerPreflight(
    new Request('http://localhost/api/v1/sites', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization,content-type' },
    }),
  )

describe('a page of another origin', () => {
  it('may read nothing unless its origin is named', () => {
    expect(headersFor('https://a.example')).toEqual({})
    provideEnv({ CORS_ORIGINS: 'https://a.example' })
    expect(headersFor('https://evil.example')).toEqual({ vary: 'Origin' })
    expect(headersFor('https://a.example.evil.example')).toEqual({ vary: 'Origin' })
    expect(preflight('https://evil.example')?.headers.has('access-control-allow-origin')).toBe(false)
  })

  it.each([
    ['with commas', { CORS_ORIGINS: 'https://b.example, https://a.example/' }],
    ['as a JSON list', { CORS_ORIGINS: '["https://b.example","https://a.example"]' }],
    ['by the other name', { ALLOWED_ORIGINS: 'https://a.example' }],
  ])('that is named, %s, may read answers and their headers, with its cookies', (_, settings) => {
    provideEnv(settings)
    expect(headersFor('https://a.example')).toMatchObject({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': expect.stringContaining('RateLimit-Remaining'),
      vary: 'Origin',
    })
    const headers = preflight('https://a.example')?.headers
    expect(headers?.get('access-control-allow-methods')).toContain('PUT')
    expect(headers?.get('access-control-allow-headers')).toBe('authorization,content-type')
  })

  it('may never send cookies where all origins are allowed', () => {
    provideEnv({ CORS_ORIGINS: '*' })
    expect(headersFor('https://a.example')['access-control-allow-origin']).toBe('*')
    expect(headersFor('https://a.example')).not.toHaveProperty('access-control-allow-credentials')
  })

  it('cannot be named in a way that would never match', () => {
    provideEnv({ CORS_ORIGINS: 'a.example' })
    expect(() => headersFor('https://a.example')).toThrow('CORS_ORIGINS')
  })
})

it('takes only the question before a request for one', () => {
  expect(answerPreflight(new Request('http://localhost/api', { method: 'OPTIONS' }))).toBeNull()
  expect(answerPreflight(new Request('http://localhost/api', { headers: { 'access-control-request-method': 'GET' } }))).toBeNull()
})
