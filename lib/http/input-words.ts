import type { z } from 'zod'

const KINDS: Record<string, string> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

export const MISSING = 'Is missing.'

/** What is wrong with a value, for who sent it, where the schema has no words of its own; undefined: the library's. */
export const inputWords: z.core.$ZodErrorMap = (issue) => {
  const isAbsent = issue.input === undefined
  switch (issue.code) {
    case 'invalid_type':
      if (isAbsent) return MISSING
      return issue.expected in KINDS ? `Must be ${KINDS[issue.expected]}.` : undefined
    case 'invalid_value':
      return isAbsent ? MISSING : `Must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map(String).join(', ')}.`
    case 'invalid_union':
      return isAbsent ? MISSING : undefined
    default:
      return undefined
  }
}
