import { createHmac } from 'node:crypto'
import { toJson, type AlertMessage } from './alert-message'
import { postGuarded } from './post-guarded'

/**
 * The signature of a body: HMAC-SHA256 with the channel's secret over `<unix seconds>.<body>`, in hexadecimal. Who receives it makes the
 * same, compares, and refuses times that are minutes old.
 */
export function signBody(secret: string, timestampSeconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${timestampSeconds}.${body}`).digest('hex')
}

/** @throws DeliveryError */
export async function sendWebhook(message: AlertMessage, { url, secret }: { url: string; secret: string }): Promise<void> {
  const body = toJson(message)
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Undercurrent-Alerts',
    'x-undercurrent-delivery': message.id,
    'x-undercurrent-timestamp': String(timestamp),
    'x-undercurrent-signature': `sha256=${signBody(secret, timestamp, body)}`,
  }
  await postGuarded(url, headers, body)
}
