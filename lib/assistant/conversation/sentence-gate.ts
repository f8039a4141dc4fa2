/** The end of a sentence or a line, with what follows it up to the next word; a decimal point is none. */
const BOUNDARY = /(?:[.!?]["')\]*_]*\s+|\n+)/g

/**
 * Lets a text through sentence by sentence, as far as it has been checked. Once a sentence fails nothing more passes: what then
 * becomes of the text is decided when all of it is there.
 */
export class SentenceGate {
  #text = ''
  #checked = 0
  #shown = ''
  #isShut = false

  /** @param shown how a text, from its beginning, may be shown; null: it says something that the results do not */
  constructor(
    readonly shown: (textSoFar: string) => string | null,
    readonly pass: (text: string) => void,
  ) {}

  /** All that was pushed. */
  get text(): string {
    return this.#text
  }

  /** Of what was pushed, what has been let through. */
  get passed(): string {
    return this.#text.slice(0, this.#checked)
  }

  push(text: string): void {
    this.#text += text
    if (this.#isShut) return
    const last = [...this.#text.slice(this.#checked).matchAll(BOUNDARY)].at(-1)
    if (!last) return
    const end = this.#checked + last.index + last[0].length
    const shown = this.shown(this.#text.slice(0, end))
    // What was sent cannot be taken back: a text whose beginning reads differently by now waits for its end.
    if (shown === null || !shown.startsWith(this.#shown)) this.#isShut = true
    else {
      if (shown.length > this.#shown.length) this.pass(shown.slice(this.#shown.length))
      this.#shown = shown
      this.#checked = end
    }
  }
}
