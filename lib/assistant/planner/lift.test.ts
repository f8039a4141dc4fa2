import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { liftNames } from './lift'

const now = DateTime.fromISO('2026-11-18T14:00', { zone: 'Europe/Berlin' })
const GIVEN = new Map([
  ['n1', '3'], ['n2', '0'], ['d1', '2026-11-03'], ['d2', '2026-11-05'], ['m1', 'march 2026'], ['y1', '2025'], ['t1', '18:00'],
  ['t2', '20:00'], ['t3', '03:00'],
])

function lift(text: string) {
  const values = new Map(GIVEN)
  const words = liftNames(text.split(' '), values, { now, values }).join(' ')
  return { words, of: (name: string) => values.get(name) }
}

describe('what is lifted out of a question', () => {
  it.each([
    ['yesterday', 'yesterday'], ['so far today', 'today'], ['the day before yesterday', '2 days ago'],
    ['a couple of weeks ago', '2 weeks ago'],
    ['on last tuesday', 'last tuesday'], ['friday last week', '2026-11-13'], ['in october', 'october'],
    ['in last october', 'october'], ['in last november', 'november 2025'], ['this november', 'november'],
    ['in october y1', 'october 2025'],
    ['over the weekend', 'last weekend'], ['this month so far', 'this month'], ['in last n1 days', 'last n1 days'],
    ['last hour', 'last 1 hours'], ['last few weeks', 'last 3 weeks'], ['since monday', 'since monday'],
    ['since the start of the year', 'this year'],
    ['from d1 to d2', 'from d1 to d2'], ['between n1 and d2', 'from 2026-11-03 to d2'],
    ['from march to may', 'from march to may'],
    ['yesterday evening', 'yesterday evening'], ['on the evening of d1', 'd1 evening'],
    ['in the morning of friday', 'friday morning'],
    ['last night', 'last night'], ['between t1 and t2 yesterday', 'yesterday from t1 to t2'],
    ['yesterday at t1', 'yesterday at t1'],
    ['last night at t3', 'today at t3'], ['since t1', 'since t1'], ['tonight', 'today night'], ['last summer', 'summer'],
    ['at christmas y1', 'christmas y1'], ['in the first week of october', 'from 2026-10-01 to 2026-10-07'], ['in q3', 'q3'],
    ['ever', 'all time'],
    ['on christmas day', 'christmas day'], ['last year october', 'october 2025'], ['in the first half of y1', 'h1 y1'],
    ['in m1', 'm1'], ['in may', 'may'], ['n1 years ago', 'n1 years ago'],
    ['in the second half of october', 'from 2026-10-16 to 2026-10-31'],
    ['on d1 of last month', '2026-10-03'],
  ])('reads "%s" as "%s"', (text, plan) => {
    const question = lift(`how much did we use ${text}`)
    expect(question.words).toBe('how much did we use p1')
    expect(question.of('p1')).toBe(plan)
  })

  it.each([
    ['tomorrow', '48'], ['next week', '168'], ['in the next n1 hours', '3'], ['by the end of the month', '168'],
    ['the day after tomorrow', '72'],
  ])('takes "%s" for %s hours to come', (text, hours) => {
    const question = lift(`how much will we use ${text}`)
    expect(question.words).toBe('how much will we use f1')
    expect(question.of('f1')).toBe(hours)
  })

  it('gives the same appliance and the same period the same placeholder', () => {
    expect(lift('did the dryer or the fridge use more last week and was the dryer on last week').words)
      .toBe('did a1 or a2 use more p1 and was a1 on p1')
    expect(lift('did we leave the toaster on last night').words).toBe('did we leave the toaster on p1')
  })

  it('takes two periods apart where they are compared', () => {
    expect(lift('compare this week with last week').words).toBe('compare p1 with p2')
    expect(lift('did usage drop from september to october').words).toBe('did usage drop p1 to p2')
    expect(lift('why did our bill jump from september to october').words).toBe('why did our bill jump p1 to p2')
  })

  it.each([
    'may we ask something', 'this may be a silly question', 'so this may sound odd', 'how much by day', 'is it on',
    'how much did it cost in last n2 days',
  ])(
    'lifts no period out of "%s"',
    (text) => expect(lift(text).of('p1')).toBeUndefined(),
  )
})
