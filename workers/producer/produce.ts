import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryQueue } from '@/workers/producer/delivery-queue'
import type { ReadingSource } from '@/workers/producer/reading-source'
import type { Schedule } from '@/workers/producer/schedule'

/** The longest sleep at once: a suspended machine wakes with its timers late by as much as it slept. */
const LONGEST_SLEEP_MILLISECONDS = 1_000

export interface ProduceOptions {
  source: ReadingSource
  schedule: Schedule
  queue: DeliveryQueue
  /** Readings from this time on are not sent. */
  endSeconds: number
  signal: AbortSignal
  /** Unix seconds. */
  now: () => number
  say: (sentence: string) => void
}

/** Hands readings to the queue when they are due, until the source or the duration ends or the signal comes. */
export async function produce({ source, schedule, queue, endSeconds, signal, now, say }: ProduceOptions): Promise<void> {
  for (let sample = await source.next(); sample && !signal.aborted; sample = await source.next()) {
    if (sample.timestampSeconds >= endSeconds) return
    const resumeSeconds = schedule.resumeSeconds(sample.timestampSeconds, now())
    if (source.skipTo && resumeSeconds > sample.timestampSeconds) {
      say(`Stalled for long: ${resumeSeconds - sample.timestampSeconds} s of readings are left out.`)
      source.skipTo(resumeSeconds)
      continue
    }
    await until(schedule.dueSeconds(sample.timestampSeconds), now, signal)
    if (signal.aborted) return
    await queue.add(sample)
  }
}

async function until(dueSeconds: number, now: () => number, signal: AbortSignal): Promise<void> {
  for (let left = (dueSeconds - now()) * 1000; left > 0 && !signal.aborted; left = (dueSeconds - now()) * 1000) {
    await sleep(Math.min(left, LONGEST_SLEEP_MILLISECONDS), undefined, { signal }).catch(() => {})
  }
}
