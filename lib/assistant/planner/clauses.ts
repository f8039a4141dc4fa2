/** Words that join two questions. */
const LINKS: ReadonlySet<string> = new Set(['and', 'also', 'plus', 'but', 'then', 'oh', 'so'])
/** Words a question of its own begins with. */
const OPENERS = new RegExp(
  '^(?:how|what|when|which|where|why|who|is|are|am|was|were|did|does|do|has|have|had|should|can|will|would|anything|any|tell|' +
    'show|give|list|compare|predict|forecast)$',
)
/** A question that sets things side by side is one, whatever joins them. */
const ONE_QUESTION = /\b(?:compare|difference|between|vs|or)\b/
const MIN_WORDS = 2

/**
 * The questions that one sentence asks, such as "how often did the dryer run" and "what did it cost"; one where it asks one.
 * `words`: of the sentence, synonyms replaced.
 */
export function splitClauses(words: readonly string[]): string[][] {
  if (ONE_QUESTION.test(words.join(' '))) return [[...words]]
  const clauses: string[][] = [[]]
  for (let at = 0; at < words.length; at += 1) {
    const current = clauses.at(-1)!
    let next = at
    while (LINKS.has(words[next] ?? '')) next += 1
    if (next > at && current.length >= MIN_WORDS && OPENERS.test(words[next] ?? '') && words.length - next >= MIN_WORDS) {
      clauses.push([words[next]!])
      at = next
    } else {
      current.push(words[at]!)
    }
  }
  return clauses
}
