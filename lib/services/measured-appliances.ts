import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import { env } from '@/lib/env'

const statusesSchema = z.object({
  appliances: z.array(z.object({ name: z.string(), status: z.enum(['measured', 'experimental']) })),
})

const read = new Map<string, Promise<ReadonlySet<Appliance>>>()

/**
 * The appliances that the model was measured on in enough homes it was not trained on: what is estimated of the others is
 * experimental. None where there is no model. Read once, as the model itself is.
 */
export function measuredAppliances(folder = env().MODEL_DIR): Promise<ReadonlySet<Appliance>> {
  const known = read.get(folder)
  if (known) return known
  const found = readMeasured(folder)
  read.set(folder, found)
  found.catch(() => read.delete(folder))
  return found
}

async function readMeasured(folder: string): Promise<ReadonlySet<Appliance>> {
  const text = await readFile(path.resolve(folder, 'manifest.json'), 'utf8').catch(() => null)
  if (text === null) return new Set()
  const entries = statusesSchema.parse(JSON.parse(text)).appliances
  const measured = new Set(entries.flatMap(({ name, status }) => (status === 'measured' ? [name] : [])))
  return new Set(APPLIANCES.filter((appliance) => measured.has(appliance)))
}
