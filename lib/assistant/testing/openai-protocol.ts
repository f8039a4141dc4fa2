import { randomUUID } from 'node:crypto'
import { type ModelScript, type ModelServer, type ModelTurn, pieces, startModelServer, USAGE } from './model-server'

/** Chat Completions, streamed: data lines of chunks, and [DONE]. */
export const startOpenAiServer = (script: ModelScript): Promise<ModelServer> => start(script, 5)

/** The same as Ollama speaks it: a call of a tool comes whole, in one chunk. */
export const startOllamaServer = (script: ModelScript): Promise<ModelServer> => start(script, Infinity)

function start(script: ModelScript, argumentCharacters: number): Promise<ModelServer> {
  return startModelServer(
    {
      toolResults(body) {
        const messages = body.messages as { role: string; content: string }[]
        return messages.filter(({ role }) => role === 'tool').map(({ content }) => content)
      },
      events(turn) {
        const id = `chatcmpl-${randomUUID()}`
        const chunk = (delta: object, finish: string | null = null) => ({
          id,
          object: 'chat.completion.chunk',
          created: Math.floor(Date.now() / 1000),
          model: 'test-model',
          choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
        })
        const body =
          turn.kind === 'call'
            ? [...callDeltas(turn, argumentCharacters).map((delta) => chunk(delta)), chunk({}, 'tool_calls')]
            : [chunk({ role: 'assistant', content: '' }), ...pieces(turn.text).map((content) => chunk({ content })), chunk({}, 'stop')]
        const usage = { prompt_tokens: USAGE.input, completion_tokens: USAGE.output, total_tokens: USAGE.input + USAGE.output }
        const last = { ...chunk({}), choices: [], usage }
        return [...[...body, last].map((data) => `data: ${JSON.stringify(data)}\n\n`), 'data: [DONE]\n\n']
      },
    },
    script,
  )
}

function callDeltas({ tool, arguments: given }: Extract<ModelTurn, { kind: 'call' }>, argumentCharacters: number): object[] {
  const text = JSON.stringify(given)
  const [first, rest] = argumentCharacters < text.length ? ['', pieces(text, argumentCharacters)] : [text, []]
  const named = { index: 0, id: `call_${randomUUID()}`, type: 'function', function: { name: tool, arguments: first } }
  const more = rest.map((part) => ({ tool_calls: [{ index: 0, function: { arguments: part } }] }))
  return [{ role: 'assistant', content: null, tool_calls: [named] }, ...more]
}
