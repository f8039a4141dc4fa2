import type { Sample } from '@/lib/contracts/sample'

/** Readings in the order they are to be sent. */
export interface ReadingSource {
  /** Timestamp of the first reading. */
  readonly startSeconds: number
  /**
   * Whether readings belong to the time they are sent at: then none is sent before its timestamp, and after a stall only the
   * last minutes are made up for. False for a recording that keeps its own time.
   */
  readonly followsWallClock: boolean
  /** null at the end. */
  next(): Promise<Sample | null>
  /** Leaves out readings before a time. Recordings have nothing to leave out and do not offer it. */
  skipTo?(timestampSeconds: number): void
  /** What was wrong with the recording, a sentence; null when nothing was. */
  problems(): string | null
  close(): void | Promise<void>
}
