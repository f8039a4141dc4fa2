import { predictionMessageSchema, type PredictionMessage } from '@/lib/contracts/prediction'
import { windowPointSchema, type WindowPoint } from '@/lib/contracts/live-events'
import { bufferStatusSchema, type BufferStatus } from '@/lib/contracts/buffer-status'
import type { LiveUpdate } from '@/lib/live/live-store'

/** @returns null when the value is not a prediction: whoever can publish may write anything there */
export function toPrediction(value: unknown): PredictionMessage | null {
  return predictionMessageSchema.safeParse(value).data ?? null
}

export function toStatus(value: unknown): BufferStatus | null {
  return bufferStatusSchema.safeParse(value).data ?? null
}

/** @returns undefined when the text is not JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The window as it is shown: in time order, one point a second, no older than `windowSeconds` before the newest. Whatever was
 * stored later counts, and is the truth about now: what was stored before it for the same second or a later one is void. A
 * worker that took over writes seconds again, and a meter's clock may have been ahead and set back.
 * @param stored in the order of storing, each update's points oldest first
 */
export function toWindow(stored: readonly unknown[], windowSeconds: number): WindowPoint[] {
  const kept: WindowPoint[] = []
  for (const value of stored) {
    const point = windowPointSchema.safeParse(value).data
    if (!point) continue
    while (kept.length > 0 && secondsOf(kept.at(-1)) >= secondsOf(point)) kept.pop()
    kept.push(point)
  }
  const oldest = secondsOf(kept.at(-1)) - windowSeconds
  return kept.slice(-windowSeconds).filter((point) => secondsOf(point) > oldest)
}

/** An update's points that belong to the window: the last ones, none newer than its message. */
export function pointsToStore({ message, points }: LiveUpdate, windowSeconds: number): readonly WindowPoint[] {
  return points.filter((point) => secondsOf(point) <= message.timestamp).slice(-windowSeconds)
}

export const secondsOf = (point: WindowPoint | undefined) => point?.[0] ?? 0
