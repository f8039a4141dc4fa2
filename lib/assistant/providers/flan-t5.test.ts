import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { eventsOf, sampleRequest } from '../testing/sample-request'
import { keywordPlanner, plainWording } from '../testing/test-parts'
import { FlanT5Provider } from './flan-t5'

const { folder, remove } = scratchFolder()
afterAll(remove)
const SETTINGS = { cacheDir: path.join(folder, 'cache'), device: 'cpu', threads: 1, timeoutSeconds: 60 } as const
/** A T5 that the project makes itself, in the folder it is shipped in. It writes plans, not prose: its words are not looked at. */
const REAL_T5 = 'models/assistant'
const open = (modelName: string, timeoutSeconds = 60) =>
  new FlanT5Provider({ ...SETTINGS, modelName, timeoutSeconds }, keywordPlanner, plainWording)

describe('a T5 through transformers.js', () => {
  it('has the planner ask, then words the answer itself, with its own token counts', { timeout: 120_000 }, async () => {
    const events = await eventsOf(open(REAL_T5), sampleRequest({ maxTokens: 8 }))
    expect([...new Set(events.map(({ type }) => type))]).toEqual(['plan', 'call', 'result', 'text', 'done'])
    const done = events.at(-1)
    const planned = { input: 10, output: 5 }
    expect(done?.type === 'done' && done.tokens.input).toBeGreaterThan(planned.input + 20)
    expect(done?.type === 'done' && done.tokens.output).toBeLessThanOrEqual(planned.output + 8 + 1)
  })

  it('leaves to the templates what needs no facts', async () => {
    const events = await eventsOf(open(path.join(folder, 'never-loaded')), sampleRequest({ question: 'hello' }))
    expect(events).toContainEqual({ type: 'worded', segments: [{ text: 'Hello. Ask me about your electricity.' }] })
  })

  it('says so where the folder holds no model, or a broken one', { timeout: 120_000 }, async () => {
    const provider = open(path.join(folder, 'empty'))
    expect(await provider.problem()).toContain('no model in the folder empty')
    writeFileSync(path.join(folder, 'config.json'), '{"model_type": "t5"}')
    await expect(eventsOf(open(folder))).rejects.toMatchObject({ kind: 'bad_model', message: expect.stringContaining('MODEL_NAME') })
  })

  it('answers one at a time, lets eight wait, and tells the next one that it is busy', { timeout: 120_000 }, async () => {
    const provider = open(REAL_T5)
    const asked = Array.from({ length: 10 }, () => eventsOf(provider, sampleRequest({ maxTokens: 4 })))
    const refused = (await Promise.allSettled(asked)).filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => reason as unknown)).toEqual([
      expect.objectContaining({ kind: 'busy', message: expect.stringMatching(/^flan-t5 is busy: 9 questions/) }),
    ])
  })

  it('gives up after its time, and stops when asked', { timeout: 120_000 }, async () => {
    await expect(eventsOf(open(REAL_T5, 0.001), sampleRequest({ maxTokens: 500 }))).rejects.toMatchObject({ kind: 'timeout' })
    const abort = new AbortController()
    const reason = new Error('heard enough')
    const stopped = eventsOf(open(REAL_T5), sampleRequest({ maxTokens: 500 }), abort.signal)
    abort.abort(reason)
    await expect(stopped).rejects.toBe(reason)
  })
})
