import { Problem } from './problem'

/** The answer to a request whose values were of the right form, but do not go together. */
export function refused({ field, message }: { field: string; message: string }): Problem {
  return new Problem(422, `${field}: ${message}`, { errors: [{ field, message }] })
}
