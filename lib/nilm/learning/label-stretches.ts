import type { RunLabel } from './labelled-rows'
import type { StrideAt } from './record-rows'

/** Unlabelled time that anchors a head to the shared model: so long before the newest label's end, and around older labels. */
const LONGEST_REST_SECONDS = 14 * 86_400
const REST_AROUND_SECONDS = 900
const READ_AFTER_SECONDS = 3600
/** Rows kept of a labelled run, and of the rest, one in so many seconds. */
const ROWS_PER_RUN = 120
const REST_STRIDE_SECONDS = 30

export interface LabelStretches {
  /** Times [from, to) whose readings are needed, oldest first, apart from each other. */
  read: [number, number][]
  /** Labelled runs closely, the rest now and then; nothing of the time in which the networks only warm up for an older label. */
  strideAt: StrideAt
}

/**
 * All of the newest days with labels, and of older ones what lies around the labels.
 * @param labels at least one
 * @param replaySeconds how long the networks need before what they say counts
 */
export function stretchesAround(labels: readonly RunLabel[], replaySeconds: number, lookaheadSeconds: number): LabelStretches {
  const first = Math.min(...labels.map((label) => label.startedAtSeconds))
  const last = Math.max(...labels.map((label) => label.endedAtSeconds)) + lookaheadSeconds + READ_AFTER_SECONDS
  const recent = Math.max(first - replaySeconds, last - LONGEST_REST_SECONDS)
  const older = labels
    .filter((label) => label.startedAtSeconds < recent)
    .map((label): [number, number] => [label.startedAtSeconds - replaySeconds, Math.min(label.endedAtSeconds + READ_AFTER_SECONDS, recent)])
    .sort((a, b) => a[0] - b[0])
  const read: [number, number][] = []
  for (const stretch of [...older, [recent, last] as [number, number]]) {
    const before = read.at(-1)
    if (before && stretch[0] <= before[1]) before[1] = Math.max(before[1], stretch[1])
    else read.push(stretch)
  }
  return { read, strideAt: strideFor(labels, recent) }
}

function strideFor(labels: readonly RunLabel[], recent: number): StrideAt {
  const sorted = [...labels].sort((a, b) => a.startedAtSeconds - b.startedAtSeconds)
  const longest = Math.max(...labels.map((label) => label.endedAtSeconds - label.startedAtSeconds))
  let from = 0
  return (timestampSeconds) => {
    // Asked in time order, a few minutes back and forth.
    while (from < sorted.length && sorted[from]!.startedAtSeconds + longest < timestampSeconds - READ_AFTER_SECONDS) from++
    let stride = timestampSeconds >= recent ? REST_STRIDE_SECONDS : 0
    for (let i = from; i < sorted.length && sorted[i]!.startedAtSeconds - REST_AROUND_SECONDS < timestampSeconds; i++) {
      const { startedAtSeconds, endedAtSeconds } = sorted[i]!
      if (timestampSeconds > endedAtSeconds + REST_AROUND_SECONDS) continue
      stride ||= REST_STRIDE_SECONDS
      if (timestampSeconds <= startedAtSeconds || timestampSeconds > endedAtSeconds) continue
      stride = Math.min(stride, Math.max(1, Math.floor((endedAtSeconds - startedAtSeconds) / ROWS_PER_RUN)))
    }
    return stride
  }
}
