import { LogHistogram } from '@/lib/ingest/log-histogram'
import { MixedUnits, type KilowattRows } from '@/lib/ingest/mixed-units'
import type { SpooledRow } from './row-spool'

/** Spacings of which one is at most this many times the other count as alike. */
const ALIKE = 1.5
const GAP_INTERVALS = 2.5
const LONGEST_SPACING_SECONDS = 3600

/** What a table's usable rows say as a whole; taken in time order. */
export interface TableSurvey {
  rows: number
  /** NaN where no two rows have different times. */
  medianSpacingSeconds: number
  /** Share of spacings that are like the one before, 0..1. */
  steadyShare: number
  /** Rows with the time of another, and those of them without its power. */
  repeatedTimes: number
  conflicts: number
  /** Spacings above `gapSeconds`, the longest, and rows with one on both sides. */
  gapSeconds: number
  gaps: number
  longestGapSeconds: number
  lonelyRows: number
  medianWatts: number
  /** Of the magnitude. */
  maxWatts: number
  hasFractions: boolean
  negativeRows: number
  /** Steps up and down from one time to the next. */
  rises: number
  falls: number
  /** Share of the time, gaps of over an hour aside, that is within 2.5 times the median spacing of a row before, 0..1. */
  coveredShare: number
  /** Rows that are a thousandth of the others. */
  kilowattRows: KilowattRows | null
}

/** @param gapSeconds the shortest spacing that is a gap */
export function surveyTable(rows: Iterable<SpooledRow>, gapSeconds: number): TableSurvey {
  const spacings = new LogHistogram()
  const powers = new LogHistogram()
  const units = new MixedUnits()
  const survey: TableSurvey = {
    rows: 0, medianSpacingSeconds: Number.NaN, steadyShare: 1, repeatedTimes: 0, conflicts: 0,
    gapSeconds, gaps: 0, longestGapSeconds: 0, lonelyRows: 0, medianWatts: 0, maxWatts: 0, hasFractions: false,
    negativeRows: 0, rises: 0, falls: 0,
    coveredShare: 1, kilowattRows: null,
  }
  let previous: SpooledRow | null = null
  let lastSpacing = 0
  let alike = 0
  for (const row of rows) {
    const magnitude = Math.abs(row.powerWatts)
    survey.rows++
    survey.maxWatts = Math.max(survey.maxWatts, magnitude)
    survey.hasFractions ||= !Number.isInteger(row.powerWatts)
    if (row.powerWatts < 0) survey.negativeRows++
    powers.add(magnitude)
    units.add(row.timestampSeconds, row.powerWatts)
    if (previous) {
      const spacing = row.timestampSeconds - previous.timestampSeconds
      if (spacing === 0) {
        survey.repeatedTimes++
        if (row.powerWatts !== previous.powerWatts) survey.conflicts++
      } else {
        spacings.add(spacing)
        if (row.powerWatts > previous.powerWatts) survey.rises++
        else if (row.powerWatts < previous.powerWatts) survey.falls++
        if (lastSpacing > 0 && spacing <= lastSpacing * ALIKE && lastSpacing <= spacing * ALIKE) alike++
        if (spacing > gapSeconds) {
          survey.gaps++
          survey.longestGapSeconds = Math.max(survey.longestGapSeconds, spacing)
          if (lastSpacing > gapSeconds) survey.lonelyRows++
        }
        lastSpacing = spacing
      }
    }
    previous = row
  }
  survey.medianSpacingSeconds = spacings.median
  survey.medianWatts = powers.median
  survey.kilowattRows = units.found
  survey.coveredShare = spacings.shareWithin(GAP_INTERVALS * spacings.median, LONGEST_SPACING_SECONDS)
  if (spacings.count > 1) survey.steadyShare = alike / (spacings.count - 1)
  return survey
}
