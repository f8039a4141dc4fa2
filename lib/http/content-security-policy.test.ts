import { expect, it } from 'vitest'
import { contentSecurityPolicy } from './content-security-policy'

const policy = (host: string | null) => contentSecurityPolicy({ nonce: 'abc123==', host, isDevelopment: false })

it('lets scripts run by the nonce of their answer only', () => {
  const scripts = policy('home.example').split('; ').find((part) => part.startsWith('script-src'))
  expect(scripts).toBe("script-src 'self' 'nonce-abc123==' 'strict-dynamic'")
})

it('lets the page open sockets to its own host, and takes no directive from a forged one', () => {
  expect(policy('home.example:3000')).toContain("connect-src 'self' ws://home.example:3000 wss://home.example:3000;")
  expect(policy('[::1]:3000')).toContain('ws://[::1]:3000')
  expect(policy("x; script-src *")).toContain("connect-src 'self';")
  expect(policy(null)).toContain("connect-src 'self';")
})
