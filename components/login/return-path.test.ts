import { expect, it } from 'vitest'
import { returnPath } from './return-path'

it('leads back to the page that asked for the log-in', () => {
  expect(returnPath('/live?site=home')).toBe('/live?site=home')
})

it('never leads to another host', () => {
  for (const asked of ['https://evil.test/', '//evil.test/live', '/\\evil.test/live', '/.//evil.test/live', '/x/..//evil.test', '/\t/evil.test', 'javascript:alert(1)']) {
    expect(returnPath(asked)).toBe('/live')
  }
})

it('does not lead to the log-in page again, nor nowhere', () => {
  expect(returnPath('/login?next=/live')).toBe('/live')
  expect(returnPath('/')).toBe('/live')
  expect(returnPath(undefined)).toBe('/live')
  expect(returnPath(['/a', '/b'])).toBe('/live')
})
