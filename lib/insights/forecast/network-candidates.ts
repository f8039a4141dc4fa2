import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as ort from 'onnxruntime-node'
import { z } from 'zod'
import type { Candidate } from './candidate'
import { byTheHour } from './hourly-candidate'
import { type FeatureRow, LOAD_FEATURES, loadFeatures } from './load-features'
import type { AskSolarNetwork } from './solar-candidates'
import { PAST_COLUMNS, PAST_HOURS, SOLAR_FEATURES } from './solar-features'

export const FORECAST_MODEL_DIR = './models/forecast'

const network = z.object({ file: z.string(), columns: z.number().int() })
const recurrent = network.extend({ pastHours: z.number().int(), pastColumns: z.number().int() })
const manifestSchema = z.object({ networks: z.object({ load: network, solar: recurrent }) })

/** The answers of a network to rows of columns. */
export type AskNetwork = (rows: readonly Float32Array[]) => Promise<Float32Array>

export interface ForecastNetworks {
  load: AskNetwork
  solar: AskSolarNetwork
  /** Of their files. */
  bytes: number
  /** Lets go of their memory; they answer no more. */
  close(): Promise<void>
}

/** @param directory holds manifest.json and the networks @throws Error where they do not fit this version */
export async function loadForecastNetworks(directory: string): Promise<ForecastNetworks> {
  const { networks } = manifestSchema.parse(JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')))
  const sessions: ort.InferenceSession[] = []
  let bytes = 0
  const open = async ({ file }: z.infer<typeof network>): Promise<ort.InferenceSession> => {
    const weights = await readFile(path.join(directory, file))
    const session = await ort.InferenceSession.create(weights, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    })
    sessions.push(session)
    bytes += weights.byteLength
    return session
  }
  requireFit(networks.load.file, networks.load.columns, LOAD_FEATURES)
  requireFit(networks.solar.file, networks.solar.columns, SOLAR_FEATURES)
  requireFit(networks.solar.file, networks.solar.pastHours * networks.solar.pastColumns, PAST_HOURS * PAST_COLUMNS)
  const load = await open(networks.load)
  const solar = await open(networks.solar)
  return {
    bytes,
    close: async () => void (await Promise.all(sessions.map((session) => session.release()))),
    async load(rows) {
      const packed = new Float32Array(rows.length * LOAD_FEATURES)
      rows.forEach((row, index) => packed.set(row, index * LOAD_FEATURES))
      const { answers } = await load.run({ rows: new ort.Tensor('float32', packed, [rows.length, LOAD_FEATURES]) })
      return answers!.data as Float32Array
    },
    async solar({ past, rows, origins }) {
      const { answers } = await solar.run({
        past: new ort.Tensor('float32', past, [past.length / PAST_HOURS / PAST_COLUMNS, PAST_HOURS, PAST_COLUMNS]),
        rows: new ort.Tensor('float32', rows, [origins.length, SOLAR_FEATURES]),
        origins: new ort.Tensor('int64', origins, [origins.length]),
      })
      return answers!.data as Float32Array
    },
  }
}

function requireFit(file: string, given: number, expected: number): void {
  if (given !== expected) throw new Error(`${file} takes ${given} columns, this version makes ${expected}: train it again.`)
}

/** The network that learned from many homes. */
export const loadNetwork = (ask: AskNetwork): Candidate =>
  byTheHour({
    name: 'network (many homes)',
    forecast: (view, tasks) =>
      answersOf(
        ask,
        tasks.map((task) => loadFeatures(view, task)),
      ),
  })

async function answersOf(
  ask: AskNetwork,
  rows: readonly (readonly (FeatureRow | null)[])[],
): Promise<Float64Array[]> {
  const known = rows.flatMap((task) => task.filter((row) => row !== null))
  const answers = known.length > 0 ? await ask(known.map(({ columns }) => columns)) : new Float32Array(0)
  let next = 0
  return rows.map((task) =>
    Float64Array.from(task, (row) => (row ? row.base + row.scale * answers[next++]! : Number.NaN)),
  )
}

