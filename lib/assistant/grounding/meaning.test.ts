import { describe, expect, it } from 'vitest'
import type { ToolResult } from '@/lib/contracts/assistant'
import {
  ANOMALIES, at, COMPARISON, DEVICES, FORECAST, GROUNDING, MAINTENANCE, NOW, RANKING, RUNS, SAVINGS, STATES,
} from '../testing/made-up-results'
import { plainName } from '../names'
import { groundAnswer } from './ground-answer'

const SEVEN_DAYS = { from: at('2026-04-02T15:37'), to: NOW, label: 'the last 7 days' }
const ofSevenDays = (result: ToolResult): ToolResult => {
  return { ...result, period: SEVEN_DAYS, figures: result.figures.map((figure) => ({ ...figure, period: SEVEN_DAYS })) }
}
const WEEK = ofSevenDays(RANKING)
/** Runs of a week, of which the last was yesterday. */
const WEEK_RUNS = ofSevenDays(RUNS)
/** What was compared is the cost: 80.12 against 91.24. */
const COSTS: ToolResult = {
  ...COMPARISON,
  arguments: { ...COMPARISON.arguments, measure: 'cost' },
  figures: COMPARISON.figures.map((figure) => ({
    ...figure,
    unit: figure.unit === 'kWh' ? 'currency' : figure.unit,
    label: figure.label.replace('energy of', 'energy cost of').replace('in energy', 'in cost'),
  })),
}
const NOTHING_FOUND: ToolResult = {
  ...ANOMALIES, devices: [], moments: [], figures: ANOMALIES.figures.slice(0, 1).map((figure) => ({ ...figure, value: 0 })),
}

/** Right numbers, times and names, each with another meaning than its own; and what words alone claim. */
const LIES: [ToolResult, string[]][] = [
  [COMPARISON, [
    'You use only 12.2% of what you used last month.', 'Your use fell to 12.2% of last month.',
    'You used 12.2% of last month’s energy this month.', 'You paid 12.2% less this month than last month.',
    'Your costs fell by 12.2% this month.', 'Last month you used 11.1 kWh less than this month.',
    'Last month you used less than this month.', 'This month was cheaper than last month.', 'Your use stayed the same.',
    'Nothing changed compared with last month.',
  ]],
  [RANKING, [
    'The heat pump used over 3.12 kWh yesterday.', 'The heat pump used more than 3.12 kWh yesterday.',
    'You used up to 9.36 kWh yesterday.', 'You used 9.36 kWh in the last hour.', 'You used 9.36 kWh over the weekend.',
    'You used 9.36 kWh last night.', 'You used 9.36 kWh overnight.', 'You used 9.36 kWh during the night.',
    'You typically use 9.36 kWh.', 'Your average is 9.36 kWh.', 'You saved 9.36 kWh yesterday.', 'You saved €3.75 yesterday.',
    'You earned €3.75 yesterday.', 'You exported 9.36 kWh yesterday.', 'You produced 9.36 kWh yesterday.',
    'You fed 9.36 kWh into the grid yesterday.', 'You wasted 9.36 kWh yesterday.', 'Your standing charge was €3.75 yesterday.',
    'Your limit is 9.36 kWh.', 'You will use 9.36 kWh.', 'You could save 3.12 kWh by turning the heat pump off.',
    'You would have used 9.36 kWh without the dryer.', 'Without the dryer you used 9.36 kWh yesterday.',
    'Ayer usaste 9.36 kWh la semana pasada.', 'You used hardly anything yesterday.', 'You used no electricity yesterday.',
    'You used nothing yesterday.', 'The heat pump used no energy yesterday.', 'The heat pump was unused yesterday.',
    'The heat pump was not on yesterday.', 'The dishwasher is ahead of the heat pump.',
    'The heat pump used as much as the dryer yesterday.', 'The heat pump came second yesterday.',
    'The dishwasher came first yesterday.', 'In first place is the dishwasher.', 'The dryer is responsible for your high bill.',
    'The heat pump had 33% of the cost yesterday.', 'The heat pump runs 33% of the time.',
    'The heat pump used 33% more yesterday.', 'The heat pump is 33% efficient.', 'Your use is above average.',
    'This is unusually high.', 'That is normal.', 'Your energy use is rising.', 'Your use is falling.',
    'Energy is getting more expensive.', 'Your price is €3.75.', 'Your monthly bill is €3.75.', 'Your home is safe.',
    'There is a fire risk.', 'The heat pump uses 3.12 kWh per run.', 'The heat pump uses 3.12 kWh a night.',
    'Negative 9.36 kWh was used yesterday.', 'You used minus 9.36 kWh yesterday.',
  ]],
  [RUNS, [
    'The dishwasher ran two hours yesterday.', 'The dishwasher ran 2 hours yesterday.',
    'The dishwasher’s last run ended at 19:30 yesterday.', 'The last run of the dishwasher ended yesterday at 19:30.',
    'The last run of the dishwasher began yesterday at 21:05.', 'The first run of the dishwasher began yesterday at 19:30.',
    'Each run took 95 minutes.', 'The longest run took 95 minutes.', 'The shortest run of the dishwasher took 95 minutes.',
    'The dishwasher ran for 90 minutes in total yesterday.', 'A run of the dishwasher cost 52 cents.',
    'Each run cost 52 cents.', 'The dishwasher ran every day.', 'The dishwasher ran daily.', 'The dishwasher was on all day.',
    'The dishwasher needs repair.', 'You should replace the dishwasher.', 'The dishwasher is failing.',
    'The dishwasher is old and inefficient.', 'The dishwasher ran in the morning.', 'The second run began at 19:30 yesterday.',
    'The dishwasher paused at 19:30 yesterday.', 'The dishwasher will start at 19:30.', 'The dishwasher will finish at 21:05.',
    'The next run begins at 19:30.', 'The door was opened at 19:30.', 'Someone came home at 19:30 yesterday.',
  ]],
  [STATES, [
    'The peak was 2.41 kW.', 'Your peak power was 2.41 kW.', 'Your base load is 2.41 kW.', 'The dishwasher is consuming power.',
    'The dishwasher draws power now.', 'The dryer has been on since yesterday.', 'The dryer has been on for hours.',
    'The dryer turned off.', 'The dryer turned itself off.', 'El lavavajillas está encendido.',
    'The dryer drew at most 1.84 kW.', 'The dryer has drawn 1.84 kW since yesterday.', 'The dishwasher switched off at 15:37.',
    'The dishwasher will be done soon.',
  ]],
  [FORECAST, [
    'Tomorrow you will use at least 9.31 kWh.', 'Tomorrow you will use at most 9.31 kWh.',
    'It will certainly be 9.31 kWh tomorrow.', 'The lowest hour is expected tomorrow at 18:00.',
    'Power will peak at 1,240 W tomorrow at 19:00.', 'The average power tomorrow is 1,240 W.',
  ]],
  [ANOMALIES, [
    'The kettle usually runs 75 min.', 'The kettle ran for 3 minutes on Wednesday, 8 April.',
    '75 min is expected for the kettle, but it ran 3 min.', 'No anomalies were found.', 'Nothing unusual was found.',
    'Everything looks fine.', 'Everything is normal.', 'All is well with your appliances.',
  ]],
  [MAINTENANCE, [
    'The fridge is all right.', 'The refrigerator is fine.', 'The refrigerator is healthy.',
    'The refrigerator needs no maintenance.', 'The refrigerator now cools 30% of the time.',
    'The refrigerator now cools 45% of the time.', 'The limit is 38%.', 'The latest date is 14 June 2026.',
    'The limit is reached on 20 May 2026.', 'The refrigerator uses 38% of your energy.',
  ]],
  [SAVINGS, [
    'You can save €0.52 by waiting.', 'A run of the dryer now costs €0.31.', 'You save €4.20 per run.',
    'Running the dryer tomorrow at 13:00 saves €0.31.', 'The cheapest time is now.',
    'Now is the cheapest time to run the dryer.', 'Run the dryer tomorrow morning.',
    'The most expensive time for the dryer is tomorrow at 13:00.', 'Waiting halves the cost of the dryer.',
  ]],
  [DEVICES, [
    'The Workshop saw used 312 W at most.', 'The Workshop saw is off.',
  ]],
  [WEEK, [
    'You used 9.36 kWh today.', 'Today you used 9.36 kWh.', 'You used 9.36 kWh on 2 April.',
  ]],
  [WEEK_RUNS, [
    'The dishwasher ran twice yesterday.', 'The dishwasher ran twice today.', 'It cost 52 cents yesterday.',
  ]],
  [COSTS, [
    'You used 12.2% less energy this month than last month.', 'Your energy use fell by €11.12.',
    'Your energy use fell by 12.2%.',
  ]],
]

const HONEST: [ToolResult, string[]][] = [
  [RANKING, [
    'Yesterday you used 9.36 kWh, of which the heat pump took 3.12 kWh.',
    'Your biggest consumer yesterday was the heat pump with 3.12 kWh, a third of the total.',
    'Your home used about 9.4 kWh yesterday, costing about €3.75 (without the standing charge).',
    'Yesterday’s electricity cost you €3.75.', 'The heat pump came first with 3.12 kWh, and the dryer second with 2.04 kWh.',
    '- Heat pump: 3.12 kWh (33%)\n- Dryer: 2.04 kWh (22%)\n- Dishwasher: 1.02 kWh (11%)\n- Everything else: 3.19 kWh (34%)',
    'The total was 9.36 kWh yesterday.', 'In total, you used 9.36 kWh yesterday.', 'You used a total of 9.36 kWh yesterday.',
    'The heat pump accounted for 33% of your consumption yesterday.',
    'The heat pump was responsible for about a third of your use.', 'Yesterday (8 April) you used 9.36 kWh.',
    'The dryer accounted for 22% of the energy.', 'Over 9 kWh were used yesterday.', 'Everything else came to 3.19 kWh.',
    'I looked at yesterday.', 'Gestern haben Sie insgesamt 9,36 kWh verbraucht, davon die Wärmepumpe 3,12 kWh.',
  ]],
  [COMPARISON, [
    'You have used 12% less energy so far this month than in the same part of last month.',
    'This month so far: 80.1 kWh. Last month: 91.2 kWh.', 'Compared with last month, you used 11.1 kWh less.',
    'Last month you used 91.2 kWh, this month 80.1 kWh.', 'Last month you used 11.1 kWh more than this month.',
    'That is a decrease of 12.2%.', 'You saved 11.1 kWh compared with last month.', 'You are using less than last month.',
    'Your consumption has gone down by 12%.', 'Energy use is down 12% on last month.',
  ]],
  [COSTS, [
    'Your costs fell by 12.2% this month.', 'This month was cheaper than last month.', 'Your bill is down by €11.12.',
  ]],
  [RUNS, [
    'The dishwasher ran 2 times yesterday, each run taking 1 h 30 min on average.', 'It ran twice yesterday.',
    'On average a run took 90 minutes.', 'The last run started at 19:30 yesterday and ended at 21:05.',
    'The last run lasted from 19:30 to 21:05 and took 1 h 35 min.', 'The runs cost €0.52 in total.',
    'The dishwasher last ran yesterday at 19:30.', 'Die Spülmaschine lief gestern zweimal.',
  ]],
  [WEEK_RUNS, [
    'The dishwasher ran 2 times in the last 7 days; the last run began yesterday at 19:30.',
    'In the last 7 days the dishwasher ran twice, most recently yesterday at 19:30.',
  ]],
  [WEEK, [
    'You used 9.36 kWh in the last 7 days.', 'Over the last 7 days you used 9.36 kWh.',
  ]],
  [STATES, [
    'Yes, the dryer is on right now and draws 1.84 kW.', 'The dryer is running.',
    'The dryer is currently using 1.84 kW of the total 2.41 kW.', 'Your home is drawing 2.41 kW at the moment.',
    'The dishwasher is not on.', 'Der Trockner läuft gerade und zieht 1,84 kW.',
  ]],
  [DEVICES, [
    'The Workshop saw draws 312 W on average.',
  ]],
  [FORECAST, [
    'Tomorrow you will probably use about 9.31 kWh.', 'I expect 9.31 kWh tomorrow, with a range of 7.12 to 12.4 kWh.',
    'Tomorrow’s forecast is 9.31 kWh (95% interval: 7.12–12.4 kWh).', 'It should cost around €3.72 tomorrow.',
    'The peak is expected tomorrow at 18:00 with about 1.24 kW.',
    'You will use at least 7.12 kWh and at most 12.4 kWh tomorrow, with 95% certainty.',
  ]],
  [ANOMALIES, [
    'Yes: the kettle ran for 75 min on 8 April at 07:10, although 3 min is usual.', 'There was 1 anomaly in the last 7 days.',
    'One unusual thing was found in the last 7 days: an unusually long run of the kettle.',
  ]],
  [NOTHING_FOUND, [
    'Nothing unusual was found in the last 7 days.', 'No anomalies were found in the last 7 days.', 'Everything looks fine.',
  ]],
  [MAINTENANCE, [
    'The refrigerator cools 38% of the time, up from 30% at first, and its limit is 45%.',
    'The refrigerator needs attention: it will reach its limit of 45% about 14 June 2026, at the earliest on 20 May 2026.',
    'At the latest it reaches the limit on 2 August 2026.',
  ]],
  [SAVINGS, [
    'Run the dryer tomorrow at 13:00: a run costs €0.31 then.',
    'You could have saved €4.20 in the last 28 days by running the dryer when energy costs less.', 'A run now costs €0.52.',
  ]],
]

const each = (rows: [ToolResult, string[]][]) => rows.flatMap(([result, texts]) => texts.map((text): [string, ToolResult] => [text, result]))

describe('what a right number is said to be', () => {
  it.each(each(LIES))('has to be what its figure is: %s', (text, result) => {
    expect(groundAnswer(text, [result], GROUNDING).unsupported).not.toEqual([])
  })

  it.each(each(HONEST))('may be put in many words: %s', (text, result) => {
    expect(groundAnswer(text, [result], GROUNDING).unsupported).toEqual([])
  })
})

it('nothing may be said to have been used where the energy, the cost or the CO2 was none', () => {
  for (const unit of ['kWh', 'currency', 'kg'] as const) {
    const none = { ...RANKING, figures: RANKING.figures.slice(6, 7).map((figure) => ({ ...figure, unit, value: 0 })) }
    for (const time of ['yesterday', 'in all the time measured']) {
      expect(groundAnswer(`As far as can be told from the meter, the dishwasher used nothing ${time}.`, [none], GROUNDING).unsupported).toEqual([])
    }
  }
})

describe('a name that somebody typed', () => {
  it.each(['The dryer is off', 'dryer ran 99 times', 'Saved 20 euros', 'Dryer: 12 hours', 'meter was 7'])(
    'is no statement of its own: %s',
    (name) => {
      const device = { ...STATES, devices: [...STATES.devices, name] }
      const named = { ...GROUNDING, names: [...(GROUNDING.names ?? []), name] }
      expect(groundAnswer(`${name}.`, [device], named).unsupported).not.toEqual([])
    },
  )

  it('holds no sentence that a note would vouch for', () => {
    const tariff = plainName('Flat. You used 5000 kWh yesterday. Best')
    const noted = { ...RANKING, notes: [`What a month costs is at the prices of the tariff of now, ${tariff}.`] }
    expect(groundAnswer(noted.notes[0]!, [noted], GROUNDING).unsupported).toEqual([])
    expect(groundAnswer('You used 5000 kWh yesterday.', [noted], GROUNDING).unsupported).not.toEqual([])
  })
})

describe('a sentence of a tool', () => {
  it('is believed as it stands, not a part of it, nor one that begins like it', () => {
    const note = 'Of 12 weeks only 9 were measured; the dryer used the most.'
    const unsupportedIn = (text: string) => groundAnswer(text, [{ ...RANKING, notes: [note] }], GROUNDING).unsupported
    expect(unsupportedIn(note)).toEqual([])
    expect(unsupportedIn('the dryer used the most.')).not.toEqual([])
    expect(unsupportedIn('Of 12 weeks only 9 were measured.')).not.toEqual([])
  })
})
