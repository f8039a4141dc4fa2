import { predictionMessageSchema, type PredictionMessage } from '@/lib/contracts/prediction'
import { windowPointSchema, type WindowPoint } from '@/lib/contracts/live-events'
import { bufferStatusSchema, type BufferStatus } from '@/lib/contracts/buffer-status'

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
 * The window as it is shown: in time order, one point a second, no older than `windowSeconds` before the newest. A worker
 * that took over may have written a second again; its later word counts.
 */
export function toWindow(stored: readonly unknown[], windowSeconds: number): WindowPoint[] {
  const bySecond = new Map<number, WindowPoint>()
  for (const value of stored) {
    const point = windowPointSchema.safeParse(value).data
    if (point?.[0] !== undefined) bySecond.set(point[0], point)
  }
  const inOrder = [...bySecond].sort(([a], [b]) => a - b).slice(-windowSeconds)
  const newest = inOrder.at(-1)?.[0] ?? 0
  return inOrder.filter(([second]) => second > newest - windowSeconds).map(([, point]) => point)
}
