// Runs one command quietly, into a log file, with a deadline. Node builtins only.
import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import path from 'node:path'

const KEPT_CHARACTERS = 200_000

/** A command that ended badly; `output` is what it said. */
export class CommandFailed extends Error {
  constructor(message, output) {
    super(message)
    this.output = output
  }
}

const running = new Set()

/** Ends every command in progress with all its children. For signal handlers. */
export function killRunningCommands() {
  for (const child of running) killGroup(child, 'SIGKILL')
}

/**
 * @param {{ command: string, args: string[], env?: Record<string, string> }} what
 * @param {{ cwd: string, logFile: string, deadlineMilliseconds: number, onLine?: (line: string) => void }} how
 * @returns {Promise<string>} its output
 * @throws {CommandFailed} when it exits with another code than 0, or takes longer than its deadline
 */
export function runCommand({ command, args, env = {} }, { cwd, logFile, deadlineMilliseconds, onLine }) {
  mkdirSync(path.dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile)
  return new Promise((resolve, reject) => {
    // A process group of its own, so that a deadline ends its children too.
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    let lineRest = ''
    let isLate = false
    const take = (chunk) => {
      log.write(chunk)
      output = (output + chunk).slice(-KEPT_CHARACTERS)
      const lines = (lineRest + chunk).split(/[\r\n]+/)
      lineRest = lines.pop() ?? ''
      if (onLine) for (const line of lines) if (line.trim()) onLine(line)
    }
    child.stdout.setEncoding('utf8').on('data', take)
    child.stderr.setEncoding('utf8').on('data', take)
    const deadline = setTimeout(() => {
      isLate = true
      killGroup(child, 'SIGTERM')
      setTimeout(() => killGroup(child, 'SIGKILL'), 10_000).unref()
    }, deadlineMilliseconds)
    const settle = (problem) => {
      clearTimeout(deadline)
      running.delete(child)
      log.end()
      if (problem) reject(new CommandFailed(problem, output))
      else resolve(output)
    }
    child.once('error', (error) => settle(`${command} could not be started: ${error.message}`))
    // 'exit' rather than 'close': a grandchild that keeps the pipe open must not hang us. The pipe gets a moment to drain.
    child.once('exit', (code, signal) => {
      const problem = isLate
        ? `took longer than ${Math.round(deadlineMilliseconds / 1000)} s and was stopped`
        : code === 0
          ? null
          : `ended with ${signal ?? `exit code ${code}`}`
      let settled = false
      const once = () => {
        if (settled) return
        settled = true
        if (isLate) killGroup(child, 'SIGKILL')
        settle(problem)
      }
      child.once('close', once)
      setTimeout(once, 2_000)
    })
  })
}

function killGroup(child, signal) {
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
  } catch {
    // Gone already.
  }
}
