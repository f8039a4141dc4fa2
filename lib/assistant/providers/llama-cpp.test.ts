import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TOOL_ARGUMENTS } from '@/lib/contracts/assistant'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { eventsOf, sampleRequest } from '../testing/sample-request'
import { writeTinyGguf } from '../testing/tiny-gguf'
import { LlamaCppProvider } from './llama-cpp'
import { loadLlamaModule } from './llama-module'

const { folder, remove } = scratchFolder()
afterAll(remove)
const SETTINGS = { threads: 1, contextTokens: 4096, useGpu: false, timeoutSeconds: 120 }
const isInstalled = await loadLlamaModule().then(() => true, () => false)

describe('a llama-cpp provider', () => {
  it('says which setting is missing or wrong, without loading anything', async () => {
    expect(await new LlamaCppProvider({ ...SETTINGS, modelPath: '' }).problem()).toContain('MODEL_PATH is not set')
    expect(await new LlamaCppProvider({ ...SETTINGS, modelPath: path.join(folder, 'none.gguf') }).problem()).toContain('none.gguf is not there')
  })
})

describe.skipIf(isInstalled)('without node-llama-cpp', () => {
  it('says how to install it', async () => {
    const file = path.join(folder, 'any.gguf')
    writeFileSync(file, 'GGUF')
    const provider = new LlamaCppProvider({ ...SETTINGS, modelPath: file })
    await expect(eventsOf(provider)).rejects.toMatchObject({ kind: 'not_configured', message: expect.stringContaining('npm run llama:install') })
  })
})

describe.skipIf(!isInstalled)('a GGUF file in this process', () => {
  const file = path.join(folder, 'tiny.gguf')
  if (isInstalled) writeTinyGguf(file)
  const provider = new LlamaCppProvider({ ...SETTINGS, modelPath: file })

  it('asks the tools only in ways they take, though its weights are random, and counts its tokens', { timeout: 300_000 }, async () => {
    const events = await eventsOf(provider, sampleRequest({ maxTokens: 20, history: [{ question: 'a?', answer: 'b.' }] }))
    for (const event of events) {
      if (event.type === 'call') expect(TOOL_ARGUMENTS[event.call.tool].safeParse(event.call.arguments).success).toBe(true)
    }
    expect(events.at(-1)).toMatchObject({ type: 'done', tokens: { input: expect.any(Number), output: expect.any(Number) } })
    const done = events.at(-1)
    expect(done?.type === 'done' && done.tokens.input).toBeGreaterThan(100)
  })

  it('answers two at once one after the other, and stops when asked', { timeout: 300_000 }, async () => {
    const abort = new AbortController()
    const [first, stopped] = [eventsOf(provider, sampleRequest({ maxTokens: 10 })), eventsOf(provider, sampleRequest(), abort.signal)]
    const reason = new Error('heard enough')
    abort.abort(reason)
    await expect(stopped).rejects.toBe(reason)
    expect((await first).at(-1)?.type).toBe('done')
  })

  it('lets eight wait, and tells the next one that it is busy', { timeout: 300_000 }, async () => {
    const abort = new AbortController()
    const asked = Array.from({ length: 10 }, () => eventsOf(provider, sampleRequest(), abort.signal))
    await expect(asked.at(-1)).rejects.toMatchObject({ kind: 'busy', message: expect.stringContaining('tiny.gguf is busy: 9 questions') })
    abort.abort(new Error('enough'))
    expect((await Promise.allSettled(asked)).every(({ status }) => status === 'rejected')).toBe(true)
  })

  it('says so where the file is no model', { timeout: 300_000 }, async () => {
    const broken = path.join(folder, 'broken.gguf')
    writeFileSync(broken, 'this is not a model')
    await expect(eventsOf(new LlamaCppProvider({ ...SETTINGS, modelPath: broken }))).rejects.toMatchObject({
      kind: 'bad_model',
      message: expect.stringContaining('broken.gguf'),
    })
  })
})
