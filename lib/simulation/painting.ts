import type { Phase, Run } from '@/lib/simulation/load'

/** An inrush is over after this long. */
const SURGE_SECONDS = 0.4

/** Adds a phase to the watts of a block; seconds it covers in part get their share. Returns whether it touched the block. */
export function paintPhase(phase: Phase, fromSeconds: number, watts: Float32Array): boolean {
  const { startSeconds, endSeconds } = phase
  const first = Math.max(fromSeconds, Math.floor(startSeconds))
  const last = Math.min(fromSeconds + watts.length, Math.ceil(endSeconds))
  for (let second = first; second < last; second += 1) {
    const share = Math.min(endSeconds, second + 1) - Math.max(startSeconds, second)
    const index = second - fromSeconds
    watts[index] = watts[index]! + share * phase.watts(Math.max(0, second + 0.5 - startSeconds), second)
  }
  if (phase.surgeJoules > 0) paintSurge(phase, fromSeconds, watts)
  return last > first
}

export function paintRun(run: Run, fromSeconds: number, watts: Float32Array): boolean {
  let touched = false
  for (const phase of run.phases) {
    if (phase.endSeconds <= fromSeconds) continue
    // An inrush may spill one second past a block's start.
    if (phase.startSeconds >= fromSeconds + watts.length) break
    touched = paintPhase(phase, fromSeconds, watts) || touched
  }
  return touched
}

/** An inrush near the end of a second is split between that second's mean and the next one's, as meters show it. */
function paintSurge(phase: Phase, fromSeconds: number, watts: Float32Array): void {
  const second = Math.floor(phase.startSeconds)
  const inFirst = Math.min(1, (second + 1 - phase.startSeconds) / SURGE_SECONDS)
  addAt(watts, second - fromSeconds, phase.surgeJoules * inFirst)
  addAt(watts, second + 1 - fromSeconds, phase.surgeJoules * (1 - inFirst))
}

function addAt(watts: Float32Array, index: number, joules: number): void {
  if (index >= 0 && index < watts.length) watts[index] = watts[index]! + joules
}
