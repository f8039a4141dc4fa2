/** Without those that look alike. */
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const LENGTH = 16

/** A password to hand over by word of mouth: 79 random bits in four groups. */
export function suggestPassword(): string {
  const picked = Array.from({ length: LENGTH }, randomCharacter).join('')
  return picked.match(/.{4}/g)?.join('-') ?? picked
}

function randomCharacter(): string {
  // The few values beyond a multiple would come too often.
  const limit = 256 - (256 % CHARACTERS.length)
  for (;;) {
    const [value = 0] = crypto.getRandomValues(new Uint8Array(1))
    if (value < limit) return CHARACTERS[value % CHARACTERS.length] ?? ''
  }
}
