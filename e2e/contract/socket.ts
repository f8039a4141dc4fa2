import { WebSocket } from 'ws'
import { z } from 'zod'
import { readAs, text } from './expectations'

const OPEN_MILLISECONDS = 15_000

const messageSchema = z.object({ type: text, payload: z.looseObject({}) })
export type SocketMessage = z.infer<typeof messageSchema>

export interface Heard {
  messages: SocketMessage[]
  /** The HTTP status or close code of a refusal; null where the socket stayed open. */
  refusal: number | null
}

/** Listens until `isEnough`, a refusal or the end of the time. @throws Error for a message that is not `{type, payload}` */
export function listen(
  url: string,
  headers: Record<string, string>,
  milliseconds: number,
  isEnough: (messages: SocketMessage[]) => boolean,
): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const messages: SocketMessage[] = []
    const socket = new WebSocket(url, { headers, handshakeTimeout: OPEN_MILLISECONDS })
    const timer = setTimeout(() => end(null), milliseconds)
    const end = (refusal: number | null) => {
      clearTimeout(timer)
      socket.removeAllListeners()
      socket.on('error', () => undefined)
      socket.terminate()
      resolve({ messages, refusal })
    }
    socket.on('unexpected-response', (_, response) => end(response.statusCode ?? 0))
    socket.on('close', (code) => end(code))
    socket.on('error', (error) => {
      clearTimeout(timer)
      reject(new Error(`WS ${new URL(url).pathname}: ${error.message}`))
    })
    socket.on('message', (data) => {
      try {
        messages.push(readAs('A WebSocket message', JSON.parse(String(data)), messageSchema))
        if (isEnough(messages)) end(null)
      } catch (error) {
        clearTimeout(timer)
        socket.terminate()
        reject(error as Error)
      }
    })
  })
}
