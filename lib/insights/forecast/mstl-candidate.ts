import { readFileSync } from 'node:fs'
import path from 'node:path'
import { initSync, MSTL } from '@bsull/augurs/mstl'
import type { Candidate, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { PROFILE_MEAN, usualValue } from './profile-candidates'

const WASM_FILE = 'node_modules/@bsull/augurs/mstl_bg.wasm'
const FIT_DAYS = 28
const FEWEST_DAYS = 8
const MOST_MISSING = 0.3

let loaded = false

function load(): void {
  if (loaded) return
  // The package does not export the file, and a bundler must not look for it.
  initSync({ module: readFileSync(path.resolve(WASM_FILE)) })
  loaded = true
}

/**
 * Multiple seasonal-trend decomposition by LOESS with day and week, its trend continued by exponential smoothing (MSTL, Bandara et
 * al. 2021; AutoETS), of the last four weeks by the hour. Gaps are filled with what is usual; too many, and it says nothing.
 */
export const MSTL_ETS: Candidate = byTheHour({
  name: 'MSTL + ETS',
  forecast(view, tasks) {
    load()
    return tasks.map(({ origin, targets }) => {
      const nothing = new Float64Array(targets.length).fill(Number.NaN)
      const history = filled(view, origin)
      if (!history || targets.length === 0) return nothing
      const periods = history.length >= 2 * 168 ? [24, 168] : [24]
      const model = MSTL.ets(periods)
      try {
        model.fit(history)
        const { point } = model.predict(targets.at(-1)! - origin + 1)
        return Float64Array.from(targets, (target) => point[target - origin] ?? Number.NaN)
      } catch {
        // It cannot decompose what never changes.
        return nothing
      } finally {
        model.free()
      }
    })
  },
})

function filled(view: SeriesView, origin: number): Float64Array | null {
  const from = Math.max(0, origin - FIT_DAYS * 24)
  const history = view.values.slice(from, origin)
  const missing = history.reduce((count, value) => count + Number(Number.isNaN(value)), 0)
  if (history.length < FEWEST_DAYS * 24 || missing > history.length * MOST_MISSING) return null
  for (let at = 0; at < history.length; at++) {
    if (!Number.isNaN(history[at]!)) continue
    const usual = usualValue(view, origin, from + at, PROFILE_MEAN)
    if (Number.isNaN(usual)) return null
    history[at] = usual
  }
  return history
}
