import { spawn } from 'node:child_process'
import path from 'node:path'
import { childEnvironment } from '@/lib/env'
import { waitUntil } from '@/lib/infra/private-server'

export interface LauncherOptions {
  dataDir: string
  port: number
  gatewayPort: number
  environment?: Record<string, string>
}

export interface LauncherProcess {
  pid: number
  /** All it printed so far. */
  output(): string
  /** Waits for the printed address. @throws Error with the output when it ends before, or takes longer */
  ready(milliseconds: number): Promise<string>
  signal(signal: NodeJS.Signals): void
  /** Waits for the end. @returns the exit code; null when a signal ended it */
  ended(milliseconds: number): Promise<number | null>
  /** Ctrl-C, and SIGKILL when that does not help. */
  stop(): Promise<void>
}

const READY_LINE = /Undercurrent is running:\s+(http:\S+)/

/** Runs `npm start`'s script as a person would, against a data folder of its own. */
export function startLauncher({ dataDir, port, gatewayPort, environment = {} }: LauncherOptions): LauncherProcess {
  const root = path.resolve(import.meta.dirname, '../..')
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    // Empty counts as unset: neither the test run's servers nor its NODE_ENV are the application's.
    env: childEnvironment({
      NODE_ENV: '',
      DATABASE_URL: '',
      REDIS_URL: '',
      REDIS_HOST: '',
      NEXTAUTH_URL: '',
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      GATEWAY_PORT: String(gatewayPort),
      ...environment,
    }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const take = (chunk: Buffer) => (output += chunk.toString())
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const ended = async (milliseconds: number) => {
    if (!(await waitUntil(hasEnded, milliseconds))) throw new Error(`The launcher did not end. It said:\n${output}`)
    return child.exitCode
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    async ready(milliseconds) {
      await waitUntil(() => READY_LINE.test(output) || hasEnded(), milliseconds)
      const address = READY_LINE.exec(output)?.[1]
      if (!address) throw new Error(`The application did not start. The launcher said:\n${output}`)
      return address
    },
    signal: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill('SIGINT')
      await ended(60_000).catch(() => child.kill('SIGKILL'))
    },
  }
}
