import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import type { Accuracy, ModelRegistry } from '@/lib/contracts/model-registry'
import { listAllHeads } from '@/lib/data/head-registry'
import { listModelVersions } from '@/lib/data/model-versions'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import { appliancesInOrder, type ModelManifest, ModelMissingError, readManifest } from '@/lib/nilm/model-manifest'

const MOST_HEADS = 200
const SLOW_BLOCK_SECONDS = 30

/** What the registry reads of report.json, which training writes beside the model. */
const reportSchema = z.object({
  model: z.string(),
  pooled: z.array(
    z.object({
      appliance: z.string(),
      meter: z.string(),
      homes: z.number(),
      hours: z.number(),
      activations: z.number(),
      predictors: z.object({
        model: z.object({ maeWatts: z.number(), f1: z.number() }),
        alwaysOff: z.object({ maeWatts: z.number() }).optional(),
      }),
    }),
  ),
})
type Report = z.infer<typeof reportSchema>

/** The model in the model folder, what is known of its accuracy, every version that ever ran here, and homes' own heads. */
export async function getModelRegistry(): Promise<ModelRegistry> {
  const [found, report, versions, heads] = await Promise.all([
    findManifest(),
    readReport(),
    listModelVersions(),
    listAllHeads(MOST_HEADS),
  ])
  const { manifest, problem } = found
  return {
    model: manifest && factsOf(manifest),
    problem,
    versions: versions.map((version) => ({
      ...version,
      isCurrent: version.name === manifest?.name && version.version === manifest.version,
    })),
    accuracy: accuracyOf(manifest, report),
    accuracyOf: report?.model ?? null,
    heads,
  }
}

/** The model's card, Markdown; null where the model comes without one. */
export function readModelCard(): Promise<string | null> {
  return readFile(inModelDir('CARD.md'), 'utf8').catch(() => null)
}

/** A figure of the model's card, SVG. @param name as the card names it, without a folder; null where there is none */
export async function readModelPlot(name: string): Promise<string | null> {
  if (!/^[\w-]{1,80}\.svg$/.test(name)) return null
  return readFile(inModelDir('plots', name), 'utf8').catch(() => null)
}

const inModelDir = (...parts: string[]) => path.resolve(env().MODEL_DIR, ...parts)

async function findManifest(): Promise<{ manifest: ModelManifest | null; problem: string | null }> {
  try {
    return { manifest: await readManifest(env().MODEL_DIR), problem: null }
  } catch (error) {
    if (!(error instanceof ModelMissingError)) createLogger('models').warn({ err: error }, 'the model manifest cannot be read')
    return { manifest: null, problem: error instanceof Error ? error.message : 'The model manifest cannot be read.' }
  }
}

async function readReport(): Promise<Report | null> {
  const text = await readFile(inModelDir('report.json'), 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return reportSchema.parse(JSON.parse(text))
  } catch (err) {
    createLogger('models').warn({ err }, 'the report of the model cannot be read')
    return null
  }
}

function factsOf(manifest: ModelManifest): ModelRegistry['model'] {
  return {
    name: manifest.name,
    version: manifest.version,
    windowSeconds: manifest.windowSeconds,
    receptiveFieldSeconds: manifest.receptiveFieldSeconds,
    slowReceptiveFieldSeconds: manifest.slow.receptiveFieldBlocks * SLOW_BLOCK_SECONDS,
    lookaheadSeconds: manifest.lookaheadSeconds,
    channels: manifest.channels,
    layers: manifest.dilations.length,
    files: Object.values(manifest.files).map(({ path: name, bytes, sha256 }) => ({ name, bytes, sha256 })),
  }
}

function accuracyOf(manifest: ModelManifest | null, report: Report | null): Accuracy[] {
  const entries = appliancesInOrder(manifest)
  return APPLIANCES.map((appliance, index) => ({
    appliance,
    status: entries[index]?.status ?? null,
    measured: (report?.pooled ?? [])
      .filter((row) => row.appliance === appliance)
      .map(({ meter, homes, hours, activations, predictors }) => ({
        meter,
        homes,
        hours,
        runs: activations,
        maeWatts: predictors.model.maeWatts,
        offMaeWatts: predictors.alwaysOff?.maeWatts ?? null,
        f1: predictors.model.f1,
      })),
  }))
}
