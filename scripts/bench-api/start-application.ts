import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { childEnvironment } from '@/lib/env'

const READY_MILLISECONDS = 60_000

/** The built application, alone: pages and API, without workers. @throws Error where it was not built, or does not start */
export async function startApplication(port: number): Promise<{ url: string; stop(): Promise<void> }> {
  if (!existsSync('.next/BUILD_ID')) throw new Error('The application is not built. Run `npm run build` first.')
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)], {
    env: childEnvironment({ NEXTAUTH_URL: url, NODE_ENV: 'production' }),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const exited = once(child, 'exit')
  const stop = async () => {
    child.kill()
    await exited
  }
  const deadline = Date.now() + READY_MILLISECONDS
  while (Date.now() < deadline && child.exitCode === null) {
    const isUp = await fetch(`${url}/api/health/live`, { signal: AbortSignal.timeout(2000) }).then(({ ok }) => ok, () => false)
    if (isUp) return { url, stop }
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  await stop()
  throw new Error(`The application did not start on port ${port}.`)
}
