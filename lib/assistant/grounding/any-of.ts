/** Any of these words or phrases, as whole words; each line is alternatives of a regular expression. */
export function anyOf(flags: string, ...lines: string[]): RegExp {
  return new RegExp(`\\b(?:${lines.join('|')})\\b`, flags)
}
