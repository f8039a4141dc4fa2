import { describe, expect, it } from 'vitest'
import { SentenceGate } from './sentence-gate'

function gateFor(isTrue: (text: string) => boolean, shown = (text: string) => text.trimEnd()) {
  const passed: string[] = []
  const gate = new SentenceGate((text) => (isTrue(text) ? shown(text) : null), (text) => passed.push(text))
  return { gate, passed }
}

describe('a sentence gate', () => {
  it('passes whole sentences, however the text is cut, and never cuts a number', () => {
    for (const length of [1, 2, 5, 100]) {
      const { gate, passed } = gateFor(() => true)
      const text = 'It used 3.5 kWh. That is 1.234,5 W! Is it?\nYes'
      for (let at = 0; at < text.length; at += length) gate.push(text.slice(at, at + length))
      expect(passed.join('')).toBe('It used 3.5 kWh. That is 1.234,5 W! Is it?')
      expect(gate.text).toBe(text)
    }
  })

  it('passes nothing from the first sentence on that fails, not even a true one after it', () => {
    const { gate, passed } = gateFor((text) => !text.includes('999'))
    for (const part of ['True. ', 'False 9', '99. ', 'True again. ', 'And more. ']) gate.push(part)
    expect(passed.join('')).toBe('True.')
    expect(gate.passed).toBe('True. ')
  })

  it('waits for the end where what was shown would read differently by now', () => {
    const { gate, passed } = gateFor(() => true, (text) => (text.includes('**') ? text.replaceAll('One', 'Two') : text))
    gate.push('One. ')
    gate.push('** more. ')
    gate.push('Last. ')
    expect(passed).toEqual(['One. '])
  })
})
