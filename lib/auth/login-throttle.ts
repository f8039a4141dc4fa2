import { createHash } from 'node:crypto'
import { countAttempt, deleteEndedCounts, forgiveAttempts } from '@/lib/data/login-throttle'

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

const CLEAR_EVERY_MILLISECONDS = 60_000
let clearedAt = 0

/**
 * Counts an attempt to log in, in the database, so that all processes have one count. It counts before the password is checked, so
 * that many at once cannot slip through; success takes it back.
 * @returns seconds to wait before it may be made, 0 when it may be made now
 */
export async function beginAttempt(username: string, address: string): Promise<number> {
  if (Date.now() - clearedAt > CLEAR_EVERY_MILLISECONDS) {
    clearedAt = Date.now()
    await deleteEndedCounts()
  }
  const keys = keysOf(username, address)
  return countAttempt(SCOPES.map((scope) => ({ key: keys[scope], ...LOGIN_LIMITS[scope] })))
}

/** The password was right: this person's failures from this address are forgiven, the wider counts lose this attempt. */
export async function attemptSucceeded(username: string, address: string): Promise<void> {
  const keys = keysOf(username, address)
  await forgiveAttempts([keys.usernameAndAddress], [keys.address, keys.username])
}

const SCOPES = Object.keys(LOGIN_LIMITS) as (keyof typeof LOGIN_LIMITS)[]

function keysOf(username: string, address: string): Record<keyof typeof LOGIN_LIMITS, string> {
  const name = username.toLowerCase()
  const place = networkOf(address)
  const hashed = (text: string) => createHash('sha256').update(text).digest('base64url')
  return {
    usernameAndAddress: hashed(`both ${name} ${place}`),
    address: hashed(`address ${place}`),
    username: hashed(`username ${name}`),
  }
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
