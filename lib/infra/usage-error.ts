/** A file, a flag or a command cannot be used as it was given; the message is one sentence for the person who typed it. */
export class UsageError extends Error {
  override name = 'UsageError'
}
