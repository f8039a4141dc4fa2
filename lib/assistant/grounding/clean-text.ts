const ENTITIES: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  euro: '€',
  pound: '£',
  percnt: '%',
  period: '.',
  comma: ',',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  frac12: '½',
  frac14: '¼',
  frac34: '¾',
  deg: '°',
  minus: '-',
  ndash: '–',
  mdash: '—',
}
const VULGAR: Record<string, string> = {
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '⅓': '1/3',
  '⅔': '2/3',
  '⅕': '1/5',
  '⅛': '1/8',
  '⅒': '1/10',
}
/** Letters of other scripts that look like Latin ones, as far as they occur in words about electricity. */
const LOOKALIKES: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  у: 'y',
  х: 'x',
  і: 'i',
  ѕ: 's',
  ј: 'j',
  һ: 'h',
  ԁ: 'd',
  ԛ: 'q',
  ԝ: 'w',
  ո: 'n',
  к: 'k',
  м: 'm',
  т: 't',
  н: 'h',
  в: 'b',
  г: 'r',
  А: 'A',
  В: 'B',
  Е: 'E',
  К: 'K',
  М: 'M',
  Н: 'H',
  О: 'O',
  Р: 'P',
  С: 'C',
  Т: 'T',
  Х: 'X',
  І: 'I',
  Ѕ: 'S',
  Ԝ: 'W',
  ο: 'o',
  α: 'a',
  ν: 'v',
  ρ: 'p',
  τ: 't',
  ι: 'i',
  κ: 'k',
  Κ: 'K',
  Η: 'H',
  Ο: 'O',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ι: 'I',
  Μ: 'M',
  Ν: 'N',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  Ζ: 'Z',
  Ρ: 'P',
}

/**
 * What a free text says once nothing is hidden in it: no markup that could split a number, no invisible or lookalike characters,
 * all digits the usual ones. This, not the original, is what is checked and shown. Line breaks and list dashes stay.
 */
export function cleanAnswerText(text: string): string {
  let clean = text.replace(/\r\n?/g, '\n')
  for (let round = 0; round < 3; round++) clean = decodeEntities(clean)
  // Roman and other numerals that are no digits would turn into letters.
  clean = clean.replace(/\p{Nl}/gu, '\ufffd')
  clean = clean.replace(/\p{Cf}+/gu, '').replace(/[½¼¾⅓⅔⅕⅛⅒]/g, (sign, at: number, all: string) => {
    return `${/\d/.test(all[at - 1] ?? '') ? ' ' : ''}${VULGAR[sign] ?? sign}`
  })
  clean = clean
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]+/gu, '')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .replace(/\p{Nd}/gu, plainDigit)
    .replace(/\u2044/g, '/')
    .replace(/[\u2010-\u2012\u2212\u2043]/g, '-')
  clean = withoutMarkup(clean)
  return clean
    .replace(/(?<=\d)\p{M}+/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => LOOKALIKES[letter] ?? letter)
    .replace(/(?<=\d)\p{M}+/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function decodeEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (all, code: string) => characterOf(parseInt(code, 16), all))
    .replace(/&#(\d{1,7});?/g, (all, code: string) => characterOf(Number(code), all))
    .replace(/&([a-z]+\d*);/gi, (all, name: string) => ENTITIES[name.toLowerCase()] ?? all)
}

const characterOf = (code: number, otherwise: string) => (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : otherwise)

/** Decimal digits of all scripts come in runs of ten that begin at a code point ending in hexadecimal 0 or 6. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const low = code & 0xf
  const startsAtZero = /\p{Nd}/u.test(String.fromCodePoint(code - low))
  return String(startsAtZero ? low : low - 6)
}

/** The row of names and the line below it, then each row of a table. */
const TABLE_HEAD = /^[^\n|]*\|[^\n]*\n *\|? *:?-{2,}:? *(?:\| *:?-{2,}:? *)*\|? *\n/gm
const TABLE_ROW = /^ *\|(.+)\| *$/gm

/** Rows of a table as items of a list: what they say is checked line by line. */
function tablesAsLists(text: string): string {
  return text.replace(TABLE_HEAD, '').replace(TABLE_ROW, (_, row: string) => {
    const [first = '', ...rest] = row.split('|').map((cell) => cell.trim())
    return `- ${rest.length > 0 ? `${first}: ${rest.join(', ')}` : first}`
  })
}

function withoutMarkup(text: string): string {
  let clean = tablesAsLists(text)
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style|template|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<(?:br|p|div|li|tr|h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/!?\[([^\]]*)\]\(\s*([^)\s]*)[^)]*\)/g, '$1 $2')
    .replace(/^\s*\[[^\]]+\]:\s*(\S+).*$/gm, '$1')
    .replace(/```\w*\n?|`+/g, '')
    .replace(/\\(?:text|mathrm|mathbf|textbf|rm|bf)\s*\{([^}]*)\}/g, '$1')
    .replace(/\\[,;!: ]/g, '')
    .replace(/[\\{}]/g, '')
    .replace(/^\s{0,3}#{1,6}\s+/gm, '')
    .replace(/^\s{0,3}>\s?/gm, '')
    .replace(/^\s*\d{1,2}[.)]\s+(?=\D)/gm, '- ')
    .replace(/^\s*[*+•]\s+/gm, '- ')
    .replace(/\[(?:un)?verified\]/gi, '')
  clean = clean.replace(/\*+|~~|__+/g, '').replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|(?<=\d)_(?=\d)/gu, '')
  return clean.replace(/[<>]/g, ' ')
}

const ABBREVIATION = /(?:\b(?:approx|ca|e\.g|i\.e|z\.b|bzw|no|nr|vs|st|dr|mr|mrs|etc|incl|usw|d\.h)|\d)$/i

/** Sentences and lines, each with the space that follows it: joined they are the text. */
export function splitSentences(text: string): string[] {
  const parts: string[] = []
  let start = 0
  for (const found of text.matchAll(/\n+|[.!?…]+["”’)]*(?=\s|$)\s*/g)) {
    const end = found.index + found[0].length
    const before = text.slice(start, found.index)
    const next = text[end] ?? ''
    const isDot = found[0].trimEnd() === '.'
    // "ca. 5 kWh" and "8. April" go on.
    if (
      isDot &&
      ABBREVIATION.test(before) &&
      !found[0].includes('\n') &&
      end < text.length &&
      !(/\d$/.test(before) && startsSentence(text.slice(end)))
    )
      continue
    if (isDot && /\p{Ll}/u.test(next)) continue
    parts.push(text.slice(start, end))
    start = end
  }
  if (start < text.length) parts.push(text.slice(start))
  return parts.filter((part) => part.length > 0)
}

const MONTH_START = /^(?:jan|feb|mär|mar|apr|ma[iy]|jun|jul|aug|sep|okt|oct|nov|de[cz])/i
const startsSentence = (text: string) => /^["“(]?\p{Lu}/u.test(text) && !MONTH_START.test(text)
