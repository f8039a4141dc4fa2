import { ENGLISH_NUMBERS } from '../number-words'

export const NUMBER_WORDS: Record<string, number> = {
  ...ENGLISH_NUMBERS,
  hundred: 100,
  thousand: 1000,
  million: 1e6,
  dozen: 12,
  null: 0,
  eins: 1,
  ein: 1,
  eine: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  vier: 4,
  fünf: 5,
  sechs: 6,
  sieben: 7,
  acht: 8,
  neun: 9,
  zehn: 10,
  elf: 11,
  zwölf: 12,
  zwanzig: 20,
  dreißig: 30,
  vierzig: 40,
  fünfzig: 50,
  sechzig: 60,
  siebzig: 70,
  achtzig: 80,
  neunzig: 90,
  hundert: 100,
  tausend: 1000,
}

/** Whether commas stand before decimals: what a German text does. */
export const isGerman = (text: string) => {
  const words = text
    .toLowerCase()
    .match(
      /\b(?:der|die|das|und|ist|war|hat|haben|sie|ihr|ihre|mit|von|für|nicht|wurde|wurden|verbrauch\w*|gestern|heute|woche|monat|strom\w*|euro|waren|im|am|etwa|rund)\b/g,
    )
  const english = text
    .toLowerCase()
    .match(/\b(?:the|and|is|was|has|have|you|your|with|of|for|not|used|cost|it|today|yesterday|week|month|about|at|on)\b/g)
  return (words?.length ?? 0) > (english?.length ?? 0)
}

/** A number as the language of the text writes it; null where it is none. */
export function readNumber(raw: string, german: boolean): { value: number; unit: number } | null {
  const text = raw.trim().toLowerCase()
  const fraction = /^(?:(\d+) )?(\d+)\/(\d+)$/.exec(text)
  if (fraction) return { value: Number(fraction[1] ?? 0) + Number(fraction[2]) / Number(fraction[3]), unit: 0.01 }
  if (!/\d/.test(text)) return readWords(text)
  const [mantissa = '', exponent] = text.split(/e(?=[-+]?\d+$)/)
  let digits = mantissa.replace(/[ '’]/g, '')
  const decimal = decimalSign(digits, german)
  if (decimal === null) return null
  digits = decimal === ',' ? digits.replaceAll('.', '').replace(',', '.') : digits.replaceAll(',', '')
  const value = Number(digits) * 10 ** Number(exponent ?? 0)
  const decimals = digits.split('.')[1]?.length ?? 0
  return Number.isFinite(value) ? { value, unit: 10 ** (Number(exponent ?? 0) - decimals) } : null
}

/** Which sign stands before the decimals; null where the number is written as no language does. */
function decimalSign(digits: string, german: boolean): ',' | '.' | null {
  const [grouping, decimal] = german ? (['.', ','] as const) : ([',', '.'] as const)
  const isGrouped = (text: string, sign: string) => new RegExp(`^\\d{1,3}(?:\\${sign}\\d{3})+$`).test(text)
  const valid = (sign: ',' | '.', other: ',' | '.') => {
    const parts = digits.split(sign)
    return (
      parts.length <= 2 &&
      (!(parts[0] ?? '').includes(other) || isGrouped(parts[0] ?? '', other)) &&
      !(parts[1] ?? '').includes(other)
    )
  }
  if (valid(decimal, grouping)) return decimal
  return valid(grouping, decimal) ? grouping : null
}

function readWords(text: string): { value: number; unit: number } | null {
  const [wholeText = '', pointText] = text.replace(/^an? /, '').split(/\s+point\s+/)
  let total = 0
  let current = 0
  for (const word of wholeText.split(/[\s-]+/)) {
    if (word === 'and') continue
    const value = NUMBER_WORDS[word]
    if (value === undefined) return null
    if (value === 100 || value === 12) current = Math.max(1, current) * value
    else if (value >= 1000) {
      total += Math.max(1, current) * value
      current = 0
    } else current += value
  }
  const point = pointText
    ?.trim()
    .split(/\s+/)
    .map((word) => NUMBER_WORDS[word] ?? 0)
    .join('')
  const value = Number(`${total + current}${point ? `.${point}` : ''}`)
  return { value, unit: point ? 10 ** -point.length : 1 }
}
