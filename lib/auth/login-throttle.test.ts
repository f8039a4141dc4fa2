import { describe, expect, it } from 'vitest'
import { LOGIN_LIMITS, LoginThrottle } from './login-throttle'

const { usernameAndAddress, address, username } = LOGIN_LIMITS

function throttleAt(start = 1000, maxCounters?: number) {
  const clock = { seconds: start }
  return { clock, throttle: new LoginThrottle({ nowSeconds: () => clock.seconds, maxCounters }) }
}

const fail = (throttle: LoginThrottle, times: number, who: (n: number) => [string, string]) => {
  for (let n = 0; n < times; n++) throttle.attempt(...who(n))
}

describe('log-in throttling', () => {
  it('makes somebody who guesses one password wait until the window ends, and only there', () => {
    const { clock, throttle } = throttleAt()
    fail(throttle, usernameAndAddress.attempts, () => ['ada', '192.0.2.1'])
    clock.seconds += 10
    expect(throttle.attempt('ada', '192.0.2.1')).toBe(usernameAndAddress.windowSeconds - 10)
    expect(throttle.attempt('ADA', '192.0.2.1')).toBeGreaterThan(0)
    expect(throttle.attempt('ada', '192.0.2.2')).toBe(0)
    expect(throttle.attempt('bob', '192.0.2.1')).toBe(0)
    clock.seconds += usernameAndAddress.windowSeconds
    expect(throttle.attempt('ada', '192.0.2.1')).toBe(0)
  })

  it('stops one address that tries many names', () => {
    const { throttle } = throttleAt()
    fail(throttle, address.attempts, (n) => [`name${n}`, '192.0.2.1'])
    expect(throttle.attempt('another', '192.0.2.1')).toBeGreaterThan(0)
  })

  it('takes the addresses of one IPv6 network for one, and an IPv4 address in IPv6 clothes for itself', () => {
    const { throttle } = throttleAt()
    fail(throttle, address.attempts, (n) => [`name${n}`, `2001:db8:0:1::${n.toString(16)}`])
    expect(throttle.attempt('another', '2001:0db8:0000:0001:ffff::1')).toBeGreaterThan(0)
    expect(throttle.attempt('another', '2001:db8:0:2::1')).toBe(0)
    fail(throttle, usernameAndAddress.attempts, () => ['ada', '::ffff:192.0.2.1'])
    expect(throttle.attempt('ada', '192.0.2.1')).toBeGreaterThan(0)
  })

  it('stops guesses at one name spread over forged addresses', () => {
    const { throttle } = throttleAt()
    fail(throttle, username.attempts, (n) => ['ada', `192.0.2.${n}`])
    expect(throttle.attempt('ada', '198.51.100.1')).toBeGreaterThan(0)
  })

  it('forgives the failures of somebody who then remembers the password', () => {
    const { throttle } = throttleAt()
    fail(throttle, usernameAndAddress.attempts - 1, () => ['ada', '192.0.2.1'])
    expect(throttle.attempt('ada', '192.0.2.1')).toBe(0)
    throttle.succeeded('ada', '192.0.2.1')
    expect(throttle.attempt('ada', '192.0.2.1')).toBe(0)
  })

  it('never makes people wait for logging in correctly, however often', () => {
    const { throttle } = throttleAt()
    for (let n = 0; n < address.attempts * 2; n++) {
      expect(throttle.attempt('ada', '192.0.2.1')).toBe(0)
      throttle.succeeded('ada', '192.0.2.1')
    }
  })

  it('keeps its memory bounded and forgets the oldest first', () => {
    const { throttle } = throttleAt(1000, 300)
    fail(throttle, usernameAndAddress.attempts, () => ['ada', '192.0.2.1'])
    fail(throttle, 1000, (n) => [`name${n}`, `198.51.${n >> 8}.${n & 255}`])
    expect(throttle.size).toBeLessThanOrEqual(300)
    expect(throttle.attempt('ada', '192.0.2.1')).toBe(0)
  })
})
