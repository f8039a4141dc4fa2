/** Rows [start, end], both included. */
export interface AnomalyWindow {
  start: number
  end: number
}

export interface ScoredSeries {
  name: string
  /** One score in 0..1 per row. */
  scores: readonly number[]
  windows: readonly AnomalyWindow[]
}

export interface ProfileWeights {
  truePositive: number
  falsePositive: number
  falseNegative: number
}

/** The profile "standard" of the Numenta Anomaly Benchmark. */
export const STANDARD_PROFILE: ProfileWeights = { truePositive: 1, falsePositive: 0.11, falseNegative: 1 }

const PROBATION_SHARE = 0.15
const PROBATION_FULL_ROWS = 5_000
/** Positions further than this many window widths after a window count as plain false alarms. */
const FAR_POSITION = 3

/** Rows at the start of a series that are not scored. */
export function probationRows(rowCount: number): number {
  return Math.floor(Math.min(PROBATION_SHARE * rowCount, PROBATION_SHARE * PROBATION_FULL_ROWS))
}

/** 1 long before the end of a window, 0 at its end, -1 far behind it (Lavin & Ahmad 2015, equation 1). */
export function scaledSigmoid(position: number): number {
  return position > FAR_POSITION ? -1 : 2 / (1 + Math.exp(5 * position)) - 1
}

/** What each row adds if the detector reports it: above 0 in a window (of which only the best row counts), else below. */
export function rowWorths(rowCount: number, windows: readonly AnomalyWindow[], weights = STANDARD_PROFILE): Float64Array {
  const worths = new Float64Array(rowCount)
  let next = 0
  for (let row = 0; row < rowCount; row++) {
    while (next < windows.length && windows[next]!.end < row) next++
    const window = windows[next]
    if (window && window.start <= row) {
      const position = -(window.end - row + 1) / (window.end - window.start + 1)
      worths[row] = (scaledSigmoid(position) / scaledSigmoid(-1)) * weights.truePositive
    } else {
      const before = windows[next - 1]
      const position = before ? (row - before.end) / (before.end - before.start) : Infinity
      worths[row] = scaledSigmoid(position) * weights.falsePositive
    }
  }
  return worths
}

interface Candidate {
  score: number
  worth: number
  window: number
}

/** Sum over all series for every threshold worth trying, highest first; a row is reported where its score reaches it. */
export function sweepThresholds(series: readonly ScoredSeries[], weights = STANDARD_PROFILE): { threshold: number; sum: number }[] {
  const candidates: Candidate[] = []
  const best: number[] = []
  for (const { scores, windows } of series) {
    const worths = rowWorths(scores.length, windows, weights)
    const first = best.length
    const probation = probationRows(scores.length)
    const counted = windows.filter(({ end }) => end >= probation)
    for (let i = 0; i < counted.length; i++) best.push(-weights.falseNegative)
    for (let row = probation; row < scores.length; row++) {
      const window = counted.findIndex(({ start, end }) => start <= row && row <= end)
      candidates.push({ score: scores[row]!, worth: worths[row]!, window: window < 0 ? -1 : first + window })
    }
  }
  candidates.sort((a, b) => b.score - a.score)
  let sum = best.reduce((total, value) => total + value, 0)
  const sweep = [{ threshold: Infinity, sum }]
  candidates.forEach(({ score, worth, window }, index) => {
    if (window < 0) sum += worth
    else if (worth > best[window]!) {
      sum += worth - best[window]!
      best[window] = worth
    }
    if (candidates[index + 1]?.score !== score) sweep.push({ threshold: score, sum })
  })
  return sweep
}

export interface CorpusScore {
  /** 0: reports nothing; 100: the first row of every window and no other. */
  normalised: number
  threshold: number
}

/** The published score: the best single threshold over all series, normalised between the silent and the perfect detector. */
export function scoreCorpus(series: readonly ScoredSeries[], weights = STANDARD_PROFILE): CorpusScore {
  const best = sweepThresholds(series, weights).reduce((a, b) => (b.sum > a.sum ? b : a))
  return { normalised: normalise(best.sum, series, weights), threshold: best.threshold }
}

/** The score at a threshold that was chosen elsewhere. */
export function scoreAtThreshold(series: readonly ScoredSeries[], threshold: number, weights = STANDARD_PROFILE): number {
  const sweep = sweepThresholds(series, weights).filter((point) => point.threshold >= threshold)
  return normalise(sweep.at(-1)!.sum, series, weights)
}

function normalise(sum: number, series: readonly ScoredSeries[], weights: ProfileWeights): number {
  const windows = series.reduce(
    (total, one) => total + one.windows.filter(({ end }) => end >= probationRows(one.scores.length)).length,
    0,
  )
  const silent = -weights.falseNegative * windows
  return (100 * (sum - silent)) / (weights.truePositive * windows - silent)
}
