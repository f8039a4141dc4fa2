import type { Grounding } from '@/lib/contracts/chat'

/** Addresses that only the page itself makes: a number's figure, and what nothing supports. */
export const FIGURE_ADDRESS = '#figure-'
export const UNCONFIRMED_ADDRESS = '#unconfirmed'

interface Marked {
  start: number
  end: number
  address: string
}

/**
 * An answer as Markdown in which every number that has a figure, and every part that none supports, is a link to it. Of what the
 * text itself brings, lists and line breaks keep their meaning; links, pictures and HTML are words.
 */
export function citedMarkdown(text: string, grounding: Pick<Grounding, 'citations' | 'ungrounded'> | null): string {
  const marks = [...unconfirmedParts(text, grounding), ...citedParts(text, grounding)].sort((a, b) => a.start - b.start)
  let written = ''
  let at = 0
  for (const { start, end, address } of marks) {
    if (start < at) continue
    written += plain(text.slice(at, start)) + `[${inLink(text.slice(start, end))}](${address})`
    at = end
  }
  return written + plain(text.slice(at))
}

function citedParts(text: string, grounding: Pick<Grounding, 'citations'> | null): Marked[] {
  return (grounding?.citations ?? [])
    .filter(({ start, end, figure }) => start < end && end <= text.length && /^\w{1,40}$/.test(figure))
    .map(({ start, end, figure }) => ({ start, end, address: FIGURE_ADDRESS + figure }))
}

function unconfirmedParts(text: string, grounding: Pick<Grounding, 'ungrounded'> | null): Marked[] {
  return (grounding?.ungrounded ?? []).flatMap(({ text: part, action }): Marked[] => {
    const start = action === 'flagged' && part !== '' ? text.indexOf(part) : -1
    return start < 0 ? [] : [{ start, end: start + part.length, address: UNCONFIRMED_ADDRESS }]
  })
}

const escaped = (text: string) => text.replace(/[\\`*_~[\]<>!|#&=]/g, String.raw`\$&`)
const inLink = (text: string) => escaped(text).replace(/\s+/g, ' ')

/** A line break is one, too, where no list begins. */
const plain = (text: string) => escaped(text).replace(/(?<!\n)\n(?!\n|\s*- )/g, '  \n')
