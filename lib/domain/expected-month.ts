/** 80 % of a normal distribution lie within this many standard deviations. */
const DEVIATIONS_OF_80_PERCENT = 1.2816
const LEAST_COVERAGE = 0.9
const LEAST_DAYS = 7

export interface PastDay {
  energyKwh: number | null
  /** 0..1 */
  coverage: number
  isWeekend: boolean
}

export interface Expectation {
  energyKwh: number
  /** 80 % of months end between the two, if days vary as they did, independently of each other. */
  lowKwh: number
  highKwh: number
  /** Of the energy, what is still to come on days of each kind. */
  restKwh: { workdays: number; weekendDays: number }
  /** Past days it rests on. */
  days: number
}

/**
 * Where a month's energy is heading: what was measured so far, plus for each day to come the mean of the past days of its kind
 * (working day or weekend). The range holds the scatter of those days and, as the mean itself is known from few of them, its error.
 * @param remaining days to come of each kind; the rest of today as a fraction of one
 * @param past full days, newest or oldest first; those measured less than 90 % do not count, the others are scaled to a full day
 * @returns null where fewer than seven past days count
 */
export function expectMonth(
  soFarKwh: number,
  remaining: { workdays: number; weekendDays: number },
  past: readonly PastDay[],
): Expectation | null {
  const usable = past.flatMap(({ energyKwh, coverage, isWeekend }) =>
    energyKwh !== null && coverage >= LEAST_COVERAGE ? [{ energyKwh: energyKwh / coverage, isWeekend }] : [],
  )
  if (usable.length < LEAST_DAYS) return null
  const all = usable.map(({ energyKwh }) => energyKwh)
  const kinds = [
    { days: remaining.workdays, own: usable.filter(({ isWeekend }) => !isWeekend) },
    { days: remaining.weekendDays, own: usable.filter(({ isWeekend }) => isWeekend) },
  ]
  const rest: number[] = []
  let variance = 0
  for (const { days, own } of kinds) {
    // Too few of a kind say less than all together.
    const values = own.length >= 3 ? own.map((day) => day.energyKwh) : all
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
    rest.push(days * mean)
    variance += spread * (days + days ** 2 / values.length)
  }
  const [workdays = 0, weekendDays = 0] = rest
  const energyKwh = soFarKwh + workdays + weekendDays
  const reach = DEVIATIONS_OF_80_PERCENT * Math.sqrt(variance)
  return {
    energyKwh,
    lowKwh: Math.max(Math.min(soFarKwh, energyKwh), energyKwh - reach),
    highKwh: energyKwh + reach,
    restKwh: { workdays, weekendDays },
    days: usable.length,
  }
}
