import { APICallError, RetryError } from 'ai'
import { ProviderError, type ProviderTraits } from './provider'

const NETWORK_CODES = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'EPIPE',
])
const KEY_NAMES: Partial<Record<ProviderTraits['provider'], string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
}

/** What a failed request to a model's server tells a person. What the server wrote stays out of it, but for the log (`cause`). */
export function toProviderError(
  error: unknown,
  traits: ProviderTraits,
  timeoutSeconds: number,
  deadline: AbortSignal,
): ProviderError {
  if (error instanceof ProviderError) return error
  const { provider, model } = traits
  const cause = RetryError.isInstance(error) ? error.lastError : error
  const because = { cause }
  if (deadline.aborted || isTimeout(cause)) {
    return new ProviderError(
      'timeout',
      `${provider} took longer than ${timeoutSeconds} s for an answer. Try again.`,
      null,
      because,
    )
  }
  if (APICallError.isInstance(cause)) {
    const { statusCode: status, responseHeaders } = cause
    const keyName = KEY_NAMES[provider]
    if (status === 401 || status === 403) {
      return new ProviderError(
        'unauthorized',
        `${provider} does not accept the key. An administrator has to correct ${keyName}.`,
        null,
        because,
      )
    }
    if (status === 404) {
      return new ProviderError(
        'bad_model',
        `${provider} does not know the model ${model}. An administrator has to correct MODEL_NAME.`,
        null,
        because,
      )
    }
    if (status === 429) {
      const wait = retryAfterSeconds(responseHeaders?.['retry-after'])
      const when = wait === null ? 'Try again in a minute.' : `Try again in ${wait} s.`
      return new ProviderError('rate_limited', `${provider} takes no more questions at the moment. ${when}`, wait, because)
    }
    if (status === 400 || status === 413 || status === 422) {
      return new ProviderError('refused', `${provider} refused the question (${status}).`, null, because)
    }
    if (status !== undefined) {
      return new ProviderError(
        'unavailable',
        `${provider} is out of order at the moment (${status}). Try again later.`,
        null,
        because,
      )
    }
  }
  const network = codesOf(cause).some((code) => NETWORK_CODES.has(code)) || APICallError.isInstance(cause)
  const detail = network ? `${provider} cannot be reached. Try again later.` : `${provider} broke off its answer. Try again.`
  return new ProviderError('unavailable', detail, null, because)
}

/** Seconds, or an HTTP date; null where it says nothing sensible. */
export function retryAfterSeconds(header: string | undefined, nowMilliseconds = Date.now()): number | null {
  if (!header) return null
  const seconds = /^\d+(\.\d+)?$/.test(header.trim()) ? Number(header) : (Date.parse(header) - nowMilliseconds) / 1000
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), 86_400) : null
}

function isTimeout(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause.name === 'TimeoutError' || /time-?d? ?out/i.test(cause.message)) return true
  }
  return false
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; cause = cause.cause, depth++) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string') codes.push(code)
  }
  return codes
}
