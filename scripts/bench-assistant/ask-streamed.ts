import { chatEventSchema, type ChatEvent } from '@/lib/contracts/chat'
import { quantile } from '@/lib/domain/always-on'

const TIMEOUT_MILLISECONDS = 60_000

export interface StreamedTimes {
  /** Milliseconds from sending the question until the first words, and until the end of the answer, were read. */
  firstWords: number
  whole: number
  isCached: boolean
}

/** Asks over POST /api/chat/stream as the chat page does. @throws Error where there is no answer */
export async function askStreamed(base: string, token: string, body: { message: string; site_id: string }): Promise<StreamedTimes> {
  const started = performance.now()
  const response = await fetch(`${base}/api/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  })
  if (!response.ok || !response.body) throw new Error(`“${body.message}” answers ${response.status}: ${(await response.text()).slice(0, 200)}`)
  let firstWords: number | null = null
  for await (const event of eventsOf(response.body)) {
    if (event.type === 'delta') firstWords ??= performance.now() - started
    if (event.type === 'error') throw new Error(`“${body.message}” ends with: ${event.detail}`)
    if (event.type === 'done') {
      const whole = performance.now() - started
      return { firstWords: firstWords ?? whole, whole, isCached: event.answer.cached }
    }
  }
  throw new Error(`The answer to “${body.message}” broke off.`)
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ChatEvent> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of body) {
    text += decoder.decode(part, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '))
      if (data) yield chatEventSchema.parse(JSON.parse(data.slice(6)))
    }
  }
}

export function printTimes(name: string, times: readonly StreamedTimes[]): void {
  if (times.length === 0) return
  const at = (what: 'firstWords' | 'whole', share: number) => quantile(times.map((one) => one[what]), share).toFixed(0)
  const cells = [at('firstWords', 0.5).padStart(15), at('firstWords', 0.95).padStart(5), at('whole', 0.5).padStart(18), at('whole', 0.95).padStart(5)]
  console.log(`${cells.join(' ')}   ${name} (${times.length})`)
}
