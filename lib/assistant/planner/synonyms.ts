import { PLAN_APPLIANCES } from './plan-words'

/** What stands for subjects that have nothing to do with a meter. */
const FOREIGN = 'topic'
/** What stands for devices that no model tells apart. */
const OTHER_DEVICE = 'toaster'
/** What stands for people whose use is nobody else's business; what they want to know may be of this site. */
const OTHERS = 'neighbour'
const TELLS: ReadonlySet<string> = new Set(['wants', 'want', 'needs', 'asked', 'asks', 'asking', 'says', 'said', 'thinks', 'claims', 'told'])
/** Of one of these a question about an appliance or the bill may tell when or why something ran. */
const OCCASIONS: ReadonlySet<string> = new Set([
  'lunch', 'dinner', 'breakfast', 'supper', 'party', 'birthday', 'wedding', 'roast dinner', 'turkey dinner', 'school', 'rain', 'snow',
  'storm', 'thunderstorm', 'wind', 'sunset', 'sunrise',
])
const ENERGY = /\b(?:kwh|electricity|energy|power|usage|used|use|bill|cost|watts|spent|spend|meter)\b/
/** Behind one of these a word is a verb: "can you monitor the dryer?" */
const BEFORE_VERB: ReadonlySet<string> = new Set(['to', 'you', 'we', 'i', 'they', 'please', 'not', 'always', 'constantly'])
const VERBS: ReadonlySet<string> = new Set(['monitor', 'charge', 'drill', 'plug', 'iron', 'lift', 'screen', 'email', 'function', 'dress'])
const PART = 'compressor|motor|pump|fan|light|lights|lamp|bulb|heating element|element|thermostat|drum|filter|screen|monitor|charger|speaker|speakers|camera|grill'
const PART_WORDS: readonly string[][] = PART.split('|').map((part) => part.split(' '))
const OF: ReadonlySet<string> = new Set(['of', 'on', 'in', 'inside', 'from', 'for'])
const DETERMINERS: ReadonlySet<string> = new Set(['the', 'our', 'my', 'your', 'a', 'this', 'that'])

/** Phrases of the planner's lexicon and the word the model reads in their place. */
export class Synonyms {
  readonly #phrases = new Map<string, string>()
  readonly #longest: number

  /** `table`: phrases by the word that stands for them, as models/assistant/synonyms.json has them. */
  constructor(table: Readonly<Record<string, readonly string[]>>) {
    for (const [word, phrases] of Object.entries(table)) for (const phrase of phrases) this.#phrases.set(phrase, word)
    this.#longest = Math.max(1, ...[...this.#phrases.keys()].map((phrase) => phrase.split(' ').length))
  }

  /** Words of the phrases, which a question may have spelt wrongly; not those of foreign subjects. */
  words(): string[] {
    return this.#wordsOf((word) => word !== FOREIGN)
  }

  /** Words of foreign subjects: "revision" is none that was misspelt. */
  foreignWords(): string[] {
    return this.#wordsOf((word) => word === FOREIGN)
  }

  #wordsOf(isWanted: (word: string) => boolean): string[] {
    const phrases = [...this.#phrases].filter(([, word]) => isWanted(word)).map(([phrase]) => phrase)
    return [...new Set(phrases.flatMap((phrase) => phrase.split(' ')))]
  }

  /** The longest phrase at every place, from left to right, once. What is said of a known appliance has no foreign subject. */
  replace(said: readonly string[]): string[] {
    const words = this.#withoutParts(said)
    const all = this.#replaced(words, () => true)
    const isOfAppliance = all.some((word) => PLAN_APPLIANCES.includes(word))
    const isOfEnergy = isOfAppliance || ENERGY.test(all.join(' '))
    if (!isOfEnergy) return all
    return this.#replaced(words, (word, phrase) => word !== FOREIGN || !(isOfAppliance || OCCASIONS.has(phrase)))
  }

  #replaced(words: readonly string[], isWanted: (word: string, phrase: string) => boolean): string[] {
    const result: string[] = []
    for (let at = 0; at < words.length;) {
      const found = this.#phraseAt(words, at)
      const isVerb = found?.length === 1 && VERBS.has(words[at]!) && BEFORE_VERB.has(words[at - 1] ?? 'please') &&
        at + 1 < words.length && (found.word === FOREIGN || found.word === OTHER_DEVICE)
      const asks = found?.word === OTHERS && TELLS.has(words[at + found.length] ?? '')
      if (!found || isVerb || asks || !isWanted(found.word, words.slice(at, at + found.length).join(' '))) {
        result.push(words[at]!)
        at += 1
      } else {
        result.push(...found.word.split(' '))
        at += found.length
      }
    }
    return result
  }

  #phraseAt(words: readonly string[], at: number): { word: string; length: number } | undefined {
    for (let length = Math.min(this.#longest, words.length - at); length > 0; length -= 1) {
      const word = this.#phrases.get(words.slice(at, at + length).join(' '))
      if (word !== undefined) return { word, length }
    }
    return undefined
  }

  /** How many words an appliance takes up that stands at `at`; 0 where none does. */
  #applianceAt(words: readonly string[], at: number): number {
    const found = this.#phraseAt(words, at)
    if (found && PLAN_APPLIANCES.includes(found.word)) return found.length
    return PLAN_APPLIANCES.includes(words[at] ?? '') ? 1 : 0
  }

  /** The compressor of a freezer is the freezer, not a device beside it. */
  #withoutParts(words: readonly string[]): string[] {
    const result: string[] = []
    for (let at = 0; at < words.length;) {
      const part = PART_WORDS.find((one) => one.every((word, index) => words[at + index] === word))
      if (part && OF.has(words[at + part.length] ?? '') && !this.#isLongerDevice(words, at, part.length)) {
        let next = at + part.length + 1
        const determiner = DETERMINERS.has(words[next] ?? '') ? words[next]! : undefined
        if (determiner) next += 1
        if (this.#applianceAt(words, next) > 0) {
          while (DETERMINERS.has(result.at(-1) ?? '')) result.pop()
          if (determiner) result.push(determiner)
          at = next
          continue
        }
      }
      const appliance = this.#applianceAt(words, at)
      if (appliance > 0) {
        result.push(...words.slice(at, at + appliance))
        at += appliance
        const own = PART_WORDS.find((one) => one.every((word, index) => words[at + index] === word))
        if (own && !this.#isLongerDevice(words, at, own.length)) at += own.length
        continue
      }
      result.push(words[at]!)
      at += 1
    }
    return result
  }

  /** Whether a part begins the name of a device of its own, such as "fan heater". */
  #isLongerDevice(words: readonly string[], at: number, length: number): boolean {
    return (this.#phraseAt(words, at)?.length ?? 0) > length
  }
}
