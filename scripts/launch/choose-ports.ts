import { env, provideEnv } from '@/lib/env'
import { nextFreePort } from '@/lib/infra/ports'

/** Takes PORT and GATEWAY_PORT when they are free, else the next free ones, and says so. */
export async function choosePorts(say: (sentence: string) => void): Promise<void> {
  const { PORT, GATEWAY_PORT, HOST } = env()
  const port = await nextFreePort(PORT, HOST)
  const gatewayPort = await nextFreePort(GATEWAY_PORT, '127.0.0.1', [port])
  if (PORT && port !== PORT) say(`Port ${PORT} is taken by another program; using ${port}.`)
  if (GATEWAY_PORT && gatewayPort !== GATEWAY_PORT && gatewayPort !== PORT) {
    say(`Port ${GATEWAY_PORT} is taken; the WebSocket gateway uses ${gatewayPort}.`)
  }
  provideEnv({ PORT: String(port), GATEWAY_PORT: String(gatewayPort) })
}
