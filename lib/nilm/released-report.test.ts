import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { env } from '@/lib/env'

const figures = { home: z.string(), hours: z.number(), activations: z.number() }

const manifestSchema = z.object({
  version: z.string(),
  appliances: z.array(
    z.object({
      name: z.string(),
      metrics: z.array(z.object({ ...figures, horizon: z.string(), f1: z.number(), maeWatts: z.number() })),
    }),
  ),
})

const reportSchema = z.object({
  model: z.string(),
  rows: z.array(
    z.object({
      ...figures,
      appliance: z.string(),
      predictors: z.object({ model: z.object({ f1: z.number(), maeWatts: z.number() }) }),
    }),
  ),
})

const read = (name: string): unknown => JSON.parse(readFileSync(path.join(env().MODEL_DIR, name), 'utf8'))

it('is of the released model, and of the very hours that its decisions were chosen on', () => {
  const [manifest, report] = [manifestSchema.parse(read('manifest.json')), reportSchema.parse(read('report.json'))]
  expect(report.model).toBe(manifest.version)
  const chosen = manifest.appliances.flatMap(({ name, metrics }) =>
    metrics.flatMap(({ horizon, home, hours, activations, f1, maeWatts }) =>
      horizon === 'final' ? [`${name} ${home} ${hours} h ${activations} ${f1.toFixed(2)} ${maeWatts.toFixed(1)}`] : [],
    ),
  )
  const reported = report.rows.map(({ appliance, home, hours, activations, predictors: { model } }) => {
    return `${appliance} ${home} ${hours} h ${activations} ${model.f1.toFixed(2)} ${model.maeWatts.toFixed(1)}`
  })
  expect(chosen.length).toBeGreaterThan(50)
  expect(reported.sort()).toEqual(chosen.sort())
})
