import type { Sample } from '@/lib/contracts/sample'

const BATCH_SAMPLES = 1_000
/**
 * Most seconds of one building in a batch. A batch whose append was rejected may be stored all the same and is then repeated;
 * downstream a longer run of repeated samples would look like a meter whose clock was set back.
 */
const BATCH_SECONDS_PER_BUILDING = 25

/** How many samples from the first on may be appended at once. */
export function lengthOfBatch(samples: readonly Sample[]): number {
  const firstSeconds = new Map<string, number>()
  const end = samples.findIndex(({ buildingId, timestampSeconds }, index) => {
    if (index >= BATCH_SAMPLES) return true
    const first = firstSeconds.get(buildingId)
    if (first === undefined) firstSeconds.set(buildingId, timestampSeconds)
    return first !== undefined && Math.abs(timestampSeconds - first) > BATCH_SECONDS_PER_BUILDING
  })
  return end === -1 ? samples.length : end
}

interface Kept {
  sample: Sample
  receivedAtMilliseconds: number
}

/** Samples in the order they came in, bounded in number, and while somebody else is responsible for them in age. */
export class BridgeBuffer {
  private kept: Kept[] = []
  /** Where the buffer begins in `kept`. Moved instead of shifting, which would copy the rest. */
  private head = 0
  /** How many samples have left the buffer, so that a batch can be named whatever leaves meanwhile. */
  private gone = 0
  lost = 0

  constructor(
    private readonly keepSeconds: number,
    private readonly maxSamples: number,
  ) {}

  get size(): number {
    return this.kept.length - this.head
  }

  /** @param standby whether somebody else appends, so that only the last seconds are worth keeping */
  add(sample: Sample, nowMilliseconds: number, standby: boolean): void {
    this.kept.push({ sample, receivedAtMilliseconds: nowMilliseconds })
    if (standby) this.forgetOld(nowMilliseconds)
    if (this.size <= this.maxSamples) return
    if (!standby) this.lost += this.size - this.maxSamples
    this.leave(this.size - this.maxSamples)
  }

  forgetOld(nowMilliseconds: number): void {
    const oldest = nowMilliseconds - this.keepSeconds * 1000
    let count = 0
    while (count < this.size && (this.kept[this.head + count]?.receivedAtMilliseconds ?? 0) < oldest) count++
    this.leave(count)
  }

  /** The oldest samples, not yet taken out; `end` is what dropUntil takes once they are stored. */
  nextBatch(): { samples: Sample[]; end: number } {
    const head = this.kept.slice(this.head, this.head + BATCH_SAMPLES).map(({ sample }) => sample)
    const samples = head.slice(0, lengthOfBatch(head))
    return { samples, end: this.gone + samples.length }
  }

  dropUntil(end: number): void {
    this.leave(Math.max(0, end - this.gone))
  }

  private leave(count: number): void {
    this.head += count
    this.gone += count
    if (this.head <= 1_000 || this.head * 2 < this.kept.length) return
    this.kept = this.kept.slice(this.head)
    this.head = 0
  }
}
