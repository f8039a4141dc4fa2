import type { Statement, StatementKey } from '@/lib/contracts/optimisation'

type Values = Statement['values']

/** What each statement says in English; in braces its values. Pages have the same sentences as messages. */
const TEXTS: Record<StatementKey, string> = {
  sameRuns: 'These very runs, with the power estimated for each of their minutes; each stays in one piece.',
  window: 'Runs lie between {from} and {to} on the day on which they ran, as this home runs it.',
  heatPump: 'A run of the heat pump moves by an hour at most.',
  order: 'Runs of one appliance keep their order, and a dryer stays after the wash it followed.',
  netting: 'What is drawn and fed in within a quarter of an hour is set off.',
  countedDays: '{days} of {of} days count; the others were not measured well enough or have no price.',
  separately: 'Counted as if nothing else changed: savings of several recommendations do not simply add up.',
  monthBlock: 'Each day is priced at the block its month had reached when the day began.',
  batteryEmpty: 'A battery of {capacity} kWh and {power} kW begins and ends each day empty; {efficiency} % of what goes in comes out.',
  batteryStill: 'The meter’s readings are taken as without the battery: if it worked already, part of this is saved already.',
  billingMonth: 'The highest quarter of an hour of these days is charged once.',
  bestWeeks: 'In the {best} best of {weeks} measured weeks the home drew no more than {watts} W all the time.',
  season: 'Nothing is said of the season: what runs for months on end counts as always on.',
  sameUse: 'The same energy at the same times as was measured.',
  standingCharges: 'With standing charges and the credit for what is fed in.',
  shortYear: 'Measured for {days} days, not a year: other seasons may change the answer.',
  notProven: 'On {days} days the plan is the best found in time; a better one may exist.',
  peakLimit: 'No quarter of an hour above {watts} W because of it.',
  noRuns: 'No runs of dishwasher, washing machine, dryer or heat pump were seen in the last {days} days that could move.',
  flatPrice: 'Energy cost the same at all times of the day and nothing was fed in: moving runs saves nothing.',
  alreadyBest: 'The runs seen already lie where they cost least.',
  noDays: 'No day of the last {days} was measured well enough and has prices.',
  noOtherTariff: 'No other tariff is entered to compare with.',
  tariffNotPriced: 'The tariff {name} has no price for part of the time.',
  noCheaperTariff: 'None of the other tariffs entered would have cost less.',
  noBattery: 'No battery is entered for this site.',
  batteryNoGain: 'A battery like the one entered would have saved nothing.',
  standbyTooShort: 'Fewer than six weeks were measured well enough to know what this home can reach.',
  standbyAtBest: 'What is always on is as low as in the best weeks of this home.',
  noDemandCharge: 'No charge for the highest demand is entered.',
  aheadForecast: 'What is drawn beside the runs is the forecast’s, less what these appliances usually draw.',
  aheadUsual: 'Runs are those that this home usually starts on that weekday, as the last four weeks had them; each like one that was seen.',
  aheadStable: 'A run stays where the last plan put it unless another time saves more than a tenth of its energy is worth.',
  aheadRunning: 'A cycle that runs is left as it is, and taken to go on as such cycles usually do.',
  aheadPricesEnd: 'Prices are known until {until}; the plan ends there.',
  aheadNotProven: 'The plan is the best found in time; a better one may exist.',
  aheadNoForecast: 'Nothing is planned ahead: there is not enough history for a forecast.',
  aheadForecastPending: 'The first forecast of this site is still being made: the plan ahead comes with it, in a minute or two.',
  aheadNoPrices: 'Nothing is planned ahead: the prices of the coming hours are not known.',
  aheadNothing: 'Nothing is planned ahead: no run that is usual on these weekdays would lie wholly within these hours, and there is no battery.',
  peakAtBest: 'Moving runs would not have lowered the highest demand enough to save.',
}

/** A statement with its sentence in English. */
export function state(key: StatementKey, values: Values = {}): Statement {
  return { key, values, text: TEXTS[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')) }
}
