/** Which seconds of the sliding window were measured and which filled. */
export class MeasuredWindow {
  private readonly measured: Uint8Array
  private next = 0
  private length = 0
  private measuredCount = 0

  constructor(readonly windowSeconds: number) {
    this.measured = new Uint8Array(windowSeconds)
  }

  /** Measured seconds in the window, 0..windowSeconds. */
  get bufferSeconds(): number {
    return this.measuredCount
  }

  /** Share of the window that is measured, 0..1; missing seconds and filled ones lower it alike. */
  get completeness(): number {
    return this.measuredCount / this.windowSeconds
  }

  add(isMeasured: boolean): void {
    if (this.length === this.windowSeconds) this.measuredCount -= this.measured[this.next]!
    else this.length++
    this.measured[this.next] = isMeasured ? 1 : 0
    this.measuredCount += this.measured[this.next]!
    this.next = (this.next + 1) % this.windowSeconds
  }

  reset(): void {
    this.next = 0
    this.length = 0
    this.measuredCount = 0
  }

  /** One bit a second, oldest first. */
  save(): { length: number; bits: string } {
    const bits = new Uint8Array(Math.ceil(this.length / 8))
    const oldest = this.next - this.length + this.windowSeconds
    for (let i = 0; i < this.length; i++) {
      if (this.measured[(oldest + i) % this.windowSeconds]) bits[i >> 3]! |= 1 << (i & 7)
    }
    return { length: this.length, bits: Buffer.from(bits).toString('base64') }
  }

  /** Takes a saved window over; of one that was longer, the newest part. `atMostSeconds` drops older seconds still. */
  restore(saved: { length: number; bits: string }, atMostSeconds = saved.length): void {
    const bits = Buffer.from(saved.bits, 'base64')
    this.reset()
    for (let i = Math.max(0, saved.length - atMostSeconds); i < saved.length; i++) {
      this.add(((bits[i >> 3] ?? 0) & (1 << (i & 7))) !== 0)
    }
  }
}
