import type { Figure, ResolvedPeriod, ToolResult } from '@/lib/contracts/assistant'
import { momentText, periodText, quantityText, type AnswerPlace } from './quantity-text'

/** A piece of an answer; what it says is the figure or moment of this id, where it has one. */
export interface AnswerSegment {
  text: string
  figureId?: string
}

export type Words = readonly AnswerSegment[]
type Part = string | AnswerSegment | Words | null

/** A sentence of fixed words and what stands between them. */
export function say(words: TemplateStringsArray, ...parts: Part[]): Words {
  return joined(words.flatMap((text, index) => [{ text }, ...asWords(parts[index] ?? null)]))
}

const asWords = (part: Part): Words => {
  if (part === null) return []
  if (typeof part === 'string') return [{ text: part }]
  return 'text' in part ? [part] : part
}

/** Several sentences with a space between them; what is empty is left out. */
export function sentences(...parts: (Words | null | undefined | false)[]): Words {
  const said = parts.filter((part) => part !== null && part !== undefined && part !== false).filter((part) => part.length > 0)
  return joined(said.flatMap((part, index) => (index === 0 ? part : [{ text: ' ' }, ...part])))
}

/** Several texts with an empty line between them; what is empty is left out. */
export function paragraphs(parts: readonly Words[]): Words {
  const said = parts.filter((part) => part.length > 0)
  return joined(said.flatMap((part, index) => (index === 0 ? part : [{ text: PARAGRAPH_BREAK }, ...part])))
}

export const PARAGRAPH_BREAK = '\n\n'

/** a, b and c */
export function listed(items: readonly Words[], word = 'and'): Words {
  return joined(
    items.flatMap((item, index) => [{ text: index === 0 ? '' : index < items.length - 1 ? ', ' : ` ${word} ` }, ...item]),
  )
}

function joined(words: Words): Words {
  const merged: AnswerSegment[] = []
  for (const { text, figureId } of words) {
    const last = merged.at(-1)
    if (text === '') continue
    if (last && last.figureId === undefined && figureId === undefined) last.text += text
    else merged.push(figureId === undefined ? { text } : { text, figureId })
  }
  return merged
}

export const plainText = (words: Words) => words.map(({ text }) => text).join('')

/** The first letter large, as a sentence begins. */
export function capital(words: Words): Words {
  const [first, ...rest] = words
  return first ? [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest] : words
}

/** FNV-1a of a question, so that the same question is worded the same. */
export function questionHash(question: string): number {
  let hash = 0x811c9dc5
  for (const character of question.trim().toLowerCase()) {
    hash ^= character.codePointAt(0) ?? 0
    hash = Math.imul(hash, 0x01000193)
  }
  return hash >>> 0
}

/** What a wording is made of: one result, and how its numbers are written. */
export class Telling {
  private drawn = 0

  constructor(
    readonly result: ToolResult,
    readonly place: AnswerPlace,
    private readonly hash: number,
  ) {}

  /** One of several ways to say the same: the same for the same question. */
  either(...ways: (() => Words)[]): Words {
    const mixed = Math.imul(this.hash ^ (this.hash >>> 15), 0x85ebca6b + 2 * this.drawn++) >>> 8
    const way = ways[mixed % ways.length] ?? ways[0]
    return way ? way() : []
  }

  find(label: string | RegExp): Figure | null {
    return (
      this.result.figures.find((figure) => (typeof label === 'string' ? figure.label === label : label.test(figure.label))) ??
      null
    )
  }

  all(label: RegExp): Figure[] {
    return this.result.figures.filter((figure) => label.test(figure.label))
  }

  moment(label: string): ToolResult['moments'][number] | null {
    return this.result.moments.find((moment) => moment.label === label) ?? null
  }

  /** The value without its sign; "about" before what is estimated. */
  amount(figure: Figure, isAbout = isEstimate(figure)): Words {
    const text = quantityText(figure.value, figure.unit, this.place)
    return isAbout ? [{ text: 'about ' }, { text, figureId: figure.id }] : [{ text, figureId: figure.id }]
  }

  when(moment: { id: string; at: number }, precision: 'minute' | 'day' | 'month' = 'minute'): AnswerSegment {
    return { text: momentText(moment.at, this.place, precision), figureId: moment.id }
  }

  /** "on Tuesday, 17 November"; a period that is in progress "so far". */
  during(period: ResolvedPeriod | null = this.result.period, figure = this.result.figures[0]): Words {
    if (!period) return []
    const { nowSeconds } = this.place
    const isOpen = period.from < nowSeconds && period.to > nowSeconds + 60 && !/^(?:since|the last|all)/.test(period.label)
    const text = `${periodText(period.label)}${isOpen ? ' so far' : ''}`
    return [/\d/.test(text) && figure ? { text, figureId: figure.id } : { text }]
  }
}

/** What the models split out of the total, also that of a simulated home. */
export function isEstimate({ origin, subject, unit }: Figure): boolean {
  if (unit === 'count') return false
  return origin === 'estimated' || origin === 'calculated' || (origin === 'simulated' && subject !== undefined && subject !== 'total')
}

/** A moment as it stands after "since". */
export const sinceText = (when: AnswerSegment): AnswerSegment => ({
  ...when,
  text: when.text.replace(/^on /, '').replace(/ at (?=\d)/, ', '),
})
