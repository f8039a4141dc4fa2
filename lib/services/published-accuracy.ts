import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { PublishedAccuracy } from '@/lib/contracts/appliance-report'
import { env } from '@/lib/env'

const pooledSchema = z.object({
  pooled: z.array(
    z.object({
      appliance: z.enum(APPLIANCES),
      homes: z.number().int(),
      activations: z.number().int(),
      predictors: z.object({ model: z.object({ f1: z.number().min(0).max(1) }) }),
    }),
  ),
})

/**
 * F1 of each appliance on homes that the model was not trained on, from the report beside the model; the lower one where there are figures for
 * faster and for slower meters. An appliance without enough runs there is absent: nothing is known of it.
 */
export async function publishedAccuracy(folder = env().MODEL_DIR): Promise<Map<Appliance, PublishedAccuracy>> {
  const text = await readFile(path.resolve(folder, 'report.json'), 'utf8').catch(() => null)
  const accuracy = new Map<Appliance, PublishedAccuracy>()
  if (text === null) return accuracy
  for (const { appliance, homes, activations, predictors } of pooledSchema.parse(JSON.parse(text)).pooled) {
    const { f1 } = predictors.model
    if (f1 < (accuracy.get(appliance)?.f1 ?? Infinity)) accuracy.set(appliance, { f1, homes, runs: activations })
  }
  return accuracy
}
