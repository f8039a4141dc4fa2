import { Envelope } from './envelope'
import { ShapeMemory } from './shape-memory'
import { TrailingMean } from './trailing-mean'

const DAY_SECONDS = 86_400
/** Series with fewer rows a day are looked at over this many instead; with more, days are too long to be waited for. */
const DAY_ROWS = { least: 8, most: 2_880 }
const SEASONS_COMPARED = 7
const SHAPE_ROWS = 16
const SHAPES_REMEMBERED = 4_000

export interface StreamDetectorSettings {
  /** What an envelope keeps of its width after one row. */
  retention: number
  /** Widths beyond the envelope that make half of the full evidence. */
  halfEvidence: number
  /** After a report, only more than that is reported again for so many rows (or a day, where that is longer). */
  leastQuietRows: number
  /** Spreads what the evidence of all views together usually is over 0..1. */
  sharpness: number
}

/** Global; chosen on the part of NAB in the evaluation, which also prints how well they do on series they were not chosen on. */
export const DETECTOR_SETTINGS: StreamDetectorSettings = {
  retention: 0.9997,
  halfEvidence: 0.03,
  leastQuietRows: 200,
  sharpness: 6,
}

/** One view of the series: a statistic of the past and the present, null while it is not defined. */
type View = (value: number) => number | null

/**
 * Scores each row of a regular series of any unit by how new it is, from the past and the present alone. Five views of the series
 * are watched, each against the range it used to have (`Envelope`): the value itself (spikes), its mean over a day (level shifts),
 * the mean change from row to row over a day (noise, flat lines, more or fewer spikes), the distance to the same time of the nearest
 * of the last seven days (a pattern that fails), and the distance of the last 16 rows to any such rows before (a shape never seen).
 * The score is the mean of their evidence. An incident is reported where it begins: again only when it becomes worse.
 */
export class StreamDetector {
  private readonly views: { view: View; envelope: Envelope }[]
  private readonly quietRows: number
  private reported = 0
  private rowsSinceReport = Infinity
  private rows = 0

  /**
   * @param stepSeconds usual time between two rows
   * @param probationRows rows at the start that are learnt from and score 0
   */
  constructor(
    stepSeconds: number,
    private readonly probationRows: number,
    private readonly settings = DETECTOR_SETTINGS,
  ) {
    const dayRows = Math.min(Math.max(Math.round(DAY_SECONDS / stepSeconds), DAY_ROWS.least), DAY_ROWS.most)
    const learnCount = Math.max(2, Math.floor(0.8 * probationRows))
    this.quietRows = Math.max(dayRows, settings.leastQuietRows)
    this.views = [
      { view: (value: number) => value, waits: 0 },
      { view: means(dayRows), waits: 0 },
      { view: changes(dayRows), waits: 0 },
      { view: seasonalDistance(dayRows), waits: dayRows },
      { view: shapeDistance(), waits: 2 * SHAPE_ROWS },
    ].map(({ view, waits }) => {
      // A view that is defined later than the others learns until they do, but at least for a quarter of a day.
      const own = Math.max(learnCount - waits, Math.ceil(dayRows / 4), 2)
      return { view, envelope: new Envelope(settings.retention, own) }
    })
  }

  /** @returns 0 (nothing new) .. 1 for the next row */
  push(value: number): number {
    const { halfEvidence, sharpness } = this.settings
    let evidence = 0
    for (const { view, envelope } of this.views) {
      const statistic = view(value)
      if (statistic === null) continue
      const news = envelope.push(statistic)
      evidence += news === Infinity ? 1 : news / (news + halfEvidence)
    }
    const score = 1 - (1 - evidence / this.views.length) ** sharpness
    if (this.rows++ < this.probationRows) return 0
    this.rowsSinceReport++
    if (this.rowsSinceReport < this.quietRows && score <= this.reported) return 0
    if (score < LEAST_REPORT) return 0
    this.rowsSinceReport = 0
    this.reported = score
    return score
  }
}

const LEAST_REPORT = 0.1

function means(rows: number): View {
  const mean = new TrailingMean(rows)
  return (value) => mean.push(value)
}

function changes(rows: number): View {
  const mean = new TrailingMean(rows)
  let before: number | null = null
  return (value) => {
    const change = before === null ? 0 : Math.abs(value - before)
    before = value
    return mean.push(change)
  }
}

function seasonalDistance(dayRows: number): View {
  const values = new Float64Array(SEASONS_COMPARED * dayRows + 1)
  const mean = new TrailingMean(Math.max(2, Math.round(dayRows / 6)))
  let count = 0
  return (value) => {
    const days = Math.min(Math.floor(count / dayRows), SEASONS_COMPARED)
    let nearest = Infinity
    for (let day = 1; day <= days; day++) {
      nearest = Math.min(nearest, Math.abs(value - values[(count - day * dayRows) % values.length]!))
    }
    values[count++ % values.length] = value
    return days === 0 ? null : mean.push(nearest)
  }
}

function shapeDistance(): View {
  const memory = new ShapeMemory(SHAPE_ROWS, SHAPES_REMEMBERED)
  return (value) => memory.push(value)
}
