import { describe, expect, it } from 'vitest'
import { citedMarkdown } from './cited-markdown'

const text = 'The dryer used 4.2 kWh.'
const cited = (start: number, end: number, figure = 'f1') => ({ citations: [{ start, end, figure }], ungrounded: [] })

describe('an answer as Markdown', () => {
  it('links each cited number to its figure', () => {
    expect(citedMarkdown(text, cited(15, 22))).toBe('The dryer used [4.2 kWh](#figure-f1).')
  })

  it('leaves out citations that lie outside the text, overlap or name no figure', () => {
    expect(citedMarkdown(text, cited(15, 99))).toBe(text)
    expect(citedMarkdown(text, cited(15, 22, 'f1) [x](https://evil.example'))).toBe(text)
    const overlapping = { citations: [{ start: 15, end: 22, figure: 'f1' }, { start: 19, end: 22, figure: 'f2' }], ungrounded: [] }
    expect(citedMarkdown(text, overlapping)).toBe('The dryer used [4.2 kWh](#figure-f1).')
  })

  it('marks what is flagged as supported by nothing, and does not bring back what was removed', () => {
    const ungrounded = [{ text: 'used 4.2 kWh', action: 'flagged' as const }, { text: 'It cost 9 EUR.', action: 'removed' as const }]
    expect(citedMarkdown(text, { citations: [{ start: 15, end: 22, figure: 'f1' }], ungrounded })).toBe(
      'The dryer [used 4.2 kWh](#unconfirmed).',
    )
  })

  it('takes links, pictures, headings and HTML of the text for words', () => {
    const hostile = '[Click](https://evil.example) ![x](https://evil.example/x.png) <img src=x onerror=alert(1)> # Big'
    const written = citedMarkdown(hostile, null)
    expect(written).not.toMatch(/(?<!\\)[[\]<>!#]/)
  })

  it('keeps lists and line breaks', () => {
    expect(citedMarkdown('Most:\n- dryer\n- oven\n\nThe rest\nis little.', null)).toBe('Most:\n- dryer\n- oven\n\nThe rest  \nis little.')
  })
})
