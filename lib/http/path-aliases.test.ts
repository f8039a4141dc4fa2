import { expect, it } from 'vitest'
import { PATH_ALIASES, resolveAlias } from './path-aliases'

it('leads what older clients call to the same path under /api', () => {
  expect(resolveAlias('GET', '/health')).toBe('/api/health')
  expect(resolveAlias('HEAD', '/health')).toBe('/api/health')
  expect(resolveAlias('POST', '/auth/login')).toBe('/api/auth/login')
  expect(resolveAlias('DELETE', '/chat/history/session-1')).toBe('/api/chat/history/session-1')
  for (const { path, methods } of PATH_ALIASES) {
    for (const method of methods) expect(resolveAlias(method, path)).toBe(`/api${path}`)
  }
})

it('leaves to the pages every other method and path', () => {
  expect(resolveAlias('GET', '/chat')).toBeNull()
  expect(resolveAlias('GET', '/admin/cache/flush')).toBeNull()
  expect(resolveAlias('POST', '/admin/metrics')).toBeNull()
  expect(resolveAlias('GET', '/chat/history/')).toBeNull()
  expect(resolveAlias('GET', '/chat/history/a/b')).toBeNull()
  expect(resolveAlias('GET', '/health/other')).toBeNull()
  expect(resolveAlias('GET', '/')).toBeNull()
})
