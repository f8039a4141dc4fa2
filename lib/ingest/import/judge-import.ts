import type { ImportMapping, Quantity } from '@/lib/contracts/import'
import { UsageError } from '@/lib/infra/usage-error'
import type { ImportSurvey } from './column-survey'

/** Fewer rows than this tell nothing about a file as a whole. */
const LEAST_ROWS = 20
/** A building's mains rarely stay below a light bulb, nor a home's above its fuses. */
const KILOWATT_LIKE_MAX = 30
const MILLIWATT_LIKE_MEDIAN = 50_000
const HIGHEST_HOME_WATTS = 50_000
const MOST_REPEATED_TIMES = 0.6
const MOST_CONFLICTS = 0.05
/** One on which the clock is set forward. */
const SHORTEST_DAY_SECONDS = 23 * 3600
/** Power is never more than volts times amperes, and of a load that is worth measuring rarely below a fifth of it. */
const SAME_UNIT = { lowest: 0.15, highest: 1.3 }
/** Slower meters tell nothing about appliances, and their rows are stored as minutes of energy. */
export const SLOWEST_READINGS_SECONDS = 90

export interface ImportJudgement {
  /** What values are multiplied with beyond the unit of their column, and why. */
  factors: Partial<Record<Quantity, { factor: number; reason: string }>>
  /** Whether the power is the whole building's. */
  isMains: boolean
  /** Whether rows become readings of the main meter; else, of a slower meter, minutes of energy. */
  asReadings: boolean
  /** Energy of each interval, or a total that grows; null where power is there. */
  energy: 'interval' | 'total' | null
  notes: string[]
}

const STATES =
  /^(?:on|off|idle|stand ?by|active|inactive|running|stopped|normal|abnormal|low|medium|high|peak|unknown|true|false|[-+]?\d+(?:\.\d+)?|)$/i

/**
 * Decides what cannot be decided row by row.
 * @throws UsageError where what would be stored is nonsense, with what to do
 */
export function judgeImport(survey: ImportSurvey, mapping: ImportMapping, devices: readonly string[]): ImportJudgement {
  const { rows, repeatedTimes, conflicts, quantities } = survey
  if (rows >= LEAST_ROWS && repeatedTimes > MOST_REPEATED_TIMES * rows && conflicts > MOST_CONFLICTS * rows) {
    throw new UsageError(
      `${repeatedTimes.toLocaleString('en')} of ${rows.toLocaleString('en')} rows have the time of another row and other values: ` +
        likelyCause(survey, mapping),
    )
  }
  const notes: string[] = []
  const factors: ImportJudgement['factors'] = {}
  const unsaid = (quantity: Quantity) => mapping.columns.every((column) => column.quantity !== quantity || column.unit === null)
  const power = powerFactorOf(survey, unsaid('power'))
  if (power) factors.power = power
  if (rows >= LEAST_ROWS && unsaid('voltage') && within(quantities.voltage?.median, 0.09, 0.6)) {
    factors.voltage = { factor: 1000, reason: 'half of the voltages are below 0.6: they are in kV' }
  }
  if (rows >= LEAST_ROWS && unsaid('powerFactor') && within(quantities.powerFactor?.max, 1.5, 100)) {
    factors.powerFactor = { factor: 0.01, reason: `power factors up to ${round(quantities.powerFactor!.max)}: they are in %` }
  }
  if (rows >= LEAST_ROWS && within(quantities.frequency?.median, 40_000, 70_000)) {
    factors.frequency = { factor: 0.001, reason: 'frequencies around 50,000: they are in mHz' }
  }
  for (const { reason } of Object.values(factors)) notes.push(`Wrong or missing unit repaired: ${reason}.`)
  if (survey.kilowattRows) {
    const { rows: count, fromSeconds, maxWatts, usualWatts } = survey.kilowattRows
    notes.push(
      `About ${count.toLocaleString('en')} rows, the first of ${new Date(fromSeconds * 1000).toISOString().slice(0, 16)}Z, have powers up to ` +
        `${round(maxWatts)} W, the others usually ${round(usualWatts)} W: these look like kW among W. They are stored as W.`,
    )
  }
  const energy = energyKind(survey, notes)
  const isMains = decideMains(mapping, devices, notes)
  const asReadings =
    !(survey.medianSpacingSeconds > SLOWEST_READINGS_SECONDS) || (mapping.hold === 'next' && survey.steadyShare < 0.4)
  if (isMains && !asReadings) {
    notes.push(
      `Rows are about ${duration(survey.medianSpacingSeconds)} apart: their energy is stored, spread evenly over the minutes. Too slow to ` +
        'tell appliances from each other, so everything counts as other.',
    )
  }
  return { factors, isMains, asReadings, energy, notes }
}

/** Why rows share their times, by how far apart the times are that there are. */
function likelyCause({ medianSpacingSeconds }: ImportSurvey, { timeColumn, clockColumn }: ImportMapping): string {
  const isDaily = !(medianSpacingSeconds < SHORTEST_DAY_SECONDS)
  if (isDaily && timeColumn !== null && !clockColumn) {
    return (
      `${timeColumn} seems to hold days without a time of day. Choose the column of the time of day as well (--clock-column NAME), ` +
      'or write both into one column.'
    )
  }
  if (medianSpacingSeconds >= 60) {
    return 'the times seem to have lost their seconds. Write times to the second; if several meters are mixed, write one.'
  }
  return 'several meters seem to be mixed. Write a file for each; if it is one meter, write its times to a fraction of a second.'
}

function powerFactorOf({ rows, quantities, powerPerVoltAmpere }: ImportSurvey, isUnsaid: boolean) {
  const power = quantities.power
  if (!power || rows < LEAST_ROWS) return null
  // Volts times amperes tell the unit, whatever the header says.
  for (const [factor, unit] of [
    [1000, 'kW'],
    [0.001, 'mW'],
  ] as const) {
    const ratio = powerPerVoltAmpere * factor
    if (ratio >= SAME_UNIT.lowest && ratio <= SAME_UNIT.highest) {
      return {
        factor,
        reason: `power is ${factor === 1000 ? 'a thousandth' : 'a thousand times'} of voltage times current: it is in ${unit}`,
      }
    }
  }
  if (!isUnsaid || !Number.isNaN(powerPerVoltAmpere)) return null
  if (power.hasFractions && power.max > 0 && power.max <= KILOWATT_LIKE_MAX) {
    return {
      factor: 1000,
      reason: `no power is above ${round(power.max)} and there are decimals: it is in kW (say --unit W if it is not)`,
    }
  }
  if (power.median > MILLIWATT_LIKE_MEDIAN && power.max / 1000 < HIGHEST_HOME_WATTS && !power.hasFractions) {
    return {
      factor: 0.001,
      reason: `half of the powers are above ${round(power.median)}: they are in mW (say --unit W if they are not)`,
    }
  }
  return null
}

function energyKind({ rows, quantities }: ImportSurvey, notes: string[]): ImportJudgement['energy'] {
  if (quantities.power && quantities.power.max >= 0 && !Number.isNaN(quantities.power.median)) return null
  if (quantities.energyTotal) return 'total'
  if (!quantities.energy) return null
  const { risingShare, median, max } = quantities.energy
  // What is drawn in an interval falls again sooner or later.
  if (rows < LEAST_ROWS || risingShare < 0.999 || median === max) return 'interval'
  notes.push("The energy never falls: it is read as a meter's total.")
  return 'total'
}

function decideMains(mapping: ImportMapping, devices: readonly string[], notes: string[]): boolean {
  if (mapping.mains !== 'auto') return mapping.mains === 'yes'
  const named = devices.filter((device) => !STATES.test(device))
  if (named.length < 2) return true
  notes.push(
    `Rows name ${named.length.toLocaleString('en')} devices (${named.slice(0, 4).join(', ')}${named.length > 4 ? ', ...' : ''}), so their power ` +
      "is taken for each device's own and not for the building's total. If it is the building's, say --mains yes.",
  )
  return false
}

const within = (value: number | undefined, lowest: number, highest: number) =>
  value !== undefined && value >= lowest && value <= highest
const round = (value: number) => Number(value.toPrecision(3))

export function duration(seconds: number): string {
  const units = [
    ['days', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const
  const [name, size] = units.find(([, size]) => seconds >= 2 * size) ?? (['s', 1] as const)
  return `${Number((seconds / size).toPrecision(3))} ${name}`
}
