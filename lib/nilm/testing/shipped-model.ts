import { existsSync } from 'node:fs'
import path from 'node:path'

export const SHIPPED_MODEL_DIR = path.resolve(import.meta.dirname, '../../../models/wavenilm')

/** Whether the trained model is in the tree. Tests that need it say loudly when they are skipped. */
export function hasShippedModel(): boolean {
  const present = existsSync(path.join(SHIPPED_MODEL_DIR, 'manifest.json'))
  if (!present) console.warn(`!!! SKIPPED: no trained model in ${SHIPPED_MODEL_DIR}; its parity is not tested.`)
  return present
}
