/** After the first of them, the others have come within this time, or did not change. */
const ROUND_MILLISECONDS = 2_000
/** A phase silent for longer is not known any more. */
const KNOWN_SECONDS = 120

/** Adds up the topics of one main meter, one a phase: each time all have said something new, or the others are quiet. */
export class SummedTopics {
  private readonly phases = new Map<string, { watts: number; atSeconds: number }>()
  private readonly heard = new Set<string>()
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly count: number,
    private readonly onSum: (watts: number, atSeconds: number) => void,
  ) {}

  /** @returns false for a topic beyond those there are to be */
  take(topic: string, watts: number, atSeconds: number): boolean {
    if (!this.phases.has(topic) && this.phases.size >= this.count) return false
    this.phases.set(topic, { watts, atSeconds })
    this.heard.add(topic)
    if (this.heard.size === this.count) this.sum()
    else this.timer ??= setTimeout(() => this.sum(), ROUND_MILLISECONDS)
    return true
  }

  close(): void {
    clearTimeout(this.timer)
  }

  private sum(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.heard.clear()
    const phases = [...this.phases.values()]
    const newestSeconds = Math.max(...phases.map(({ atSeconds }) => atSeconds))
    const areKnown = phases.every(({ atSeconds }) => newestSeconds - atSeconds <= KNOWN_SECONDS)
    if (phases.length < this.count || !areKnown) return
    this.onSum(phases.reduce((sum, { watts }) => sum + watts, 0), newestSeconds)
  }
}
