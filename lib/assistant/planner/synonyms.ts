/** Phrases of the planner's lexicon and the word the model reads in their place. */
export class Synonyms {
  readonly #phrases = new Map<string, string>()
  readonly #longest: number

  /** `table`: phrases by the word that stands for them, as models/assistant/synonyms.json has them. */
  constructor(table: Readonly<Record<string, readonly string[]>>) {
    for (const [word, phrases] of Object.entries(table)) for (const phrase of phrases) this.#phrases.set(phrase, word)
    this.#longest = Math.max(1, ...[...this.#phrases.keys()].map((phrase) => phrase.split(' ').length))
  }

  /** Every word a phrase is made of: a question may have them spelt wrongly. */
  words(): string[] {
    return [...new Set([...this.#phrases.keys()].flatMap((phrase) => phrase.split(' ')))]
  }

  /** The longest phrase at every place, from left to right, once. */
  replace(words: readonly string[]): string[] {
    const result: string[] = []
    for (let at = 0; at < words.length;) {
      let length = Math.min(this.#longest, words.length - at)
      let word: string | undefined
      for (; length > 0 && word === undefined; length -= 1) word = this.#phrases.get(words.slice(at, at + length).join(' '))
      if (word === undefined) {
        result.push(words[at]!)
        at += 1
      } else {
        result.push(...word.split(' '))
        at += length + 1
      }
    }
    return result
  }
}
