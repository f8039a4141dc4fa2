// The thread in which HiGHS solves: its WebAssembly is loaded once, and a model that takes long holds up nobody else.
import { parentPort } from 'node:worker_threads'
import loadHighs from 'highs'

let highs = null

parentPort.on('message', async ({ id, model, gap, isPresolved, timeLimitSeconds }) => {
  try {
    highs ??= await loadHighs()
    const { Status: status, Columns: columns } = highs.solve(model, {
      time_limit: timeLimitSeconds,
      mip_rel_gap: 0,
      mip_abs_gap: gap,
      presolve: isPresolved ? 'choose' : 'off',
      // Days have neither symmetry to find nor optima that are hard to come upon: searching for either takes most of the time.
      mip_detect_symmetry: false,
      mip_heuristic_effort: 0,
      output_flag: false,
    })
    const values = Object.entries(columns).flatMap(([name, { Primal: value }]) => (value ? [[name, value]] : []))
    parentPort.postMessage({ id, status, values })
  } catch (error) {
    // What failed inside WebAssembly may have left its memory in any state.
    highs = null
    parentPort.postMessage({ id, error: error instanceof Error ? error.message : String(error) })
  }
})
