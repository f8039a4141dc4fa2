import type { IncomingMessage } from 'node:http'
import { vi } from 'vitest'
import { WebSocket } from 'ws'
import { type LiveEvent, liveEventSchema } from '@/lib/contracts/live-events'

export interface LiveSocket {
  socket: WebSocket
  /** Everything received so far, in order, checked against the contract. */
  events: LiveEvent[]
  /** The close code. */
  closed: Promise<number>
  /** Resolves with the first event, received already or later, that passes. */
  event(passes: (event: LiveEvent) => boolean): Promise<LiveEvent>
}

export async function openLiveSocket(url: string, headers: Record<string, string>): Promise<LiveSocket> {
  const socket = new WebSocket(url, { headers })
  const events: LiveEvent[] = []
  socket.on('message', (data: Buffer) => events.push(liveEventSchema.parse(JSON.parse(data.toString('utf8')))))
  socket.on('error', () => {})
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const event = (passes: (event: LiveEvent) => boolean) =>
    vi.waitFor(
      () => {
        const found = events.find(passes)
        if (!found) throw new Error('the event has not come yet')
        return found
      },
      { timeout: 20_000, interval: 20 },
    )
  return { socket, events, closed, event }
}

/** The HTTP status with which an upgrade was refused. */
export function refusalStatus(url: string, headers: Record<string, string>): Promise<number | undefined> {
  const socket = new WebSocket(url, { headers })
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      socket.terminate()
      reject(new Error('the socket was opened'))
    })
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      response.resume()
      resolve(response.statusCode)
    })
  })
}
