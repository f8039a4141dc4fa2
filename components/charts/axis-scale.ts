export interface PowerScale {
  minWatts: number
  maxWatts: number
  /** Ascending, both ends included. */
  tickWatts: number[]
}

const STEPS = [1, 2, 2.5, 5, 10]
const LEAST_SPAN_WATTS = 100

function niceStep(span: number, intervals: number): number {
  const raw = span / intervals
  const magnitude = 10 ** Math.floor(Math.log10(raw))
  return (STEPS.find((step) => step * magnitude >= raw - 1e-9) ?? 10) * magnitude
}

/** A scale with round ticks that holds the values and zero; about `intervals` steps. */
export function powerScale(minWatts: number, maxWatts: number, intervals = 4): PowerScale {
  const low = Math.min(0, minWatts)
  const high = Math.max(0, maxWatts, low + LEAST_SPAN_WATTS)
  const step = niceStep(high - low, intervals)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  const tickWatts = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
  return { minWatts: first * step, maxWatts: last * step, tickWatts }
}

/** Whole multiples of the interval within the span: round local times too, as zones are offset by whole quarter hours. */
export function timeTicks(startSeconds: number, endSeconds: number, intervalSeconds: number): number[] {
  const first = Math.ceil(startSeconds / intervalSeconds)
  const last = Math.floor(endSeconds / intervalSeconds)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * intervalSeconds)
}

const TICK_INTERVALS_SECONDS = [300, 600, 900]
const CHARACTER_PIXELS = 7
const LABEL_GAP_PIXELS = 10

/** The finest round interval whose labels of this many characters do not touch on an axis this wide. */
export function tickInterval(spanSeconds: number, widthPixels: number, labelCharacters: number): number {
  const neededPixels = labelCharacters * CHARACTER_PIXELS + LABEL_GAP_PIXELS
  const fits = (seconds: number) => (seconds / spanSeconds) * widthPixels >= neededPixels
  return TICK_INTERVALS_SECONDS.find(fits) ?? 900
}

/** Tick labels of one axis in one unit, so that 0.5 and 1 stand under each other: the unit is named at the top only. */
export function powerTickText(watts: number, scale: PowerScale, locale: string): string {
  const inKilowatts = Math.max(scale.maxWatts, -scale.minWatts) >= 1000
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(inKilowatts ? watts / 1000 : watts)
  return watts === scale.maxWatts ? `${number}\u00a0${inKilowatts ? 'kW' : 'W'}` : number
}
