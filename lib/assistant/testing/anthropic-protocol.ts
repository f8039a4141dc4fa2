import { randomUUID } from 'node:crypto'
import { type ModelScript, type ModelServer, pieces, startModelServer, USAGE } from './model-server'

interface Block {
  type: string
  content?: unknown
}

/** Messages, streamed: named events for the message, its blocks and their deltas. */
export function startAnthropicServer(script: ModelScript): Promise<ModelServer> {
  return startModelServer(
    {
      toolResults(body) {
        const messages = body.messages as { content: string | Block[] }[]
        const blocks = messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content))
        return blocks.filter(({ type }) => type === 'tool_result').map(({ content }) => textOf(content))
      },
      events(turn) {
        const isCall = turn.kind === 'call'
        const usage = { input_tokens: USAGE.input, output_tokens: 1 }
        const message = {
          id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model: 'test-model', content: [], stop_reason: null, stop_sequence: null, usage,
        }
        const block = isCall ? { type: 'tool_use', id: `toolu_${randomUUID()}`, name: turn.tool, input: {} } : { type: 'text', text: '' }
        const deltas = isCall
          ? pieces(JSON.stringify(turn.arguments)).map((part) => ({ type: 'input_json_delta', partial_json: part }))
          : pieces(turn.text).map((text) => ({ type: 'text_delta', text }))
        const events = [
          { type: 'message_start', message },
          { type: 'content_block_start', index: 0, content_block: block },
          { type: 'ping' },
          ...deltas.map((delta) => ({ type: 'content_block_delta', index: 0, delta })),
          { type: 'content_block_stop', index: 0 },
          {
            type: 'message_delta',
            delta: { stop_reason: isCall ? 'tool_use' : 'end_turn', stop_sequence: null },
            usage: { output_tokens: USAGE.output },
          },
          { type: 'message_stop' },
        ]
        return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
      },
    },
    script,
  )
}

const textOf = (content: unknown): string =>
  typeof content === 'string' ? content : (content as { text?: string }[]).map(({ text = '' }) => text).join('')
