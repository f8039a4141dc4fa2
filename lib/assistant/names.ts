import { APPLIANCE_LABELS, type Appliance } from '@/lib/contracts/appliances'
import type { Subject } from '@/lib/contracts/assistant'

const MOST_NAME_CHARACTERS = 80

/**
 * A name that somebody typed or imported, as one short line of plain text: no control or invisible characters, nothing that Markdown
 * or HTML would read as more than text, and no end of a sentence, so that a name never holds a sentence of its own.
 */
export function plainName(name: string): string {
  const line = name
    .normalize('NFKC')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]+/gu, ' ')
    .replace(/[<>[\](){}*_`~#|\\$^]+/g, ' ')
    .replace(/[.!?…。！？]+(?=[\s"'”’]|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > MOST_NAME_CHARACTERS ? `${line.slice(0, MOST_NAME_CHARACTERS - 1)}…` : line
}

/** heat pump: as it stands within a sentence. */
export const applianceWord = (appliance: Appliance) => APPLIANCE_LABELS[appliance].toLowerCase()

/** the heat pump; everything else; the whole building. */
export function subjectWords(subject: Subject): string {
  if (subject === 'other') return 'everything else'
  return subject === 'total' ? 'the whole building' : `the ${applianceWord(subject)}`
}
