import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { APPLIANCES } from '@/lib/contracts/appliances'
import { SLOW_FEATURES_VERSION } from './block-builder'
import { FEATURES_VERSION } from './feature-builder'

const modelFileSchema = z.object({ path: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/i), bytes: z.number().int() })

const calibrationSchema = z.object({
  /** p = sigmoid(scale * logit + bias): how often the appliance is on where this is said. */
  scale: z.number().positive(),
  bias: z.number(),
  /** On from this p on. */
  threshold: z.number().gt(0).lt(1),
  /** Watts while on: sigmoid(sharpness * (logit(p) - logit(threshold))) * powerFactor * on-power. */
  sharpness: z.number().positive(),
  powerFactor: z.number().positive(),
})

/** How the two networks' answers become one: v = (1 - slowShare) * fast + slowShare * slow for logit and on-power alike. */
const blendSchema = z.object({
  slowShare: z.number().min(0).max(1),
  provisional: calibrationSchema,
  final: calibrationSchema,
})

const applianceModelSchema = z.object({
  name: z.string(),
  /** measured: shown to be of use in enough real homes the model was not trained on; experimental: not. */
  status: z.enum(['measured', 'experimental']),
  /** For meters below and from `coarseIntervalSeconds` on. */
  blend: z.object({ fine: blendSchema, coarse: blendSchema }),
  minOnSeconds: z.number().min(0),
  minOffSeconds: z.number().min(0),
  onThresholdWatts: z.number().min(0),
  /** What is on for more than this share of half an hour is another appliance. */
  mostDuty: z.number().gt(0).max(1).optional(),
})

export type ApplianceModel = z.infer<typeof applianceModelSchema>

/** What the run time reads of manifest.json; training notes and metrics beside it are ignored here. */
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  format: z.literal(3),
  /** Of each network one graph for a stretch of one building and one for a step of many; `window` is the fast one from nothing. */
  files: z.object({
    window: modelFileSchema,
    stream: modelFileSchema,
    step: modelFileSchema,
    slow: modelFileSchema,
    slowStep: modelFileSchema,
  }),
  receptiveFieldSeconds: z.number().int().positive(),
  windowSeconds: z.number().int().positive(),
  lookaheadSeconds: z.number().int().min(0),
  channels: z.number().int().positive(),
  dilations: z.array(z.number().int().positive()).min(1),
  /** Of the same size, other features would run all the same and mean nothing. */
  features: z.object({ version: z.literal(FEATURES_VERSION) }),
  coarseIntervalSeconds: z.number().positive(),
  /** The second network, on blocks of 30 s. */
  slow: z.object({
    lookaheadBlocks: z.number().int().min(0),
    receptiveFieldBlocks: z.number().int().positive(),
    channels: z.number().int().positive(),
    dilations: z.array(z.number().int().positive()).min(1),
    features: z.object({ version: z.literal(SLOW_FEATURES_VERSION) }),
  }),
  appliances: z.array(applianceModelSchema),
})

export type ModelManifest = z.infer<typeof manifestSchema>

/** A model folder or file that is not there: every appliance is unavailable, metering goes on. */
export class ModelMissingError extends Error {
  override name = 'ModelMissingError'
}

/**
 * Reads manifest.json of a model folder.
 * @throws ModelMissingError where there is none, Error naming the file and the field where it is wrong
 */
export async function readManifest(modelDir: string): Promise<ModelManifest> {
  const file = path.join(modelDir, 'manifest.json')
  const text = (await readPresent(file)).toString('utf8')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error(`${file} is not valid JSON.`)
  }
  const result = manifestSchema.safeParse(json)
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`${file} does not describe a model this version can run. ${problems.join('; ')}`)
  }
  return result.data
}

/**
 * Reads one of the manifest's files and checks it against its hash.
 * @throws ModelMissingError where there is none, Error naming the file where its content is not the manifest's
 */
export async function readModelFile(modelDir: string, manifest: ModelManifest, kind: keyof ModelManifest['files']): Promise<Buffer> {
  const expected = manifest.files[kind]
  const file = path.join(modelDir, expected.path)
  const content = await readPresent(file)
  const sha256 = createHash('sha256').update(content).digest('hex')
  if (sha256 !== expected.sha256.toLowerCase()) {
    throw new Error(
      `${file} is not the file its manifest describes: SHA-256 is ${sha256}, expected ${expected.sha256}. ` +
        'Restore the model folder as it was released.',
    )
  }
  return content
}

/** The manifest's appliances in contract order; null where it has no entry for one. */
export function appliancesInOrder(manifest: ModelManifest | null): (ApplianceModel | null)[] {
  return APPLIANCES.map((appliance) => manifest?.appliances.find((entry) => entry.name === appliance) ?? null)
}

async function readPresent(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new ModelMissingError(`There is no ${file}.`)
    throw new Error(`${file} cannot be read (${code}).`, { cause: error })
  }
}
