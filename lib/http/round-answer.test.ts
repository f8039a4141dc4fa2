import { expect, it } from 'vitest'
import { roundAnswer } from './round-answer'

it('what adding doubles leaves behind is not answered', () => {
  const given = { kWh: 0.39999999999999997, list: [253.00000000000003, 0.1 + 0.2, null, 'text'], at: 1706198400.123456, none: undefined }
  expect(JSON.stringify(roundAnswer(given))).toBe('{"kWh":0.4,"list":[253,0.3,null,"text"],"at":1706198400.123456}')
})

it('what has fewer decimals stays as it is, and parts add up to the sum they were made of', () => {
  for (const value of [0, -1.5, 0.123456789, 1e-9, 123456.789, 9_000_000.123, 1e300, Number.MAX_SAFE_INTEGER]) {
    expect(roundAnswer(value)).toBe(value)
  }
  const parts = Array.from({ length: 13 }, (_, index) => Math.PI ** index / 7)
  const sum = parts.reduce((total, part) => total + part, 0)
  const answer = roundAnswer({ sum, parts })
  expect(Math.abs(answer.parts.reduce((total, part) => total + part, 0) - answer.sum)).toBeLessThan(1e-7)
})
