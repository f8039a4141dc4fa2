import webpush from 'web-push'
import { findPushSubscriptions, forgetPushSubscription, vapidKeys } from '@/lib/data/alerts/push-subscriptions'
import { env } from '@/lib/env'
import type { AlertMessage } from './alert-message'
import { DeliveryError } from './delivery-error'
import { postGuarded } from './post-guarded'

/** How long a push service keeps a message for a browser that is off. */
const KEPT_SECONDS = 86_400
/** Push services take 4 KB. */
const MOST_CHARACTERS = 1000
/** Push services answer so when a browser has taken its subscription back. */
const GONE = new Set([404, 410])

/** What a browser needs to subscribe. */
export const pushPublicKey = async () => (await vapidKeys(() => webpush.generateVAPIDKeys())).publicKey

/** To all browsers of the site; arrived where one has it. @throws DeliveryError */
export async function sendPush(message: AlertMessage): Promise<void> {
  const subscriptions = await findPushSubscriptions(message.site.id)
  if (subscriptions.length === 0) throw new DeliveryError('No browser is subscribed at this site.', 'final')
  const keys = await vapidKeys(() => webpush.generateVAPIDKeys())
  const payload = JSON.stringify({ title: message.title, body: message.lines.join('\n').slice(0, MOST_CHARACTERS), tag: message.id, siteId: message.site.id })
  const problems: DeliveryError[] = []
  const sendTo = async ({ id, ...subscription }: (typeof subscriptions)[number]) => {
    try {
      const { endpoint, headers, body } = webpush.generateRequestDetails(subscription, payload, {
        vapidDetails: { subject: contact(), ...keys },
        TTL: KEPT_SECONDS,
      })
      const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
      await postGuarded(endpoint, texts, body ?? Buffer.alloc(0))
    } catch (error) {
      const problem = DeliveryError.of(error)
      if (problem.status !== undefined && GONE.has(problem.status)) await forgetPushSubscription(id)
      problems.push(problem)
    }
  }
  // At once: one that does not answer holds up no other.
  await Promise.all(subscriptions.map(sendTo))
  if (problems.length < subscriptions.length) return
  throw problems.find(({ kind }) => kind === 'transient') ?? problems[0]!
}

/** Whom a push service can ask about the messages. */
function contact(): string {
  const { SMTP_FROM: from, NEXTAUTH_URL: address } = env()
  const email = from?.match(/[^\s<>]+@[^\s<>]+/)?.[0]
  if (email) return `mailto:${email}`
  return address?.startsWith('https://') ? address : 'mailto:alerts@undercurrent.invalid'
}
