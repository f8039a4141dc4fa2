import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { offeredDevices, openOnnxSession, resolveDevice } from './onnx-session'
import { loadSessionModel } from './session-model'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'

/** Machines with a GPU run these tests too; each device then has to work instead of explaining itself. */
const outcomeOf = (model: Uint8Array, device: 'cuda' | 'webgpu') =>
  openOnnxSession(model, device).then(
    async (session) => {
      await session.release()
      return 'works'
    },
    (error: Error) => error.message,
  )

describe.runIf(hasShippedModel())('the device the networks run on', () => {
  let model: Uint8Array
  beforeAll(async () => {
    model = await readFile(path.join(SHIPPED_MODEL_DIR, 'stream.onnx'))
  })

  it('can always be the processor', async () => {
    expect(offeredDevices()).toContain('cpu')
    expect(await resolveDevice('cpu', model)).toEqual({ device: 'cpu' })
    await (await openOnnxSession(model, 'cpu')).release()
  })

  it.each(['cuda', 'webgpu'] as const)('%s works, or says in one line what is missing and what to do', async (device) => {
    const outcome = await outcomeOf(model, device)
    if (outcome === 'works') return
    expect(outcome).toMatch(new RegExp(`^DEVICE=${device} .*(set DEVICE=cpu|choose one of them)\\.$`))
    expect(outcome).not.toContain('\n')
    expect(outcome.length).toBeLessThan(300)
  })

  it('is cuda with auto where that works, and otherwise the processor with a reason', async () => {
    const works = (await outcomeOf(model, 'cuda')) === 'works'
    const { device, note } = await resolveDevice('auto', model)
    expect([device, note === undefined]).toEqual(works ? ['cuda', true] : ['cpu', false])
  })

  it('is said by the loaded model, the reason of auto once', async () => {
    const loaded = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR, device: 'auto' })
    await loaded.close()
    expect(loaded.description.device).toMatch(/^(cpu|cuda)$/)
    expect(loaded.description.deviceNote === undefined).toBe(loaded.description.device === 'cuda')
    const onProcessor = await loadSessionModel({ modelDir: SHIPPED_MODEL_DIR })
    await onProcessor.close()
    expect(onProcessor.description).toMatchObject({ device: 'cpu' })
    expect(onProcessor.description.deviceNote).toBeUndefined()
  })
})
