import { z } from 'zod'

/** Text that people write and read: one line, no control characters, which PostgreSQL would refuse. */
export const lineSchema = (maxLength: number) =>
  z.string().trim().max(maxLength).regex(/^\P{Cc}*$/u, 'Must be one line without control characters.')
