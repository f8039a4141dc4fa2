import type { Phase, Run } from '@/lib/simulation/load'

type Watts = Phase['watts'] | number

interface PhaseOptions {
  heating?: boolean
  surgeJoules?: number
}

/** Lays phases end to end from a start time. */
export class ProgrammeBuilder {
  private readonly phases: Phase[] = []
  private cursorSeconds: number

  constructor(private readonly startSeconds: number) {
    this.cursorSeconds = startSeconds
  }

  get nowSeconds(): number {
    return this.cursorSeconds
  }

  add(name: string, durationSeconds: number, watts: Watts, options: PhaseOptions = {}): this {
    const startSeconds = this.cursorSeconds
    this.cursorSeconds += Math.max(0, durationSeconds)
    this.phases.push({
      name,
      startSeconds,
      endSeconds: this.cursorSeconds,
      heating: options.heating ?? false,
      surgeJoules: options.surgeJoules ?? 0,
      watts: typeof watts === 'number' ? () => watts : watts,
    })
    return this
  }

  build(programme: string): Run {
    return { programme, startSeconds: this.startSeconds, endSeconds: this.cursorSeconds, phases: this.phases }
  }
}
