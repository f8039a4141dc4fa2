import { DateTime } from 'luxon'
import type { Appliance } from '@/lib/contracts/appliances'
import type { WrittenRun } from '@/scripts/testing/planned-home'

/** What a made-up household does, the same every time it is asked: by the calendar, and by a hash where people are not regular. */

const DAY_MINUTES = 1440
/** Nobody is at home: only what cools goes on. Half open. */
const HOLIDAY = ['2026-07-11', '2026-07-25'] as const
/** Runs of the heat pump on a day, from January. */
const HEATING_RUNS = [10, 9, 7, 5, 2, 1, 1, 1, 2, 5, 8, 10]

/** 0..1, from FNV-1a of a text. */
function chance(text: string): number {
  let hash = 0x811c9dc5
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  hash ^= hash >>> 15
  return (Math.imul(hash, 0x2c1b3c6d) >>> 8) / 2 ** 24
}

/** Runs that begin on a local day. @param day its start, in the home's zone */
export function runsOfDay(day: DateTime): WrittenRun[] {
  const date = day.toISODate() ?? ''
  const isAway = date >= HOLIDAY[0] && date < HOLIDAY[1]
  const isWeekend = day.weekday >= 6
  const luck = (what: string) => chance(`${date} ${what}`)
  const between = (what: string, low: number, high: number) => Math.round(low + luck(what) * (high - low))
  const runs: WrittenRun[] = []
  const run = (appliance: Appliance, startMinute: number, minutes: number, watts: number) => {
    const startSeconds = day.toSeconds() + startMinute * 60
    runs.push({ appliance, startSeconds, minutes, watts })
  }
  for (let at = between('fridge', 3, 30), n = 0; at < DAY_MINUTES - 24; at += 55 + between(`fridge ${n}`, 0, 8), n++) {
    run('Refrigerator', at, 17 + (n % 4), 92)
  }
  for (let at = between('freezer', 5, 40), n = 0; at < DAY_MINUTES - 32; at += 84 + between(`freezer ${n}`, 0, 14), n++) {
    run('Freezer', at, 22 + (n % 5), 115)
  }
  if (isAway) return runs
  const heating = Math.max(1, HEATING_RUNS[day.month - 1]! + between('heating', -1, 1))
  for (let n = 0; n < heating; n++) {
    const slot = (DAY_MINUTES - 60) / heating
    run('HeatPump', Math.floor(n * slot + 4), Math.min(Math.floor(slot) - 10, between(`heating ${n}`, 40, 75)), between(`heat ${n}`, 1500, 2100))
  }
  run('ElectricKettle', between('breakfast', 390, 450), between('cups', 3, 5), 2050)
  if (luck('tea') < 0.6) run('ElectricKettle', between('teatime', 950, 1050), between('pot', 3, 6), 2050)
  if (luck('dishes') < 0.66) run('Dishwasher', between('dishes at', 1210, 1260), between('programme', 85, 110), 760)
  if (luck('roast') < (isWeekend ? 0.8 : 0.4)) run('ElectricOven', between('roast at', 1070, 1105), between('dish', 30, 70), 1650)
  if (luck('leftovers') < 0.5) run('Microwave', between('leftovers at', 730, 790), between('plates', 3, 7), 1150)
  if (luck('wash') < (isWeekend ? 0.75 : 0.3)) {
    const start = isWeekend ? between('wash at', 570, 640) : between('wash at', 1040, 1080)
    run('WashingMachine', start, between('cycle', 95, 125), 470)
    if (luck('wet') < 0.7) run('Dryer', start + 135, between('drying', 65, 95), 1350)
  }
  if (!isWeekend) run('Computer', between('work', 505, 560), between('hours', 440, 530), 125)
  run('Television', between('evening', 1175, 1200), between('film', 80, 170), 105)
  return runs
}

/** Lamps, the router, and what else no model tells apart, in W; never less than 58. @param minuteSeconds Unix seconds */
export function baseWatts(minuteSeconds: number, timeZone: string): number {
  const hourSeconds = Math.floor(minuteSeconds / 3600) * 3600
  if (lamps.hourSeconds !== hourSeconds) lamps = { hourSeconds, watts: lampWatts(DateTime.fromSeconds(hourSeconds, { zone: timeZone })) }
  return 58 + ((minuteSeconds / 60) % 7) + lamps.watts
}

/** Of the hour asked for last: a year has half a million minutes. */
let lamps = { hourSeconds: NaN, watts: 0 }

function lampWatts(local: DateTime): number {
  const date = local.toISODate() ?? ''
  const isAway = date >= HOLIDAY[0] && date < HOLIDAY[1]
  const isLit = !isAway && (local.hour >= 17 || local.hour === 7) && local.hour < 23
  return isLit ? 90 + 40 * Math.cos((2 * Math.PI * local.ordinal) / 365) : 0
}

/** The room of each appliance that has one. */
export const ROOMS: readonly (readonly [Appliance, string])[] = [
  ['Dishwasher', 'Kitchen'],
  ['Refrigerator', 'Kitchen'],
  ['ElectricOven', 'Kitchen'],
  ['Microwave', 'Kitchen'],
  ['ElectricKettle', 'Kitchen'],
  ['Freezer', 'Utility room'],
  ['WashingMachine', 'Utility room'],
  ['Dryer', 'Utility room'],
  ['Television', 'Living room'],
  ['Computer', 'Study'],
]
