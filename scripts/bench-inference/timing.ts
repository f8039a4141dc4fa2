/** Milliseconds of repeated runs, summed up. */
export interface Timing {
  medianMs: number
  p95Ms: number
}

export function summarise(milliseconds: readonly number[]): Timing {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { medianMs: at(0.5), p95Ms: at(0.95) }
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
  const times = candidates.map((): number[] => [])
  for (const candidate of candidates) await candidate.run()
  for (let round = 0; round < rounds; round++) {
    for (const [i, candidate] of candidates.entries()) {
      const startedAt = performance.now()
      await candidate.run()
      times[i]!.push(performance.now() - startedAt)
    }
  }
  return times.map(summarise)
}

export function row(label: string, value: string, note = ''): string {
  return `  ${label.padEnd(46)}${value.padStart(16)}  ${note}`.trimEnd()
}

export function milliseconds({ medianMs, p95Ms }: Timing): string {
  const digits = medianMs < 1 ? 3 : 2
  return `${medianMs.toFixed(digits)} / ${p95Ms.toFixed(digits)}`
}
