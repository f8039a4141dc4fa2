import { randomUUID } from 'node:crypto'
import { type ModelScript, type ModelServer, pieces, startModelServer, USAGE } from './model-server'

/** Chat Completions, streamed: data lines of chunks, and [DONE]. */
export function startOpenAiServer(script: ModelScript): Promise<ModelServer> {
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
            ? [
                chunk({
                  role: 'assistant',
                  content: null,
                  tool_calls: [{ index: 0, id: `call_${randomUUID()}`, type: 'function', function: { name: turn.tool, arguments: '' } }],
                }),
                ...pieces(JSON.stringify(turn.arguments)).map((part) => chunk({ tool_calls: [{ index: 0, function: { arguments: part } }] })),
                chunk({}, 'tool_calls'),
              ]
            : [chunk({ role: 'assistant', content: '' }), ...pieces(turn.text).map((content) => chunk({ content })), chunk({}, 'stop')]
        const usage = { prompt_tokens: USAGE.input, completion_tokens: USAGE.output, total_tokens: USAGE.input + USAGE.output }
        const last = { ...chunk({}), choices: [], usage }
        return [...[...body, last].map((data) => `data: ${JSON.stringify(data)}\n\n`), 'data: [DONE]\n\n']
      },
    },
    script,
  )
}
