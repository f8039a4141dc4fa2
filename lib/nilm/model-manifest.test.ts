import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { appliancesInOrder, ModelMissingError, readManifest, readModelFile } from './model-manifest'
import { loadSessionModel } from './session-model'
import { stepManifest } from './testing/step-network'

let modelDir: string
beforeEach(async () => {
  modelDir = await mkdtemp(path.join(tmpdir(), 'nilm-model-'))
})
afterEach(() => rm(modelDir, { recursive: true }))

async function writeModel(content: string, described = content): Promise<void> {
  const file = { path: 'stream.onnx', sha256: createHash('sha256').update(described).digest('hex'), bytes: described.length }
  await writeFile(path.join(modelDir, 'stream.onnx'), content)
  await writeFile(path.join(modelDir, 'manifest.json'), JSON.stringify(stepManifest({ files: { window: file, stream: file, step: file, slow: file, slowStep: file } })))
}

describe('a model folder', () => {
  it('is refused, naming the file, where a file is not the one its manifest describes', async () => {
    await writeModel('changed', 'original')
    const manifest = await readManifest(modelDir)
    const refusal = /stream\.onnx is not the file its manifest describes/
    await expect(readModelFile(modelDir, manifest, 'stream')).rejects.toThrow(refusal)
    await expect(loadSessionModel({ modelDir })).rejects.toThrow('stream.onnx')
  })

  it('gives its files where they are what the manifest describes', async () => {
    await writeModel('original')
    expect((await readModelFile(modelDir, await readManifest(modelDir), 'stream')).toString()).toBe('original')
  })

  it('may say more of an appliance than the run time reads', async () => {
    const manifest = stepManifest()
    const appliances = manifest.appliances.map((entry) => ({ ...entry, keptChoices: ['fine'] }))
    await writeFile(path.join(modelDir, 'manifest.json'), JSON.stringify({ ...manifest, appliances }))
    expect((await readManifest(modelDir)).appliances).toEqual(manifest.appliances)
  })

  it('that is missing makes every appliance unavailable and says why', async () => {
    const absent = path.join(modelDir, 'nowhere')
    await expect(readManifest(absent)).rejects.toThrow(ModelMissingError)
    const { description, networks } = await loadSessionModel({ modelDir: absent, windowSeconds: 600 })
    expect(networks).toBeNull()
    expect(description.unavailableReason).toContain('nowhere')
    expect(description.windowSeconds).toBe(600)
    expect(description.appliances.map((appliance) => appliance.available)).not.toContain(true)
  })

  it('with a manifest that cannot be run is refused, naming the field', async () => {
    await writeFile(path.join(modelDir, 'manifest.json'), JSON.stringify({ ...stepManifest(), format: 1 }))
    await expect(readManifest(modelDir)).rejects.toThrow(/manifest\.json.*format/)
    const trainedOnOthers = { ...stepManifest(), features: { version: 'power8-2' } }
    await writeFile(path.join(modelDir, 'manifest.json'), JSON.stringify(trainedOnOthers))
    await expect(readManifest(modelDir)).rejects.toThrow(/manifest\.json.*features\.version/)
    await writeFile(path.join(modelDir, 'manifest.json'), '{')
    await expect(readManifest(modelDir)).rejects.toThrow('not valid JSON')
  })
})

describe('appliancesInOrder', () => {
  it('follows the contract, whatever the order in the manifest, with null for a missing one', () => {
    const manifest = stepManifest()
    manifest.appliances = manifest.appliances.filter((entry) => entry.name !== 'Dryer').reverse()
    const names = appliancesInOrder(manifest).map((entry) => entry?.name ?? null)
    expect(names.slice(0, 5)).toEqual(['HeatPump', 'Dishwasher', 'WashingMachine', null, 'Freezer'])
  })
})
