import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { env } from '@/lib/env'

/** Somebody wanted the server to call an address inside its own network. */
export class PrivateAddressError extends Error {
  override name = 'PrivateAddressError'

  constructor() {
    super('The address is not a public one. Who runs the server can allow such addresses with ALERT_ALLOW_PRIVATE=true.')
  }
}

/** Whether an IP address belongs to the public internet: not to this machine, a home, an office or a special purpose. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  // Of IPv6, 2000::/3 alone is given out: outside lies ::/96, which once stood for IPv4 addresses, this machine's among them.
  return parsed.range() === 'unicast' && (!(parsed instanceof ipaddr.IPv6) || parsed.match(ipaddr.IPv6.parseCIDR('2000::/3')))
}

const isAllowed = (address: string) => env().ALERT_ALLOW_PRIVATE || isPublicAddress(address)

/**
 * To be asked before connecting to a host that a person named: the look-up below is not asked about literal addresses.
 * @param hostname as URL has it, IPv6 in brackets
 * @throws PrivateAddressError
 */
export function refuseLiteralPrivate(hostname: string): void {
  const address = hostname.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isAllowed(address)) throw new PrivateAddressError()
}

/**
 * Looks a name up for a connection and refuses addresses that are not public. The connection goes to the very address that was
 * checked, so a name that answers differently the next time is of no use.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const allowed = addresses.filter(({ address }) => isAllowed(address))
    const [first] = allowed
    if (!first) return callback(new PrivateAddressError(), '')
    if (options.all) callback(null, allowed)
    else callback(null, first.address, first.family)
  })
}
