interface Limit {
  attempts: number
  windowSeconds: number
}

/** Wrong passwords until further tries must wait for the window to end. */
export const LOGIN_LIMITS = {
  /** Somebody guessing one person's password. */
  usernameAndAddress: { attempts: 5, windowSeconds: 300 },
  /** Somebody trying many names from one place; wide enough for an office behind one address. */
  address: { attempts: 50, windowSeconds: 300 },
  /** Guesses spread over many (or forged) addresses; wide enough that locking a person out of it takes persistence. */
  username: { attempts: 40, windowSeconds: 300 },
} as const satisfies Record<string, Limit>

const MAX_COUNTERS = 30_000

interface Counter {
  failures: number
  endsAtSeconds: number
}

/**
 * Counts failed log-ins in the memory of this process, in windows that start with the first failure. An attempt counts before
 * its password is checked, so that many at once cannot slip through; success takes it back. The memory is bounded: when full,
 * the oldest windows are forgotten. Several web processes count separately, which multiplies the limits by their number.
 */
export class LoginThrottle {
  readonly #counters = new Map<string, Counter>()
  readonly #nowSeconds: () => number
  readonly #maxCounters: number

  constructor(options: { nowSeconds?: () => number; maxCounters?: number } = {}) {
    this.#nowSeconds = options.nowSeconds ?? (() => Date.now() / 1000)
    this.#maxCounters = options.maxCounters ?? MAX_COUNTERS
  }

  get size(): number {
    return this.#counters.size
  }

  /** Counts an attempt. @returns seconds to wait before it may be made, 0 when it may be made now */
  attempt(username: string, address: string): number {
    const now = this.#nowSeconds()
    const keys = keysOf(username, address)
    const waits = keys.map(({ key, limit }) => {
      const counter = this.#counters.get(key)
      return counter && counter.endsAtSeconds > now && counter.failures >= limit.attempts ? counter.endsAtSeconds - now : 0
    })
    const wait = Math.max(...waits)
    if (wait > 0) return wait
    for (const { key, limit } of keys) {
      const counter = this.#counters.get(key)
      if (counter && counter.endsAtSeconds > now) counter.failures += 1
      else this.#start(key, { failures: 1, endsAtSeconds: now + limit.windowSeconds })
    }
    return 0
  }

  /** The password was right: this person's failures from this address are forgiven, the wider counts lose this attempt. */
  succeeded(username: string, address: string): void {
    for (const { key, scope } of keysOf(username, address)) {
      const counter = this.#counters.get(key)
      if (!counter) continue
      if (scope === 'usernameAndAddress') this.#counters.delete(key)
      else counter.failures = Math.max(0, counter.failures - 1)
    }
  }

  #start(key: string, counter: Counter): void {
    // Deleted first, so that insertion order stays the order in which windows started.
    this.#counters.delete(key)
    while (this.#counters.size >= this.#maxCounters) {
      const oldest = this.#counters.keys().next().value
      if (oldest === undefined) break
      this.#counters.delete(oldest)
    }
    this.#counters.set(key, counter)
  }
}

function keysOf(username: string, address: string) {
  const name = username.toLowerCase().slice(0, 200)
  const place = networkOf(address)
  const keys: Record<keyof typeof LOGIN_LIMITS, string> = {
    usernameAndAddress: `both ${name} ${place}`,
    address: `address ${place}`,
    username: `username ${name}`,
  }
  const scopes = Object.keys(LOGIN_LIMITS) as (keyof typeof LOGIN_LIMITS)[]
  return scopes.map((scope) => ({ scope, key: keys[scope], limit: LOGIN_LIMITS[scope] }))
}

/** An IPv6 subscriber has a whole /64 to send from. */
function networkOf(address: string): string {
  const text = address.slice(0, 64).toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (mapped?.[1]) return mapped[1]
  return text.includes(':') ? expandIpv6(text).slice(0, 4).join(':') : text
}

function expandIpv6(address: string): string[] {
  const [head = '', tail] = address.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array.from({ length: zeros }, () => '0'), ...right].map((group) => group.replace(/^0+(?=.)/, ''))
}
