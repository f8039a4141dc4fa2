import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a model does with what it is sent. */
export type ModelTurn =
  | { kind: 'call'; tool: string; arguments: Record<string, unknown> }
  | { kind: 'text'; text: string }
  | { kind: 'error'; status: number; body: unknown; headers?: Record<string, string> }
  /** Says nothing and does not end. */
  | { kind: 'hang' }
  /** Says a text and does not end. */
  | { kind: 'halt'; text: string }
  /** Breaks the connection off in the middle of a text. */
  | { kind: 'break'; text: string }

export interface AskedModel {
  path: string
  headers: IncomingMessage['headers']
  /** The request's JSON. */
  body: Record<string, unknown>
  /** Results of tools that the request carries, as text, oldest first. */
  toolResults: string[]
}

/** Decides what the model says to a request; the number of earlier requests tells where in a script it is. */
export type ModelScript = (asked: AskedModel, requestsBefore: number) => ModelTurn

export interface ModelServer {
  url: string
  asked: AskedModel[]
  stop(): Promise<void>
}

export const USAGE = { input: 120, output: 30 }

interface Protocol {
  toolResults(body: Record<string, unknown>): string[]
  /** Server-sent events of a turn, in the order a real server sends them. */
  events(turn: Extract<ModelTurn, { kind: 'call' | 'text' | 'halt' | 'break' }>): string[]
}

/** A server on this machine that speaks a provider's wire protocol, with a script in place of a model. */
export async function startModelServer(protocol: Protocol, script: ModelScript): Promise<ModelServer> {
  const asked: AskedModel[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
    const seen: AskedModel = { path: request.url ?? '', headers: request.headers, body, toolResults: protocol.toolResults(body) }
    const turn = script(seen, asked.length)
    asked.push(seen)
    await play(turn, response, protocol)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${port}`, asked, stop }
}

async function play(turn: ModelTurn, response: ServerResponse, protocol: Protocol): Promise<void> {
  if (turn.kind === 'hang') return
  if (turn.kind === 'error') {
    response.writeHead(turn.status, { 'content-type': 'application/json', ...turn.headers }).end(JSON.stringify(turn.body))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const events = protocol.events(turn)
  // A text that halts has been said, but neither its end nor what it cost.
  const sent = { call: events.length, text: events.length, break: Math.ceil(events.length / 2), halt: events.length - 3 }
  for (const event of events.slice(0, sent[turn.kind])) {
    response.write(event)
    // Each event a packet of its own, as over a network.
    await new Promise((resolve) => setImmediate(resolve))
  }
  if (turn.kind === 'break') response.destroy()
  else if (turn.kind !== 'halt') response.end()
}

/** A text in pieces that cut through words and numbers, as tokens do. */
export const pieces = (text: string, length = 5): string[] => text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? []
