import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { env } from '@/lib/env'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { measuredAppliances } from './measured-appliances'

it('is what the manifest of the model calls measured', async () => {
  const { appliances } = JSON.parse(readFileSync(path.join(env().MODEL_DIR, 'manifest.json'), 'utf8')) as {
    appliances: { name: string; status: string }[]
  }
  const expected = appliances.filter(({ status }) => status === 'measured').map(({ name }) => name)
  expect(expected.length).toBeGreaterThan(0)
  expect([...(await measuredAppliances())].sort()).toEqual(expected.sort())
})

it('is nothing where there is no model, and an error where its manifest cannot be read, until it can', async () => {
  const { folder, remove } = scratchFolder()
  onTestFinished(remove)
  expect([...(await measuredAppliances(path.join(folder, 'none')))]).toEqual([])
  writeFileSync(path.join(folder, 'manifest.json'), '{}')
  await expect(measuredAppliances(folder)).rejects.toThrow(/appliances/)
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify({ appliances: [{ name: 'Dryer', status: 'measured' }] }))
  expect([...(await measuredAppliances(folder))]).toEqual(['Dryer'])
})
