import { execFileSync, spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import path from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '@/lib/infra/ports'
import {
  endProcess,
  logLength,
  logSince,
  makeFolder,
  openLog,
  processIsAlive,
  readState,
  waitUntil,
  watchProcess,
  writeState,
} from '@/lib/infra/private-server'

export interface RedisServer {
  url: string
  /** True when a server left over from an earlier, killed process was found running and taken over. */
  reused: boolean
  /** Stops the server, also one that was taken over. */
  stop(): Promise<void>
}

export interface RedisOptions {
  /** The server's files go to `redis` below this folder. */
  dataDir: string
  /** Whether every write goes to a log on disk, so that nothing is lost when the server dies. */
  appendOnly: boolean
  /** The port of its first start, if it is free then; by default any. */
  preferredPort?: number
  say?: (sentence: string) => void
}

interface State {
  port: number
}

interface Private {
  program: string
  folder: string
  stateFile: string
  logFile: string
  appendOnly: boolean
  state: State
}

/** XAUTOCLAIM, which takes over a dead worker's samples, came with 6.2. */
const OLDEST_VERSION = [6, 2] as const

/**
 * Starts, or takes over, a Redis or Valkey of our own on loopback below `dataDir`, from the program on the PATH.
 * Should it die it is started again until `stop()`. @returns null where the machine has no such program
 */
export async function startRedis({ dataDir, appendOnly, preferredPort = 0, say = () => {} }: RedisOptions): Promise<RedisServer | null> {
  const program = findProgram()
  if (!program) return null
  const root = path.resolve(dataDir)
  const folder = path.join(root, 'redis')
  makeFolder(root)
  makeFolder(folder)
  const stateFile = path.join(root, 'redis.json')
  const logFile = path.join(root, 'logs', 'redis.log')
  const known = readState<State>(stateFile)
  const server: Private = { program, folder, stateFile, logFile, appendOnly, state: known ?? { port: preferredPort } }
  const existing = known ? await pidOfOurs(server) : null
  let pid = existing ?? (await startProcess(server))
  const endWatch = watchProcess(
    () => pid,
    async () => {
      pid = (await pidOfOurs(server)) ?? (await startProcess(server))
      say('Redis had stopped and was started again.')
    },
    (error) => say(`Redis is down: ${error.message}`),
  )
  return {
    url: `redis://127.0.0.1:${server.state.port}`,
    reused: existing !== null,
    async stop() {
      endWatch()
      await endProcess(pid, [['SIGTERM', 10_000], ['SIGKILL', 2_000]])
    },
  }
}

/** The first of redis-server and valkey-server that runs here and is new enough. */
export function findProgram(): string | null {
  for (const program of ['redis-server', 'valkey-server']) {
    try {
      const text = execFileSync(program, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'], timeout: 5_000 }).toString()
      const [, major, minor] = /v=(\d+)\.(\d+)/.exec(text) ?? []
      if (isNewEnough(Number(major), Number(minor))) return program
    } catch {
      // Not on the PATH, or does not run here.
    }
  }
  return null
}

const isNewEnough = (major: number, minor: number) =>
  major > OLDEST_VERSION[0] || (major === OLDEST_VERSION[0] && minor >= OLDEST_VERSION[1])

async function startProcess(server: Private): Promise<number> {
  let lastProblem = ''
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await freePort(server.state.port)
    writeState(server.stateFile, (server.state = { port }))
    const outcome = await tryToStart(server)
    if (typeof outcome === 'number') return outcome
    lastProblem = outcome
  }
  throw new Error(`Redis did not start: ${lastProblem} Its log is ${server.logFile}.`)
}

/** @returns the pid of a server that answers, or why there is none */
async function tryToStart(server: Private): Promise<number | string> {
  const log = openLog(server.logFile)
  const logStart = logLength(server.logFile)
  // A process group of its own, so that Ctrl-C reaches the processes that use it before it; no pipe, so that it outlives us.
  const child = spawn(server.program, settings(server), { cwd: server.folder, detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  let exited = false
  child.once('error', () => (exited = true)).once('exit', () => (exited = true))
  child.unref()
  await waitUntil(async () => exited || (await pidOfOurs(server)) !== null, 30_000)
  if (!exited && child.pid && processIsAlive(child.pid)) return child.pid
  return logSince(server.logFile, logStart).trim().split('\n').at(-1) ?? 'it ended without a message.'
}

function settings({ state, folder, appendOnly }: Private): string[] {
  return [
    ...['--bind', '127.0.0.1', '--protected-mode', 'yes', '--port', String(state.port)],
    ...['--dir', folder, '--daemonize', 'no', '--save', ''],
    // `everysec` answers writes it has not written yet while a flush takes long; a server killed then loses them.
    ...['--appendonly', appendOnly ? 'yes' : 'no', '--appendfsync', 'always'],
    ...['--maxmemory-policy', 'noeviction'],
  ]
}

/** The pid of the server on the remembered port, if it is the one that keeps its files in our folder. */
async function pidOfOurs({ state, folder }: Private): Promise<number | null> {
  const client = new Redis({
    host: '127.0.0.1',
    port: state.port,
    lazyConnect: true,
    connectTimeout: 2_000,
    commandTimeout: 2_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const [, servesFrom] = (await client.config('GET', 'dir')) as [string, string]
    if (servesFrom !== folder) return null
    const info = await client.info()
    if (/^loading:1/m.test(info)) return null
    return Number(/process_id:(\d+)/.exec(info)?.[1])
  } catch {
    return null
  } finally {
    client.disconnect()
  }
}
