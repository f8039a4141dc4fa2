import type { AskedModel, ModelServer, ModelTurn } from '@/lib/assistant/testing/model-server'
import { startOpenAiServer } from '@/lib/assistant/testing/openai-protocol'

/** What the model of the browser tests is called. */
export const MODEL = 'test-model'
/** Words of a question that decide how it answers. */
export const SLOWLY = 'slowly'
export const SILENTLY = 'silently'
export const WITH_A_LIE = 'freely'
export const HOSTILE = 'with links'
export const SAID_FIRST = 'The measurements are being read. '
export const HOSTILE_TEXT =
  'Read **this**: [a page](https://evil.example/a) ![picture](https://evil.example/b.png) <img src=x onerror="document.title=1"> ' +
  '<script>document.title = 2</script>\n\n- one thing\n- another thing'

/**
 * A server on this machine that speaks the protocol of OpenAI, for what the embedded model never does: take its time, say
 * what no measurement supports, write links. It asks the measurements first, as real ones do.
 */
export function startLanguageModel(): Promise<ModelServer> {
  return startOpenAiServer(answerTo)
}

function answerTo({ body, toolResults }: AskedModel): ModelTurn {
  const messages = body.messages as { role: string; content: unknown }[]
  const question = JSON.stringify(messages.findLast(({ role }) => role === 'user')?.content ?? '')
  if (toolResults.length === 0) {
    return { kind: 'call', tool: 'energy_use', arguments: { subject: 'total', measure: 'energy', by: 'none', period: 'yesterday' } }
  }
  if (question.includes(SILENTLY)) return { kind: 'hang' }
  if (question.includes(SLOWLY)) return { kind: 'halt', text: `${SAID_FIRST}One moment. ` }
  if (question.includes(HOSTILE)) return { kind: 'text', text: HOSTILE_TEXT }
  if (question.includes(WITH_A_LIE)) return { kind: 'text', text: `${SAID_FIRST}The dryer used 98765 kWh yesterday.` }
  return { kind: 'text', text: 'That is what I found.' }
}
