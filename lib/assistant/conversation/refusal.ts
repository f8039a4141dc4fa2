/** A question that cannot be taken; the message says what to do. */
export class ChatRefusal extends Error {
  override name = 'ChatRefusal'

  constructor(
    readonly status: 404 | 409 | 422 | 429 | 503 | 504,
    message: string,
    readonly details: { field?: string; retryAfterSeconds?: number } = {},
  ) {
    super(message)
  }
}
