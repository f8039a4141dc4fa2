import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { publicLookup, refuseLiteralPrivate } from '@/lib/infra/public-address'
import { DeliveryError } from './delivery-error'

const TIMEOUT_MILLISECONDS = 10_000
/** May be repeated: the other side is busy, or was not there in time. */
const TRANSIENT = new Set([408, 425, 429])

/**
 * Posts to an address that a person entered: public addresses only, no redirects, ten seconds in all. The answer's body is not read.
 * @throws DeliveryError
 */
export async function postGuarded(url: string, headers: Record<string, string>, body: string | Buffer): Promise<void> {
  const target = new URL(url)
  const send = target.protocol === 'https:' ? requestHttps : requestHttp
  const status = await new Promise<number>((resolve, reject) => {
    try {
      refuseLiteralPrivate(target.hostname)
      const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS)
      const options = { method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) }, lookup: publicLookup, signal }
      const request = send(target, { ...options, agent: false }, (response) => {
        response.destroy()
        resolve(response.statusCode ?? 0)
      })
      request.on('error', reject)
      request.end(body)
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)))
    }
  }).catch((error: unknown) => {
    throw DeliveryError.of(error)
  })
  if (status >= 200 && status < 300) return
  if (status >= 300 && status < 400) {
    throw new DeliveryError(`It answered ${status} and wants to lead elsewhere; enter the final address.`, 'final', status)
  }
  throw new DeliveryError(`It answered ${status}.`, status >= 500 || TRANSIENT.has(status) ? 'transient' : 'final', status)
}
