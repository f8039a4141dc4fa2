/** Of kWh it is a microwatt-hour; parts still add up to their sum far below the 1e-6 that sums are compared to. */
const PER_UNIT = 1e9
/** Above this a double has fewer decimals than that anyway. */
const LARGEST_ROUNDED = 2 ** 53 / PER_UNIT

/** The same answer without what adding doubles leaves behind: 0.39999999999999997 is 0.4. Numbers keep nine decimals. */
export function roundAnswer<Answer>(answer: Answer): Answer {
  return rounded(answer) as Answer
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isInteger(value) || Math.abs(value) > LARGEST_ROUNDED ? value : Math.round(value * PER_UNIT) / PER_UNIT
  }
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]))
}
