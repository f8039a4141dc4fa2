import { readFile } from 'node:fs/promises'
import path from 'node:path'
import * as ort from 'onnxruntime-node'
import { z } from 'zod'
import { HEALTH_CLASSES } from '@/lib/contracts/maintenance'

const share = z.number().min(0).max(1)

export const vibrationManifestSchema = z.object({
  version: z.string(),
  files: z.object({ health: z.object({ name: z.string() }), remaining: z.object({ name: z.string() }) }),
  features: z.array(z.string()),
  classes: z.tuple([z.literal('critical'), z.literal('worn'), z.literal('healthy')]),
  /** Error of the share that is left, by what was predicted: below `below` it lay between `low` and `high` on left-out bearings. */
  remainingShareIntervals: z.array(z.object({ below: z.number(), low: z.number(), high: z.number() })).min(1),
  /** From which probability of critical on it was so more often than not, on left-out bearings. */
  alarm: z.object({ probability: share, precision: share, recall: share }),
  leaveOneOut: z.object({
    folds: z.array(
      z.object({
        bearing: z.string(),
        lifeHours: z.number(),
        remainingShareMae: z.number(),
        guessHalfMae: z.number(),
        remainingHoursMae: z.number(),
        guessHalfHoursMae: z.number(),
        classAccuracy: z.number(),
        balancedAccuracy: z.number(),
      }),
    ),
  }),
})
export type VibrationManifest = z.infer<typeof vibrationManifestSchema>

export interface BearingVerdict {
  probabilities: Record<(typeof HEALTH_CLASSES)[number], number>
  /** Share of its life that is left. */
  remainingShare: number
}

export interface VibrationModel {
  manifest: VibrationManifest
  judge(features: Float32Array): Promise<BearingVerdict>
  /** Of its files. */
  bytes: number
  /** Lets go of its memory; it judges no more. */
  close(): Promise<void>
}

/**
 * @param folder models/vibration
 * @throws Error where a file is missing or is not as the manifest says
 */
export async function loadVibrationModel(folder: string): Promise<VibrationModel> {
  const manifest = vibrationManifestSchema.parse(JSON.parse(await readFile(path.join(folder, 'manifest.json'), 'utf8')))
  let bytes = 0
  const open = async (name: string) => {
    const trees = await readFile(path.join(folder, name))
    bytes += trees.byteLength
    return ort.InferenceSession.create(trees, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  }
  const [health, remaining] = await Promise.all([open(manifest.files.health.name), open(manifest.files.remaining.name)])
  return {
    manifest,
    bytes,
    close: async () => void (await Promise.all([health.release(), remaining.release()])),
    async judge(features) {
      const feeds = { features: new ort.Tensor('float32', features, [1, features.length]) }
      const [classes, left] = await Promise.all([health.run(feeds, ['probabilities']), remaining.run(feeds)])
      const [critical, worn, healthy] = numbersOf(classes['probabilities'])
      const [remainingShare] = numbersOf(Object.values(left)[0])
      return {
        probabilities: { critical: critical ?? 0, worn: worn ?? 0, healthy: healthy ?? 0 },
        remainingShare: Math.min(1, Math.max(0, remainingShare ?? 0)),
      }
    },
  }
}

function numbersOf(tensor: ort.OnnxValue | undefined): number[] {
  if (!tensor || !(tensor.data instanceof Float32Array)) throw new Error('The vibration model answers no numbers')
  return Array.from(tensor.data)
}
