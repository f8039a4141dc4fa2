import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as ort from 'onnxruntime-node'
import { z } from 'zod'
import type { Candidate, SeriesView } from './candidate'
import { byTheHour } from './hourly-candidate'
import { type FeatureRow, LOAD_FEATURES, loadFeatures } from './load-features'
import { locatePlant } from './locate-plant'
import { ClearSkyShares, SOLAR_FEATURES, solarFeatures } from './solar-features'

export const FORECAST_MODEL_DIR = './models/forecast'

const network = z.object({ file: z.string(), columns: z.number().int() })
const manifestSchema = z.object({ networks: z.object({ load: network, solar: network }) })

/** The answers of a network to rows of columns. */
export type AskNetwork = (rows: readonly Float32Array[]) => Promise<Float32Array>

export interface ForecastNetworks {
  load: AskNetwork
  solar: AskNetwork
  /** Of their files. */
  bytes: number
  /** Lets go of their memory; they answer no more. */
  close(): Promise<void>
}

/** @param directory holds manifest.json and the networks @throws Error where they do not fit this version */
export async function loadForecastNetworks(directory: string): Promise<ForecastNetworks> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(directory, 'manifest.json'), 'utf8')))
  const sessions: ort.InferenceSession[] = []
  let bytes = 0
  const open = async ({ file, columns }: z.infer<typeof network>, expected: number): Promise<AskNetwork> => {
    if (columns !== expected) throw new Error(`${file} takes ${columns} columns, this version makes ${expected}: train it again.`)
    const weights = await readFile(path.join(directory, file))
    const session = await ort.InferenceSession.create(weights, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    })
    sessions.push(session)
    bytes += weights.byteLength
    return async (rows) => {
      const packed = new Float32Array(rows.length * columns)
      rows.forEach((row, index) => packed.set(row, index * columns))
      const { answers } = await session.run({ rows: new ort.Tensor('float32', packed, [rows.length, columns]) })
      return answers!.data as Float32Array
    }
  }
  const load = await open(manifest.networks.load, LOAD_FEATURES)
  const solar = await open(manifest.networks.solar, SOLAR_FEATURES)
  const close = async () => void (await Promise.all(sessions.map((session) => session.release())))
  return { load, solar, bytes, close }
}

/** The network that learned from many homes. */
export const loadNetwork = (ask: AskNetwork): Candidate =>
  byTheHour({
    name: 'network (many homes)',
    forecast: (view, tasks) =>
      answersOf(
        ask,
        tasks.map((task) => loadFeatures(view, task)),
        Number.NaN,
      ),
  })

/** The network that knows the sun; it says nothing of a series that does not look like generation. */
export const solarNetwork = (ask: AskNetwork): Candidate =>
  byTheHour({
    name: 'network (clear sky)',
    async forecast(view, tasks) {
      const shares = sharesOf(view)
      if (!shares) return tasks.map(({ targets }) => new Float64Array(targets.length).fill(Number.NaN))
      return answersOf(
        ask,
        tasks.map((task) => solarFeatures(shares, task)),
        0,
        (task, i) => shares.irradiance[tasks[task]!.targets[i]!]! < 5 && !Number.isNaN(shares.reference(tasks[task]!.origin)),
      )
    },
  })

const knownShares = new WeakMap<Float64Array, { length: number; shares: ClearSkyShares | null }>()

/** The place is a fact about the plant, not about the weather: all of a series may be used to find it, once. */
function sharesOf(view: SeriesView): ClearSkyShares | null {
  const known = knownShares.get(view.values)
  if (known?.length === view.calendar.length) return known.shares
  const place = locatePlant(view.values, view.calendar.startSeconds, view.values.length)
  const shares = place && new ClearSkyShares(view, place)
  knownShares.set(view.values, { length: view.calendar.length, shares })
  return shares
}

async function answersOf(
  ask: AskNetwork,
  rows: readonly (readonly (FeatureRow | null)[])[],
  otherwise: number,
  isOtherwise: (task: number, index: number) => boolean = () => true,
): Promise<Float64Array[]> {
  const known = rows.flatMap((task) => task.filter((row) => row !== null))
  const answers = known.length > 0 ? await ask(known.map(({ columns }) => columns)) : new Float32Array(0)
  let next = 0
  return rows.map((task, at) =>
    Float64Array.from(task, (row, i) => (row ? row.base + row.scale * answers[next++]! : isOtherwise(at, i) ? otherwise : Number.NaN)),
  )
}

