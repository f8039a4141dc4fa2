import { createServer, type AddressInfo } from 'node:net'

/** Whether a server can listen on this port of this address now. */
export async function portIsFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await listenOnce(port, host)) !== null
}

/** A port nobody listens on. The preferred one when it is free, else one the system picks. */
export async function freePort(preferred = 0, host = '127.0.0.1'): Promise<number> {
  const port = (await listenOnce(preferred, host)) ?? (await listenOnce(0, host))
  if (port === null) throw new Error(`No port of ${host} is free.`)
  return port
}

/** The first free port counting up from `first`, leaving out those in `taken`. Port 0 means any. */
export async function nextFreePort(first: number, host = '127.0.0.1', taken: readonly number[] = []): Promise<number> {
  if (first === 0) return freePort(0, host)
  for (let port = first; port <= Math.min(first + 200, 65_535); port++) {
    if (!taken.includes(port) && (await portIsFree(port, host))) return port
  }
  return freePort(0, host)
}

function listenOnce(port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null)
      else reject(new Error(`Cannot listen on ${host}: ${error.message}. Set HOST to an address of this machine.`))
    })
    server.listen({ port, host, exclusive: true }, () => {
      const { port: got } = server.address() as AddressInfo
      server.close(() => resolve(got))
    })
  })
}
