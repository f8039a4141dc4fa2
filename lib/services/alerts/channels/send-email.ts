import { once } from 'node:events'
import { createTransport } from 'nodemailer'
import { env } from '@/lib/env'
import type { AlertMessage } from './alert-message'
import { DeliveryError } from './delivery-error'

const TIMEOUT_MILLISECONDS = 15_000
const IN_ALL_MILLISECONDS = 30_000

/** Whether the application knows a mail server. */
export const canSendEmail = () => env().SMTP_URL !== undefined && env().SMTP_FROM !== undefined

/** One message to all addresses. @throws DeliveryError */
export async function sendEmail(message: AlertMessage, { to }: { to: readonly string[] }): Promise<void> {
  const { SMTP_URL: url, SMTP_FROM: from } = env()
  if (!url || !from) throw new DeliveryError('The application knows no mail server: set SMTP_URL and SMTP_FROM.', 'final')
  const transport = createTransport(withLimits(url))
  const tooLong = AbortSignal.timeout(IN_ALL_MILLISECONDS)
  try {
    const sending = transport.sendMail({
      from,
      to: [...to],
      subject: message.title,
      text: `${message.lines.join('\n')}\n`,
      messageId: `<${message.id}@undercurrent.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    await Promise.race([sending, once(tooLong, 'abort').then(() => Promise.reject(tooLong.reason as Error))])
  } catch (error) {
    const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
    if (code >= 500) throw new DeliveryError(`The mail server refused it (${code}).`, 'final')
    throw DeliveryError.of(error)
  } finally {
    transport.close()
  }
}

/** Beside an address nodemailer takes no other options: they have to be part of it. */
function withLimits(smtpUrl: string): string {
  const url = new URL(smtpUrl)
  for (const limit of ['connectionTimeout', 'greetingTimeout', 'socketTimeout']) url.searchParams.set(limit, String(TIMEOUT_MILLISECONDS))
  // Nothing of a message may name files or addresses that the server then reads.
  for (const access of ['disableFileAccess', 'disableUrlAccess']) url.searchParams.set(access, 'true')
  return url.href
}
