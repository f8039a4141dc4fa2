import { describe, expect, it } from 'vitest'
import { splitClauses } from './clauses'

const split = (text: string) => splitClauses(text.split(' ')).map((clause) => clause.join(' '))

describe('two questions in one sentence', () => {
  it.each([
    ['how often did the dryer run and what did it cost', ['how often did the dryer run', 'what did it cost']],
    ['is the dryer on and is the oven on', ['is the dryer on', 'is the oven on']],
    ['what did we use yesterday oh and also how much did it cost', ['what did we use yesterday', 'how much did it cost']],
  ])('takes "%s" apart', (text, clauses) => expect(split(text)).toEqual(clauses))

  it.each([
    'how much did the fridge and the freezer use', 'compare what we used in may and what we used in june', 'thanks and bye',
    'hello and how are you', 'what is the difference between today and how it was',
  ])('leaves "%s" one question', (text) => expect(split(text)).toEqual([text]))
})
