const MOST_CHARACTERS = 200

/** What went wrong, for the person who asked for it: no more of a server's error than its code, for its text may name hosts. */
export function sentenceOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  if (code !== null) return `a server it needs did not do what it should (${code.slice(0, 40)}); the log says more.`
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const text = line.trim().slice(0, MOST_CHARACTERS).replace(/[.!?]+$/, '')
  return `${text || 'an error without a text'}; the log says more.`
}
