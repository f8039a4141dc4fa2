// A worker as a process of its own, so that a test can kill it as a crash would.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { childEnvironment } from '@/lib/env'

export interface WorkerProcess {
  pid: number
  kill(): Promise<void>
  /** SIGTERM, and waits for the orderly end. */
  stop(): Promise<void>
  output(): string
}

export async function startWorker(settings: Record<string, string>, kind: 'inference' | 'mqtt' = 'inference'): Promise<WorkerProcess> {
  const child: ChildProcess = spawn(process.execPath, [`.build/workers/${kind}/main.mjs`], {
    // vitest sets MODE for itself.
    env: childEnvironment({ MODE: 'subscriber', LOG_LEVEL: 'info', ...settings }),
    // The channel ends the worker when the test that started it is gone, however it went.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  const ready = new Promise<void>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('waiting for readings')) resolve()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('exit', (code) => reject(new Error(`The worker ended with ${code}:\n${output}`)))
  })
  await ready
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const exited = once(child, 'exit')
    child.kill(signal)
    await exited
  }
  return { pid: child.pid ?? 0, kill: () => end('SIGKILL'), stop: () => end('SIGTERM'), output: () => output }
}
