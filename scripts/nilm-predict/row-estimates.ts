import { APPLIANCES } from '@/lib/contracts/appliances'
import type { SecondEstimate } from '@/lib/nilm/session-types'

export interface RowEstimate {
  /** In contract order; add up to at most the row's power. */
  watts: number[]
  probabilities: number[]
  isOn: boolean[]
}

/** The time (startSeconds, endSeconds] that a row covers. */
export interface RowSpan {
  startSeconds: number
  endSeconds: number
}

/** Keeps final seconds until no row needs them, and averages them over the rows. Rows must be asked for in time order. */
export class RowEstimates {
  private seconds: SecondEstimate[] = []
  /** The seconds before it are done with. */
  private head = 0

  add(seconds: readonly SecondEstimate[]): void {
    this.seconds = this.seconds.slice(this.head)
    this.head = 0
    for (const second of seconds) this.seconds.push(second)
  }

  /** Whether every second that the row touches is here. */
  covers(span: RowSpan): boolean {
    const newest = this.seconds.at(-1)
    return newest !== undefined && newest.timestampSeconds >= span.endSeconds
  }

  /** Means over the seconds the row covers, `isOn` by majority; null where there is none. */
  of(span: RowSpan): RowEstimate | null {
    while (this.head < this.seconds.length && this.seconds[this.head]!.timestampSeconds <= span.startSeconds) this.head++
    const watts = APPLIANCES.map(() => 0)
    const probabilities = APPLIANCES.map(() => 0)
    const onWeights = APPLIANCES.map(() => 0)
    let totalWeight = 0
    for (let at = this.head; at < this.seconds.length; at++) {
      const second = this.seconds[at]!
      const weight = overlap(second.timestampSeconds, span)
      if (weight <= 0) break
      totalWeight += weight
      for (const [i, estimate] of second.appliances.entries()) {
        watts[i]! += weight * estimate.powerWatts
        probabilities[i]! += weight * estimate.probability
        if (estimate.isOn) onWeights[i]! += weight
      }
    }
    if (totalWeight === 0) return null
    return {
      watts: watts.map((sum) => sum / totalWeight),
      probabilities: probabilities.map((sum) => sum / totalWeight),
      isOn: onWeights.map((weight) => weight > totalWeight / 2),
    }
  }
}

function overlap(secondEnd: number, { startSeconds, endSeconds }: RowSpan): number {
  return Math.min(secondEnd, endSeconds) - Math.max(secondEnd - 1, startSeconds)
}
