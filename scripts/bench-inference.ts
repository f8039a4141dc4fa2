// npm run bench:inference: what inference costs on this machine. Each section is one file in bench-inference/ and prints its own
// part; a section that lacks a file or a server says so and the others go on.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { env } from '@/lib/env'
import { ModelMissingError, readManifest } from '@/lib/nilm/model-manifest'
import { benchSessions } from './bench-inference/bench-sessions'
import { benchSteps } from './bench-inference/bench-steps'
import { benchSustained } from './bench-inference/bench-sustained'
import { benchWindows } from './bench-inference/bench-windows'

const HELP = `Measures what inference costs here.

  npm run bench:inference -- [--model-dir ./models/wavenilm] [--old-design benchmarks/old-design.onnx] [--buildings 200]
                             [--sustain-seconds 60] [--sustain 200,400,800,1000]`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'model-dir': { type: 'string' },
      'old-design': { type: 'string', default: 'benchmarks/old-design.onnx' },
      buildings: { type: 'string', default: '200' },
      'sustain-seconds': { type: 'string', default: '60' },
      sustain: { type: 'string', default: '200,400,800,1000' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const buildings = Number(values.buildings)
  if (!Number.isInteger(buildings) || buildings < 1) {
    throw new Error(`--buildings must be a whole number, not ${values.buildings}.`)
  }

  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, Node ${process.version}`)
  const modelDir = values['model-dir'] ?? env().MODEL_DIR
  try {
    const manifest = await readManifest(modelDir)
    await benchWindows(modelDir, manifest, values['old-design'])
    await benchSteps(modelDir, manifest)
    await benchSessions(modelDir, manifest, buildings)
    await benchSustained(Number(values['sustain-seconds']), values.sustain.split(',').map(Number))
  } catch (error) {
    if (!(error instanceof ModelMissingError)) throw error
    console.log(`The model is not measured: ${error.message}`)
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
