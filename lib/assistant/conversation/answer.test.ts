import { expect, it } from 'vitest'
import type { ChatEvent } from '@/lib/contracts/chat'
import { LlamaCppProvider } from '../providers/llama-cpp'
import { ProviderError } from '../providers/provider'
import { DRYER_CALL, dryerResult, sampleRequest } from '../testing/sample-request'
import { ScriptedProvider } from '../testing/scripted-provider'
import { embeddedForTests, testParts } from '../testing/test-parts'
import { answerQuestion } from './answer'
import { Stopped } from './generation'

it('says who answered instead, and of one that is not set up only what it wants', async () => {
  const failing = new ScriptedProvider([[{ fail: new ProviderError('unavailable', 'openai is out of order.') }]])
  const unset = new LlamaCppProvider({ modelPath: '', threads: 1, contextTokens: 512, useGpu: false, timeoutSeconds: 5 })
  const { ground, groundWorded } = testParts()
  const events: ChatEvent[] = []
  const { grounding } = await answerQuestion({
    request: sampleRequest(),
    openTools: () => async (call) => dryerResult(call),
    providers: [failing, unset, embeddedForTests()],
    ground,
    groundWorded,
    signal: new AbortController().signal,
    cache: null,
    push: (event) => events.push(event),
  })
  const missing = 'MODEL_PATH is not set. An administrator has to set it to a GGUF file.'
  const note = `openai is out of order. ${missing} The built-in assistant answered instead.`
  expect(grounding).toMatchObject({ provider: 'embedded', notes: [note] })
  expect(events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))).toEqual([note])
})

it('stops at once, though a tool that calculates does not listen, and leaves what the person had seen', async () => {
  const stopping = new AbortController()
  const { ground, groundWorded } = testParts()
  const model = new ScriptedProvider([[{ say: 'One moment. ' }, { call: DRYER_CALL }, { say: 'The dryer used 2.34 kWh.' }]])
  const answer = await answerQuestion({
    request: sampleRequest(),
    openTools: () => () => {
      stopping.abort(new Stopped())
      return new Promise(() => {})
    },
    providers: [model],
    ground,
    groundWorded,
    signal: stopping.signal,
    cache: null,
    push: () => {},
  })
  expect(answer).toMatchObject({ content: 'One moment.', grounding: { status: 'stopped' } })
})
