import { DAY_SECONDS } from './incident'

/**
 * Twenty days without the two newest hold five weekend days and two weeks of comparable hours on whatever weekday they begin: what
 * `unusualConsumption` needs. Habits of appliances need less, the shape of a day and of cycles as much or less.
 */
const LEARNING_DAYS = 22

/** When a building that is measured from a time on (Unix seconds), without gaps, is known well enough to say what is unusual. */
export const judgedFromSeconds = (firstReadingSeconds: number) => firstReadingSeconds + LEARNING_DAYS * DAY_SECONDS
