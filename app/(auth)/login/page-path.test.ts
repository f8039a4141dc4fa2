import { NextRequest } from 'next/server'
import { expect, it } from 'vitest'
import { returnPath } from '@/components/login/return-path'
import { proxy } from '@/proxy'
import { loginAddress, PAGE_PATH_HEADER } from '@/lib/auth/page-path'

/** The page path that a page is rendered with, asked for at this address. */
function pagePathOf(path: string, headers: Record<string, string> = {}): string | null {
  const answer = proxy(new NextRequest(`http://localhost:3000${path}`, { headers }))
  return answer.headers.get(`x-middleware-request-${PAGE_PATH_HEADER}`)
}
const returnsTo = (path: string) => returnPath(new URL(loginAddress(path), 'http://localhost').searchParams.get('next'))

it('the log-in leads back to the page that was opened, with its query', () => {
  for (const path of ['/history?site=home&from=2024-01-25&to=2024-02-01', '/runs?appliance=Dish%20Washer', '/settings/tariff']) {
    expect(pagePathOf(path)).toBe(path)
    expect(returnsTo(pagePathOf(path) ?? '')).toBe(path)
  }
  expect(pagePathOf('/account/?tab=keys')).toBe('/account?tab=keys')
})

it('a browser cannot say another page than the one it asks for', () => {
  expect(pagePathOf('/account', { [PAGE_PATH_HEADER]: '//evil.test/' })).toBe('/account')
})

it('the log-in never leads to another host, whatever the address was', () => {
  for (const path of ['//evil.test/live', '/\\evil.test', 'https://evil.test/', '/.//evil.test', 'javascript:alert(1)', '']) {
    expect(returnsTo(path)).toBe('/live')
  }
})
