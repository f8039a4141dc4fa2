import { mkdirSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import path from 'node:path'

/** What the private PostgreSQL and the private Redis have in common: a folder, a remembered state, a process to watch. */

const LOG_LIMIT_BYTES = 10_000_000

/** Creates a folder. @throws Error that names the folder and what to do when that is impossible */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
    const probe = path.join(folder, '.writable')
    writeFileSync(probe, 'x')
    rmSync(probe)
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'the disk is full' : (error as Error).message
    throw new Error(`The data folder ${folder} cannot be written: ${reason}. Make it writable or set DATA_DIR to another one.`)
  }
}

/** @throws Error when the disk under `folder` has less than `bytes` free */
export function requireFreeSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= bytes) return
  const megabytes = (value: number) => Math.floor(value / 1_000_000)
  throw new Error(
    `The disk under ${folder} has ${megabytes(free)} MB free and PostgreSQL needs ${megabytes(bytes)} MB. ` +
      'Free some space or set DATA_DIR to another disk.',
  )
}

export function readState<State>(file: string): State | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new Error(`${file} belongs to another account. Start as that account, or set DATA_DIR to another folder.`)
    }
    return null
  }
}

/** Readable by its owner only: the state holds passwords. Written beside and renamed, so it is never half there. */
export function writeState(file: string, state: object): void {
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

/** Opens a server's log for appending; one that grew large starts anew. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true })
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT_BYTES) truncateSync(file)
  return openSync(file, 'a', 0o600)
}

export function logLength(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** What was written to a log after its first `from` bytes. */
export function logSince(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8')
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A process's command line where the system shows it, else null. Pids are reused: this tells whose it is now. */
export function commandLine(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return null
  }
}

/** Waits until `done` says true. @returns false when that took longer than the time given */
export async function waitUntil(done: () => boolean | Promise<boolean>, milliseconds: number, every = 50): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (!(await done())) {
    if (Date.now() > deadline) return false
    await sleep(every)
  }
  return true
}

/** Signals a process in turn until it is gone: each entry is a signal and the milliseconds it gets. */
export async function endProcess(pid: number, plan: readonly [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, milliseconds] of plan) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    if (await waitUntil(() => !processIsAlive(pid), milliseconds)) return
  }
}

/**
 * Calls `restart` when the process is found dead, with growing pauses while that fails.
 * @returns a function that ends the watch
 */
export function watchProcess(currentPid: () => number, restart: () => Promise<void>, failed: (error: Error) => void): () => void {
  let ended = false
  void (async () => {
    let pauseMilliseconds = 500
    while (!ended) {
      await sleep(pauseMilliseconds, undefined, { ref: false })
      if (ended || processIsAlive(currentPid())) {
        pauseMilliseconds = 500
        continue
      }
      try {
        await restart()
      } catch (error) {
        pauseMilliseconds = Math.min(pauseMilliseconds * 2, 30_000)
        failed(error as Error)
      }
    }
  })()
  return () => {
    ended = true
  }
}

function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z'
  } catch {
    return false
  }
}
