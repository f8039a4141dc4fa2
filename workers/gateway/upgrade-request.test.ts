import { describe, expect, it } from 'vitest'
import { isOriginAllowed, siteIdOf } from './upgrade-request'

describe('the path of a socket', () => {
  it.each([
    ['/ws/site/home', 'home'],
    ['/ws/site/home/', 'home'],
    ['/ws/site/home/?ticket=1', 'home'],
    ['/ws/site/site%3Ahome', 'site:home'],
    ['/ws/site/', null],
    ['/ws/site/a/b', null],
    ['/ws/site/%2e%2e%2f', null],
    ['/ws/site/%zz', null],
    ['/ws/other/home', null],
    [undefined, null],
  ])('%s names the site %s', (url, siteId) => {
    expect(siteIdOf(url)).toBe(siteId)
  })
})

describe('the page that opens a socket', () => {
  const direct = { host: '127.0.0.1:3001', forwardedHost: undefined, publicUrl: undefined }
  const behindNext = { ...direct, forwardedHost: 'localhost:3000' }

  it('may be any page of the host the browser asked for', () => {
    expect(isOriginAllowed('http://localhost:3000', behindNext)).toBe(true)
    expect(isOriginAllowed('http://127.0.0.1:3001', direct)).toBe(true)
    expect(isOriginAllowed('https://home.example', { ...direct, forwardedHost: 'home.example:443' })).toBe(true)
  })

  it('may be a page of NEXTAUTH_URL, whatever a proxy made of the host', () => {
    const facts = { ...behindNext, publicUrl: 'https://energy.example/app' }
    expect(isOriginAllowed('https://energy.example', facts)).toBe(true)
    expect(isOriginAllowed('http://energy.example', facts)).toBe(false)
  })

  it('may not be a page of somebody else', () => {
    for (const origin of ['http://evil.example', 'http://localhost:3000.evil.example', 'http://localhost:9999', 'null', '']) {
      expect(isOriginAllowed(origin, behindNext)).toBe(false)
    }
  })

  it('is nothing when the client is not a browser', () => {
    expect(isOriginAllowed(undefined, direct)).toBe(true)
  })
})
