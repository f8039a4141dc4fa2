/** Milliseconds of repeated runs, summed up. */
export interface Timing {
  medianMs: number
  p95Ms: number
  /** Of all threads of this process, whatever else runs here; median. */
  processorMs: number
}

interface Run {
  elapsedMs: number
  processorMs: number
}

function summarise(runs: readonly Run[]): Timing {
  const at = (kind: keyof Run, share: number) => {
    const sorted = runs.map((run) => run[kind]).sort((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  }
  return { medianMs: at('elapsedMs', 0.5), p95Ms: at('elapsedMs', 0.95), processorMs: at('processorMs', 0.5) }
}

export interface Candidate {
  name: string
  run: () => Promise<unknown>
}

/**
 * Times candidates in turn within every round, so that whatever else the machine does meets them all alike.
 * @returns in the order of the candidates
 */
export async function timeInterleaved(candidates: readonly Candidate[], rounds: number): Promise<Timing[]> {
  const runs = candidates.map((): Run[] => [])
  for (const candidate of candidates) await candidate.run()
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) {
      const [startedAt, usedBefore] = [performance.now(), process.cpuUsage()]
      await candidate.run()
      const { user, system } = process.cpuUsage(usedBefore)
      runs[i]!.push({ elapsedMs: performance.now() - startedAt, processorMs: (user + system) / 1000 })
    }
  }
  return runs.map(summarise)
}

export function row(label: string, value: string, note = ''): string {
  return `  ${label.padEnd(46)}${value.padStart(16)}  ${note}`.trimEnd()
}

export function milliseconds({ medianMs, p95Ms }: Timing): string {
  const digits = medianMs < 1 ? 3 : 2
  return `${medianMs.toFixed(digits)} / ${p95Ms.toFixed(digits)}`
}
