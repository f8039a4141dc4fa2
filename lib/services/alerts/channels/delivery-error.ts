import { PrivateAddressError } from '@/lib/infra/public-address'

const TEXT_OF_CODE: Record<string, string> = {
  ENOTFOUND: 'There is no host of this name.',
  EAI_AGAIN: 'The name of the host could not be looked up.',
  ECONNREFUSED: 'The host does not take connections at this port.',
  ECONNRESET: 'The connection broke.',
  ETIMEDOUT: 'It did not answer in time.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The host cannot be reached.',
  ABORT_ERR: 'It did not answer in time.',
  EAUTH: 'The user name or password was refused.',
  ESOCKET: 'The connection failed.',
}

/** Why a message did not arrive, in a sentence without secrets, and whether trying again makes sense. */
export class DeliveryError extends Error {
  override name = 'DeliveryError'

  constructor(
    message: string,
    readonly kind: 'transient' | 'final',
    readonly status?: number,
  ) {
    super(message)
  }

  /** Errors of servers may repeat addresses with tokens in them: only their code is told. */
  static of(error: unknown): DeliveryError {
    if (error instanceof DeliveryError) return error
    if (error instanceof PrivateAddressError) return new DeliveryError(error.message, 'final')
    if (error instanceof Error && error.name === 'TimeoutError') return new DeliveryError(TEXT_OF_CODE['ETIMEDOUT']!, 'transient')
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return new DeliveryError(TEXT_OF_CODE[code] ?? `It failed${code ? ` (${code.slice(0, 40)})` : ''}.`, 'transient')
  }
}
