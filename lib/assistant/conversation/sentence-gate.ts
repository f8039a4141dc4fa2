/** The end of a sentence or a line, with what follows it up to the next word; a decimal point is none. */
const BOUNDARY = /(?:[.!?]["')\]*_]*\s+|\n+)/g

/**
 * Lets a text through sentence by sentence, as far as it has been checked. Once a sentence fails nothing more passes: what then
 * becomes of the text is decided when all of it is there.
 */
export class SentenceGate {
  #text = ''
  #passed = 0
  #isShut = false

  /** @param isGrounded whether a text, from its beginning, says nothing that the results do not */
  constructor(
    readonly isGrounded: (textSoFar: string) => boolean,
    readonly pass: (text: string) => void,
  ) {}

  /** All that was pushed. */
  get text(): string {
    return this.#text
  }

  /** What has been let through. */
  get passed(): string {
    return this.#text.slice(0, this.#passed)
  }

  push(text: string): void {
    this.#text += text
    if (this.#isShut) return
    const boundaries = [...this.#text.slice(this.#passed).matchAll(BOUNDARY)]
    const last = boundaries.at(-1)
    if (!last) return
    const end = this.#passed + last.index + last[0].length
    if (!this.isGrounded(this.#text.slice(0, end))) this.#isShut = true
    else {
      this.pass(this.#text.slice(this.#passed, end))
      this.#passed = end
    }
  }
}
