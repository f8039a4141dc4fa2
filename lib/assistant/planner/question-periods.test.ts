import { describe, expect, it } from 'vitest'
import { timesIn } from '@/lib/assistant/testing/times-in-question'

const DAYS_OF_NOVEMBER: [string, string][] = [
  ['How much did we use from 10 to 12 November?', '2026-11-10 2026-11-13'],
  ['how much from the 10th to the 12th of November', '2026-11-10 2026-11-13'],
  ['usage between 5 and 8 November', '2026-11-05 2026-11-09'],
  ['what did it cost between 5 November and 8 November', '2026-11-05 2026-11-09'],
  ['cost between November 5 and 8', '2026-11-05 2026-11-09'],
  ['total for November 5-8', '2026-11-05 2026-11-09'],
  ['kWh 5-8 Nov 2025', '2025-11-05 2025-11-09'],
  ['What did the dryer use on Tuesday 10 November?', '2026-11-10 2026-11-11'],
  ['usage on Tuesday, the 10th of November', '2026-11-10 2026-11-11'],
  ['usage on Monday 10 November', '2026-11-10 2026-11-11'],
  ['usage on 10 November, a Tuesday', '2026-11-10 2026-11-11'],
  ['first week of November', '2026-11-01 2026-11-08'],
  ['how much did we use in the second week of November', '2026-11-08 2026-11-15'],
  ['cost in the last week of October', '2026-10-25 2026-11-01'],
  ['usage in the third week in October 2025', '2025-10-15 2025-10-22'],
  ['usage in the last week of last month', '2026-10-25 2026-11-01'],
  ['usage in the first ten days of November', '2026-11-01 2026-11-11'],
  ['usage since the first of the month', '2026-11-01 2026-11-19T19:30'],
  ['usage since the 1st of this month', '2026-11-01 2026-11-19T19:30'],
  ['usage since the first of October', '2026-10-01 2026-11-19T19:30'],
  ['what did the first of October cost', '2026-10-01 2026-10-02'],
]

const HOURS: [string, string][] = [
  ['power at 18:20 on Wednesday', '2026-11-18T18:20 2026-11-18T19:20'],
  ['what did we draw on Wednesday at 18:20', '2026-11-18T18:20 2026-11-18T19:20'],
  ['how much did we use yesterday between 17 and 21 o\'clock', '2026-11-18T17:00 2026-11-18T21:00'],
  ['how much did we use yesterday between 17 and 21 o clock', '2026-11-18T17:00 2026-11-18T21:00'],
  ['how much between 17 and 21 yesterday', '2026-11-18T17:00 2026-11-18T21:00'],
  ['usage yesterday from 17 to 21', '2026-11-18T17:00 2026-11-18T21:00'],
  ['usage yesterday from 17 to 21h', '2026-11-18T17:00 2026-11-18T21:00'],
  ['What used the most between 6 and 9 yesterday evening?', '2026-11-18T18:00 2026-11-18T21:00'],
  ['usage yesterday evening between 6 and 9', '2026-11-18T18:00 2026-11-18T21:00'],
  ['usage yesterday evening from six to nine', '2026-11-18T18:00 2026-11-18T21:00'],
  ['usage between six and nine this morning', '2026-11-19T06:00 2026-11-19T09:00'],
  ['usage between 6 and 9 pm on 3 November', '2026-11-03T18:00 2026-11-03T21:00'],
  ['usage between 7 and 9 in the evening yesterday', '2026-11-18T19:00 2026-11-18T21:00'],
  ['How much went on overnight, between ten and six?', '2026-11-18T22:00 2026-11-19T06:00'],
  ['usage last night between 10 pm and 6 am', '2026-11-18T22:00 2026-11-19T06:00'],
  ['usage last night from 1 to 5', '2026-11-19T01:00 2026-11-19T05:00'],
  ['usage for the night just gone', '2026-11-18T22:00 2026-11-19T06:00'],
  ['usage in the night that has just passed', '2026-11-18T22:00 2026-11-19T06:00'],
]

const YEARS_AND_WEEKS: [string, string][] = [
  ['What did it cost in the first half of 2026?', '2026-01-01 2026-07-01'],
  ['cost of the first half of this year', '2026-01-01 2026-07-01'],
  ['cost of the second half of last year', '2025-07-01 2026-01-01'],
  ['cost of the 2nd half of 2025', '2025-07-01 2026-01-01'],
  ['November a year ago, what did that cost?', '2025-11-01 2025-12-01'],
  ['What did we need a year ago in October?', '2025-10-01 2025-11-01'],
  ['what did we use in October one year ago', '2025-10-01 2025-11-01'],
  ['what did we use in last year\'s October', '2025-10-01 2025-11-01'],
  ['what did we use in October last year', '2025-10-01 2025-11-01'],
  ['what did we use last year in October', '2025-10-01 2025-11-01'],
  ['what did we use in October of the previous year', '2025-10-01 2025-11-01'],
  ['how much was the electricity the week before last', '2026-11-02 2026-11-09'],
  ['cost in the week before last week', '2026-11-02 2026-11-09'],
  ['usage in week 44', '2026-10-26 2026-11-02'],
  ['usage in calendar week 44', '2026-10-26 2026-11-02'],
  ['usage in week 44 of 2025', '2025-10-27 2025-11-03'],
  ['usage in week number 44', '2026-10-26 2026-11-02'],
  ['CW 44 usage', '2026-10-26 2026-11-02'],
  ['How much did the dryer use on Christmas Day?', '2025-12-25 2025-12-26'],
  ['usage on Xmas day', '2025-12-25 2025-12-26'],
  ['usage on the 25th of December', '2025-12-25 2025-12-26'],
  ['usage at Christmas', '2025-12-24 2025-12-27'],
]

const ALL_TIME = [
  'What have we paid since we have the meter?', 'what have we used since we got the meter', 'what have we used since the meter was installed',
  'What is the most we ever drew at once?', 'what is the highest peak ever', 'how much have we used so far in all',
  'how much have we used so far in total', 'usage since you started measuring', 'what have we spent all in all so far',
  'what was the highest load we have ever had', 'cost since the meter was put in',
]

const TWO: [string, string[]][] = [
  ['Compare yesterday with the day before', ['2026-11-18 2026-11-19', '2026-11-17 2026-11-18']],
  ['yesterday compared to the day before', ['2026-11-18 2026-11-19', '2026-11-17 2026-11-18']],
  ['Did we use more last week than the week before it?', ['2026-11-09 2026-11-16', '2026-11-02 2026-11-09']],
  ['last month or the month before, when did heating take more?', ['2026-10-01 2026-11-01', '2026-09-01 2026-10-01']],
  ['contrast yesterday with last Wednesday', ['2026-11-18 2026-11-19', '2026-11-11 2026-11-12']],
  ['compare today with last Thursday', ['2026-11-19 2026-11-20', '2026-11-12 2026-11-13']],
  ['was Wednesday worse than last Wednesday', ['2026-11-18 2026-11-19', '2026-11-11 2026-11-12']],
  ['Did we do better this October than in 2025?', ['2026-10-01 2026-11-01', '2025-10-01 2025-11-01']],
  ['was October 2026 worse than 2025', ['2026-10-01 2026-11-01', '2025-10-01 2025-11-01']],
  ['was October worse than last year', ['2026-10-01 2026-11-01', '2025-10-01 2025-11-01']],
  ['Is the dryer using more this month than last?', ['2026-11-01 2026-12-01', '2026-10-01 2026-11-01']],
  ['compare November with October', ['2026-11-01 2026-12-01', '2026-10-01 2026-11-01']],
]

describe('the times that a question names', () => {
  it.each([...DAYS_OF_NOVEMBER, ...HOURS, ...YEARS_AND_WEEKS])('reads "%s" as %s', (question, span) => {
    expect(timesIn(question)).toEqual([span])
  })

  it.each(ALL_TIME)('reads "%s" as all the time measured', (question) => {
    expect(timesIn(question)).toEqual(['2025-08-20 2026-11-19T19:30'])
  })

  it.each(TWO)('reads both times of "%s"', (question, spans) => {
    expect(timesIn(question)).toEqual(spans)
  })
})
