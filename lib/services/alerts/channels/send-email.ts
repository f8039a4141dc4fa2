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
  const transport = createTransport({
    url,
    connectionTimeout: TIMEOUT_MILLISECONDS,
    greetingTimeout: TIMEOUT_MILLISECONDS,
    socketTimeout: TIMEOUT_MILLISECONDS,
    // Nothing of a message may name files or addresses that the server then reads.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const timer = setTimeout(() => transport.close(), IN_ALL_MILLISECONDS)
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: message.title,
      text: `${message.lines.join('\n')}\n`,
      messageId: `<${message.id}@undercurrent.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  } catch (error) {
    const code = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0
    if (code >= 500) throw new DeliveryError(`The mail server refused it (${code}).`, 'final')
    throw DeliveryError.of(error)
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}
