import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { provideEnv } from '@/lib/env'
import { authOptions } from './options'
import { publicOrigin } from './secret'

const reset = () => provideEnv({ NEXTAUTH_URL: '', NEXTAUTH_SECRET: 'a-secret-of-the-tests-0123456789' })
beforeEach(reset)
afterEach(reset)

const asked = (headers: Record<string, string>) => new Request('http://127.0.0.1:3000/api/auth/signin', { headers })

describe('where a browser is sent after logging in or out', () => {
  it.each([
    ['/live?site=a', 'https://energy.example/live?site=a'],
    ['https://energy.example/login', 'https://energy.example/login'],
    ['https://evil.example/login', 'https://energy.example'],
    ['//evil.example', 'https://energy.example'],
    ['https://energy.example.evil.example', 'https://energy.example'],
    ['javascript:alert(1)', 'https://energy.example'],
    ['http://[', 'https://energy.example'],
  ])('is never another site: %s', async (url, target) => {
    const redirect = authOptions('https://energy.example').callbacks?.redirect
    expect(await redirect?.({ url, baseUrl: 'http://localhost:3000' })).toBe(target)
  })

  it('is the host it asked for, or NEXTAUTH_URL where that is set', () => {
    expect(publicOrigin(asked({ host: 'home.lan:3000' }))).toBe('http://home.lan:3000')
    const behindProxy = { host: 'web:3000', 'x-forwarded-host': 'home.lan', 'x-forwarded-proto': 'https' }
    expect(publicOrigin(asked(behindProxy))).toBe('https://home.lan')
    provideEnv({ NEXTAUTH_URL: 'https://energy.example/app' })
    expect(publicOrigin(asked({ host: 'home.lan:3000' }))).toBe('https://energy.example')
  })
})

describe('session cookies', () => {
  it('are Secure when browsers come by https', () => {
    expect(authOptions('http://localhost').useSecureCookies).toBe(false)
    provideEnv({ NEXTAUTH_URL: 'https://energy.example' })
    expect(authOptions('https://energy.example').useSecureCookies).toBe(true)
  })
})
