import { UNKNOWN_WORD } from './lexicon'

const PLACEHOLDER = /^[ndmytcapf]\d$/
const MIN_SPLIT_LENGTH = 3
const MIN_CORRECTED_LENGTH = 4
/** From this length on two slips are taken back instead of one. */
const LONG_WORD_LENGTH = 8

/** Puts a word right to the nearest one the planner's model knows. */
export class SpellingCorrector {
  readonly #known: ReadonlySet<string>
  readonly #byInitial = new Map<string, string[]>()

  readonly #plain: ReadonlySet<string>
  readonly #asWritten: ReadonlySet<string>

  /**
   * `vocabulary`: words of the model, commonest first. `plain`: words that are right though the model does not know them.
   * `asWritten`: words that are replaced later, but that no other word is taken for a misspelling of.
   */
  constructor(vocabulary: readonly string[], plain: readonly string[] = [], asWritten: readonly string[] = []) {
    this.#plain = new Set(plain)
    this.#asWritten = new Set(asWritten)
    const words = vocabulary.filter((entry) => /^[a-z][a-z0-9]*$/.test(entry) && !PLACEHOLDER.test(entry))
    this.#known = new Set(words)
    for (const entry of words) {
      if (entry.length < MIN_CORRECTED_LENGTH) continue
      const list = this.#byInitial.get(entry[0]!) ?? []
      list.push(entry)
      this.#byInitial.set(entry[0]!, list)
    }
  }

  /** The word itself, its nearest known spelling, its stem, or "[UNK]". */
  correct(text: string): string {
    if (this.#known.has(text) || this.#asWritten.has(text)) return text
    if (text.length < MIN_CORRECTED_LENGTH || text.length > 24) return UNKNOWN_WORD
    return this.#stem(text) ?? (this.#plain.has(text) ? UNKNOWN_WORD : this.#nearest(text)) ?? UNKNOWN_WORD
  }

  /** Two known words written as one, such as "howmuch" or "lastweek", apart; undefined for every other word. */
  split(text: string): string | undefined {
    if (this.#known.has(text) || this.#plain.has(text) || this.#asWritten.has(text) || text.length < 2 * MIN_SPLIT_LENGTH) return undefined
    if (this.#stem(text) || this.#nearest(text)) return undefined
    for (let at = MIN_SPLIT_LENGTH; at <= text.length - MIN_SPLIT_LENGTH; at += 1) {
      const [first, second] = [text.slice(0, at), text.slice(at)]
      if (this.#known.has(first) && this.#known.has(second)) return `${first} ${second}`
    }
    return undefined
  }

  #stem(text: string): string | undefined {
    const forms = [text.replace(/(s|es|ed|d|ing|ly|er|s)$/, ''), text.replace(/s$/, ''), text.replace(/ing$/, 'e'), `${text}s`]
    return forms.find((form) => form !== text && form.length >= 3 && this.#known.has(form))
  }

  #nearest(text: string): string | undefined {
    const allowed = text.length >= LONG_WORD_LENGTH ? 2 : 1
    const swapped = text[1]! + text[0]!
    let best: string | undefined
    let bestDistance = allowed + 1
    for (const candidate of [...(this.#byInitial.get(text[0]!) ?? []), ...(this.#byInitial.get(text[1]!) ?? [])]) {
      if (candidate[0] !== text[0] && !candidate.startsWith(swapped)) continue
      if (Math.abs(candidate.length - text.length) >= bestDistance) continue
      const distance = slips(text, candidate, bestDistance)
      if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
    }
    return best
  }
}

/** Optimal string alignment distance (insert, delete, substitute, swap neighbours), or `limit` where it is not below. */
function slips(one: string, other: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1
      let value = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + cost)
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        value = Math.min(value, beforeLast[column - 2]! + 1)
      }
      current.push(value)
    }
    if (Math.min(...current) >= limit) return limit
    beforeLast = last
    last = current
  }
  return Math.min(last[other.length]!, limit)
}
