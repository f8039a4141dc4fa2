import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInProcessEngine } from './in-process-engine'
import { hasShippedModel, SHIPPED_MODEL_DIR } from './testing/shipped-model'
import { householdPowers, NOON, readingsOf } from './testing/recordings'
import { createThreadedEngine } from './threaded-engine'

const root = path.resolve(import.meta.dirname, '../..')
const modelDir = hasShippedModel() ? SHIPPED_MODEL_DIR : path.join(root, 'no-model')
let folder: string
let threadFile: string

beforeAll(async () => {
  // Inside the project, so that the bundle finds its packages.
  await mkdir(path.join(root, '.build'), { recursive: true })
  folder = await mkdtemp(path.join(root, '.build', 'thread-test-'))
  threadFile = path.join(folder, 'inference-thread.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['lib/nilm/inference-thread.ts'],
    outfile: threadFile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  })
})
afterAll(() => rm(folder, { recursive: true }))

describe('createThreadedEngine', { timeout: 60_000 }, () => {
  it('gives the same as the engine in process, checkpoints included, with many buildings on two threads', async () => {
    const threaded = await createThreadedEngine({ modelDir, threads: 2, threadFile })
    const inProcess = await createInProcessEngine({ modelDir })
    expect(threaded.model).toEqual(inProcess.model)
    expect(threaded.replaySeconds).toBe(inProcess.replaySeconds)
    const buildings = ['a', 'b', 'c', 'd', 'e']
    await Promise.all(
      buildings.map(async (id, i) => {
        const readings = readingsOf(householdPowers(300, i + 1))
        const answers = await Promise.all(
          [threaded, inProcess].map(async (engine) => {
            await engine.open(id)
            await engine.push(id, readings.slice(0, 100))
            const checkpoint = await engine.checkpoint(id)
            await engine.closeBuilding(id)
            await engine.open(id, { checkpoint, history: readings.slice(0, 100) })
            return { checkpoint, ...(await engine.push(id, readings.slice(100))), inferenceMilliseconds: 0 }
          }),
        )
        expect(answers[0]).toEqual(answers[1])
      }),
    )
    await Promise.all([threaded.close(), inProcess.close()])
  })

  it('runs the calls for one building in the order they were made', async () => {
    const engine = await createThreadedEngine({ modelDir, threads: 1, threadFile })
    const readings = readingsOf(householdPowers(90))
    const opened = engine.open('a')
    const results = await Promise.all(readings.map((reading) => engine.push('a', [reading])))
    await opened
    expect(results.map((result) => result.bufferSeconds)).toEqual(readings.map((_, i) => i + 1))
    await engine.close()
  })

  it('warms the window with history and says nothing about it', async () => {
    const engine = await createInProcessEngine({ modelDir, windowSeconds: 200 })
    await engine.open('a', { history: readingsOf(householdPowers(200)) })
    const result = await engine.push('a', readingsOf([150], 1, NOON + 200))
    expect(result.bufferSeconds).toBe(200)
    expect(result.provisional.map((second) => second.timestampSeconds)).toEqual([NOON + 201])
    await engine.close()
  })

  it('passes on what is wrong with a call, and works on', async () => {
    const engine = await createThreadedEngine({ modelDir, threads: 1, threadFile })
    await expect(engine.push('a', [])).rejects.toThrow('Building a is not open.')
    await engine.open('a')
    await expect(engine.open('a')).rejects.toThrow('open already')
    await engine.push('a', readingsOf([100]))
    await expect(engine.push('a', readingsOf([100]))).rejects.toThrow('newer')
    await expect(engine.push('a', readingsOf([100], 1, NOON + 1))).resolves.toMatchObject({ bufferSeconds: 2 })
    await engine.close()
    await expect(engine.push('a', readingsOf([100], 1, NOON + 9))).rejects.toThrow('closed')
  })

  it('rejects the calls a dying thread owes, and every later one, with its reason', async () => {
    const dying = path.join(folder, 'dying.mjs')
    await writeFile(
      dying,
      `import { parentPort } from 'node:worker_threads'
       parentPort.on('message', () => { throw new Error('out of memory') })
       parentPort.postMessage({ type: 'ready', model: {}, replaySeconds: 0 })`,
    )
    const engine = await createThreadedEngine({ modelDir, threads: 1, threadFile: dying })
    await expect(engine.open('a')).rejects.toThrow(/Inference thread 1 of 1 stopped \(out of memory\)/)
    await expect(engine.push('a', [])).rejects.toThrow('stopped')
    await engine.close()
  })

  it('does not start without its bundle or with a device that is not there', async () => {
    await expect(createThreadedEngine({ modelDir, threads: 1, threadFile: '/nowhere.mjs' })).rejects.toThrow('/nowhere.mjs')
    if (modelDir !== SHIPPED_MODEL_DIR) return
    await expect(createThreadedEngine({ modelDir, threads: 2, threadFile, device: 'cuda' })).rejects.toThrow('DEVICE=cuda')
  })
})
