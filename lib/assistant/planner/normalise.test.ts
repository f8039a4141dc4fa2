import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { MAX_QUESTION_CHARACTERS, normaliseQuestion } from './normalise'
import { SpellingCorrector } from './spelling'
import { Synonyms } from './synonyms'

const spelling = new SpellingCorrector(
  ('how much did the dryer use yesterday on between and to last hours days in march what is it usage from refrigerator ' +
    'washing machine tumble drier compared at show what cost euros in cluster last year monday friday six volts watts is').split(' '),
)
const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
const synonyms = new Synonyms({ dryer: ['tumble dryer', 'drier'], vs: ['compared to'] })
const read = (question: string, clusters: string[] = []) => normaliseQuestion(question, { now, clusters }, { spelling, synonyms })

describe('the normaliser of questions', () => {
  it('leaves words lower-case and free of punctuation', () => {
    expect(read('How MUCH did the Dryer use, yesterday?!').words.join(' ')).toBe('how much did a1 use p1')
  })

  it('reads "&" and "n" as "and", and any way of writing CO2 as one word', () => {
    expect(read('usage & cost n last year').words.join(' ')).toBe('usage and cost and p1')
    expect(read('what is it in CO2e').words.join(' ')).toBe(read('what is it in co 2').words.join(' '))
  })

  it.each([
    ['on 3 November', '2026-11-03'], ['on november 3rd', '2026-11-03'], ['on 3.11.2025', '2025-11-03'],
    ['on 2026-02-28', '2026-02-28'],
    ['on 24 December', '2025-12-24'], ['on 11/25/2025', '2025-11-25'], ['on the 20th', '2026-10-20'], ['on 5/11', '2026-11-05'],
  ])('reads the day in "%s"', (question, day) => {
    expect(read(question).values.get('d1')).toBe(day)
  })

  it.each(['in March 2025', 'in 2025-03', 'in march last year', "in mar '25"])('reads the month in "%s"', (question) => {
    expect(read(question).values.get('m1')).toBe('march 2025')
  })

  it.each([
    ['at 6pm', '18:00'], ['at 6:30 am', '06:30'], ['at noon', '12:00'], ['at midnight', '00:00'], ['at half past seven', '07:30'],
    ['at 18:05', '18:05'], ['at quarter to 9 pm', '20:45'],
  ])('reads the time in "%s"', (question, time) => {
    expect(read(question).values.get('t1')).toBe(time)
  })

  it('shares am and pm over a range, and takes a dash for "to"', () => {
    const hours = read('from 6 to 8pm')
    expect(['t1', 't2', 'p1'].map((name) => hours.values.get(name))).toEqual(['18:00', '20:00', 'today from t1 to t2'])
    const days = read('3 november - 5 november')
    expect(['d1', 'd2', 'p1'].map((name) => days.values.get(name))).toEqual(['2026-11-03', '2026-11-05', 'from d1 to d2'])
  })

  it('gives the first day of a range the month of the last', () => {
    const question = read('from the 1st to 15th of October')
    expect(['d1', 'd2', 'p1'].map((name) => question.values.get(name))).toEqual(['2026-10-01', '2026-10-15', 'from d1 to d2'])
  })

  it('reads a unit whether or not it is written apart', () => {
    const voltages = ['230V', '230 V', '230.5 v'].map((text) => read(`is it ${text}`).values.get('n1'))
    expect(voltages).toEqual(['230', '230', '230.5'])
    expect(read('230 V').words).toEqual(['n1', 'volts'])
    expect(read('week 3 v week 4').words).toContain('[UNK]')
    expect(read('300 W').words).toEqual(['n1', 'watts'])
    expect(read('2025 w 2024').words).not.toContain('watts')
  })

  it('takes "\'s" for "is" before what something may be, and drops it before what it has', () => {
    expect(read("the dryer's on").words).toEqual(read('the dryer is on').words)
    expect(read("when nobody's home").words).toEqual(read('when nobody is home').words)
    expect(read("the dryer's cost").words).toEqual(read('the dryer cost').words)
  })

  it('takes a dash before a unit for no range', () => {
    expect(read('in the last 15-day').words).not.toContain('to')
    expect(read('15-20 days').words).toContain('to')
  })

  it('takes no count of days from a 3D printer', () => {
    expect([...read('did the 3D printer use').values.keys()]).toEqual([])
  })

  it('tells "we\'re" from "were"', () => {
    expect(read("we're").words).toHaveLength(2)
    expect(read('were').words).toHaveLength(1)
  })

  it('does not put right what is right, though the model does not know it', () => {
    const strict = new SpellingCorrector(['wife', 'cost'], ['wise'])
    expect([strict.correct('wise'), strict.correct('wifd'), strict.correct('costs')]).toEqual(['[UNK]', 'wife', 'cost'])
  })

  it('parts numbers from their units, and reads number words', () => {
    expect(read('last 24h').values.get('p1')).toBe('last n1 hours')
    expect(read('last three days').values.get('n1')).toBe('3')
  })

  it.each(['CO2e', 'CO 2', 'CO₂', 'co2eq'])('reads %s as one word', (text) => expect(read(text).words).toEqual(read('co2').words))

  it('puts misspelt words right, parts words run together, and marks words it does not know', () => {
    expect(read('howmuch did teh dyrer use yesteday').words.join(' ')).toBe('how much did a1 use p1')
    expect(read('washingmachine refridgerator').words.join(' ')).toBe('washing machine refrigerator')
    expect(read('frobnicate привет 电').words).toEqual(['[UNK]', '[UNK]', '[UNK]'])
  })

  it('says one word for phrases that mean the same, the longest first', () => {
    expect(read('tumble dryer compared to the drier').words.join(' ')).toBe('a1 vs a1')
    expect(read('tumble').words).toEqual(['tumble'])
  })

  it('finds the name of a cluster of the site', () => {
    const question = read("what is in Tom's Corner?", ["Tom's corner", 'Kitchen'])
    expect(question.words.at(-1)).toBe('c1')
    expect(question.values.get('c1')).toBe("Tom's corner")
  })

  it('takes 24/7 for no day', () => expect(read('what is on 24/7').values.has('d1')).toBe(false))

  it('reads impossible dates as plain numbers instead of throwing', () => {
    expect(() => read('on 31.02.2026 or 99/99/9999 or 2026-13-45 at 25:77')).not.toThrow()
    expect(read('on 31.02.2026').values.has('d1')).toBe(false)
  })

  it('bounds what it reads of a long question', () => {
    expect(read('dryer '.repeat(10_000)).words.length).toBeLessThanOrEqual(MAX_QUESTION_CHARACTERS / 6 + 1)
  })
})
