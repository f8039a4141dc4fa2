import type { TableOptions } from './table-options'
import type { TableSurvey } from './table-survey'

/** With fewer rows than this nothing can be told about a table as a whole. */
const LEAST_ROWS = 20
/** A building's mains rarely stay below a light bulb. */
const SMALL_WATTS = 30
/** Whole watts, as many meters write them, of a home at night can be that few; these for so long cannot. */
const SMALL_WHOLE_WATTS = 10
const LEAST_WHOLE_SECONDS = 600
/** A quarter of a day of less than this, and half of it next to nothing: none of the measured homes is so small. */
const ENERGY_LIKE_MAX = 250
const ENERGY_LIKE_MEDIAN = 20
const LONG_SECONDS = 21_600
/** What a home's mains reach, in a short time and over a long one, and what half of their readings are above. */
const MOST_PEAK_WATTS = 30_000
const LEAST_PEAK_WATTS = 50
const LEAST_LONG_PEAK_WATTS = 1000
const LEAST_USUAL_WATTS = 30
/** Meters that count energy do not write it every second. */
const FASTEST_ENERGY_SECONDS = 5

interface Guess {
  name: string
  /** Watts in what one of the numbers would then stand for. */
  watts: number
  advice: string
}

/** What numbers that are too small for a building's watts may be instead; null where they are not. */
export function smallUnitWarning(survey: TableSurvey, { unit, hold }: Pick<TableOptions, 'unit' | 'hold'>): string | null {
  const { rows, maxWatts, medianWatts, medianSpacingSeconds } = survey
  if (unit !== null || rows < LEAST_ROWS || maxWatts === 0) return null
  const mayBeEnergy = hold !== 'next' && medianSpacingSeconds >= FASTEST_ENERGY_SECONDS
  const energies = mayBeEnergy ? energiesPerRow(medianSpacingSeconds) : []
  const isSmall = isBelowHomes(survey)
  const energyLike = maxWatts <= ENERGY_LIKE_MAX && medianWatts <= ENERGY_LIKE_MEDIAN && isLong(survey)
  if (!isSmall && !energyLike) return null
  const guesses = [...(isSmall ? [KILOWATTS] : []), ...energies].filter(({ watts }) => couldBeAHome(survey, watts))
  if (guesses.length === 0 && !isSmall) return null
  const looks = guesses.length > 0 ? `this looks like ${guesses.map(({ name }) => name).join(', or like ')}` : 'a home draws more'
  const advice = guesses.map((guess) => guess.advice).join(', or ') || 'write the power in W'
  return (
    `No power is above ${maxWatts.toPrecision(3)} W: ${looks}. It is read as W, and the estimates mean nothing if it is not; ` +
    `${advice} (or --unit W if it is right).`
  )
}

const KILOWATTS: Guess = { name: 'kW', watts: 1000, advice: 'pass --unit kW' }

function energiesPerRow(rowSeconds: number): Guess[] {
  return [['Wh', 3600], ['kWh', 3.6e6]].map(([name, joules]) => {
    const watts = Number(joules) / rowSeconds
    const times = Number(watts.toPrecision(3)).toLocaleString('en')
    return { name: `the energy of each row in ${name}`, watts, advice: `write the power, in W ${times} times the ${name}` }
  })
}

function isBelowHomes(survey: TableSurvey): boolean {
  const { maxWatts, hasFractions, negativeRows } = survey
  if (hasFractions) return maxWatts <= SMALL_WATTS
  // A battery keeps the mains near 0 W, on both sides of it.
  return maxWatts <= SMALL_WHOLE_WATTS && negativeRows === 0 && spanSeconds(survey) >= LEAST_WHOLE_SECONDS
}

function couldBeAHome(survey: TableSurvey, wattsEach: number): boolean {
  const { maxWatts, medianWatts, hasFractions } = survey
  const peakWatts = maxWatts * wattsEach
  if (peakWatts < (isLong(survey) ? LEAST_LONG_PEAK_WATTS : LEAST_PEAK_WATTS) || peakWatts > MOST_PEAK_WATTS) return false
  const isRoundedDown = wattsEach === KILOWATTS.watts && !hasFractions && medianWatts === 0
  return isRoundedDown || medianWatts * wattsEach >= LEAST_USUAL_WATTS
}

const spanSeconds = ({ rows, medianSpacingSeconds }: TableSurvey) => rows * medianSpacingSeconds
const isLong = (survey: TableSurvey) => spanSeconds(survey) >= LONG_SECONDS
