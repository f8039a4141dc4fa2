import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { childEnvironment } from '@/lib/env'
import { logLength, logSince, openLog, waitUntil } from '@/lib/infra/private-server'
import { say, seconds } from '../setup/announce.mjs'
import { restartPauseMilliseconds } from './restart-pause'

export interface ChildPlan {
  name: string
  /** The script Node runs. */
  file: string
  args: string[]
  environment?: Record<string, string>
  /** Children with a lower rank stop first. */
  stopRank: number
  /** How long it may take to stop before it is killed. */
  stopMilliseconds: number
}

interface Running {
  plan: ChildPlan
  process: ChildProcess | null
  startedAt: number
  quickDeaths: number
  retry?: NodeJS.Timeout
}

/**
 * The launcher's child processes: each in a process group of its own, so that Ctrl-C reaches the launcher alone and stopping is
 * in its order; each with an IPC channel, by which it notices when the launcher is gone. One that dies is started again.
 */
export class Children {
  private readonly running = new Map<string, Running>()
  private readonly oneShots = new Set<ChildProcess>()
  private stopping = false

  constructor(
    private readonly root: string,
    private readonly logDir: string,
    /** Called whenever the set of pids changed. */
    private readonly onChange: () => void,
  ) {}

  pids(): number[] {
    const processes = [...[...this.running.values()].map(({ process: child }) => child), ...this.oneShots]
    return processes.flatMap((child) => (child?.pid && child.exitCode === null ? [child.pid] : []))
  }

  isRunning(name: string): boolean {
    return this.running.get(name)?.process != null
  }

  logFile(name: string): string {
    return path.join(this.logDir, `${name.replaceAll(' ', '-')}.log`)
  }

  start(plan: ChildPlan): void {
    if (!existsSync(plan.file)) throw new Error(`The ${plan.name} is missing: ${plan.file} was not built.`)
    const running: Running = { plan, process: null, startedAt: 0, quickDeaths: 0 }
    this.running.set(plan.name, running)
    this.spawn(running)
  }

  /** Runs a script to its end, passing its lines on. @returns its exit code and last line */
  async runOnce(name: string, file: string, onLine: (line: string) => void): Promise<{ code: number | null; lastLine: string }> {
    const log = openLog(this.logFile(name))
    const child = spawn(process.execPath, this.nodeArguments(file), {
      env: childEnvironment({}),
      detached: true,
      stdio: ['ignore', 'pipe', log, 'ipc'],
    })
    closeSync(log)
    this.oneShots.add(child)
    this.onChange()
    let lastLine = ''
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (!line.trim()) return
        lastLine = line.trim()
        onLine(lastLine)
      })
    }
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve).once('error', () => resolve(1)))
    this.oneShots.delete(child)
    this.onChange()
    return { code, lastLine: lastLine || lastLineOf(this.logFile(name), 0) }
  }

  /** Stops all, rank by rank, each within its own time; what is left of a group after that is killed. */
  async stop(): Promise<void> {
    this.stopping = true
    for (const child of this.oneShots) signalGroup(child, 'SIGTERM')
    const all = [...this.running.values()]
    for (const { retry } of all) clearTimeout(retry)
    const ranks = [...new Set(all.map(({ plan }) => plan.stopRank))].sort((a, b) => a - b)
    for (const rank of ranks) {
      await Promise.all(all.filter(({ plan }) => plan.stopRank === rank).map((running) => stopOne(running)))
    }
    this.kill()
  }

  /** Ends every child and its children at once. */
  kill(): void {
    for (const { process: child } of this.running.values()) if (child) signalGroup(child, 'SIGKILL')
    for (const child of this.oneShots) signalGroup(child, 'SIGKILL')
  }

  private nodeArguments(file: string): string[] {
    const parentWatch = pathToFileURL(path.join(this.root, 'scripts/launch/parent-watch.mjs')).href
    // Only our bundles have source maps; reading those of packages would slow Next down.
    const sourceMaps = file.endsWith('.mjs') ? ['--enable-source-maps'] : []
    return [...sourceMaps, '--import', `${parentWatch}?launcher=${process.pid}`, file]
  }

  private spawn(running: Running): void {
    const { plan } = running
    const file = this.logFile(plan.name)
    const logStart = logLength(file)
    const log = openLog(file)
    const child = spawn(process.execPath, [...this.nodeArguments(plan.file), ...plan.args], {
      cwd: this.root,
      env: childEnvironment(plan.environment ?? {}),
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    running.process = child
    running.startedAt = Date.now()
    child.once('error', (error) => say(`The ${plan.name} could not be started: ${error.message}`))
    child.once('exit', (code, signal) => {
      running.process = null
      if (this.stopping) return
      signalGroup(child, 'SIGKILL')
      this.restartLater(running, signal ?? `exit code ${code}`, lastLineOf(file, logStart))
      this.onChange()
    })
    this.onChange()
  }

  private restartLater(running: Running, how: string, lastLine: string): void {
    const { plan } = running
    const livedMilliseconds = Date.now() - running.startedAt
    const { pauseMilliseconds, quickDeaths } = restartPauseMilliseconds(livedMilliseconds, running.quickDeaths)
    running.quickDeaths = quickDeaths
    const hint = lastLine && quickDeaths <= 2 ? `\n  ${lastLine.slice(0, 300)}` : ''
    say(`The ${plan.name} ended (${how}); starting it again in ${seconds(pauseMilliseconds)}. Log: ${this.logFile(plan.name)}${hint}`)
    running.retry = setTimeout(() => this.spawn(running), pauseMilliseconds)
  }
}

async function stopOne({ process: child, plan }: Running): Promise<void> {
  if (!child) return
  child.kill('SIGTERM')
  await waitUntil(() => child.exitCode !== null || child.signalCode !== null, plan.stopMilliseconds)
  signalGroup(child, 'SIGKILL')
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (!child.pid) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The whole group has ended.
  }
}

function lastLineOf(file: string, from: number): string {
  return logSince(file, from).trim().split('\n').at(-1) ?? ''
}
