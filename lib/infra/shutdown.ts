/**
 * Ordered shutdown of this process. Steps run in reverse order of registration, so what was opened last, and therefore
 * uses what was opened before, closes first. It happens once and has a deadline.
 */
interface Step {
  name: string
  run: () => unknown
}

interface Log {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

const steps: Step[] = []
let running: Promise<void> | undefined
let listening = false
let log: Log | undefined
let deadlineMilliseconds = 10_000

/** Says where shutdown reports to and how long all steps together may take. */
export function configureShutdown(options: { log?: Log; deadlineMilliseconds?: number }): void {
  log = options.log ?? log
  deadlineMilliseconds = options.deadlineMilliseconds ?? deadlineMilliseconds
}

/**
 * Registers a step for SIGTERM, SIGINT, an uncaught error and `shutdown()`. A step that fails does not stop the others.
 * @returns a function that takes the step back
 */
export function onShutdown(name: string, run: () => unknown): () => void {
  listen()
  const step = { name, run }
  steps.push(step)
  return () => {
    const index = steps.indexOf(step)
    if (index >= 0) steps.splice(index, 1)
  }
}

/** Runs every step once and ends the process. Later calls wait for the first. */
export function shutdown(reason: string, exitCode = 0): Promise<void> {
  running ??= (async () => {
    log?.info({ reason }, 'shutting down')
    const deadline = setTimeout(() => {
      log?.error({ deadlineMilliseconds }, 'shutdown took too long, leaving')
      process.exit(exitCode || 1)
    }, deadlineMilliseconds)
    for (const step of [...steps].reverse()) {
      try {
        await step.run()
      } catch (err) {
        log?.error({ err, step: step.name }, 'a shutdown step failed')
      }
    }
    clearTimeout(deadline)
    process.exit(exitCode)
  })()
  return running
}

/**
 * Ends this process, in order, when the one that started it is gone, however it went: the launcher's IPC channel closes
 * even after SIGKILL. Without such a channel, as when started by hand, nothing happens.
 */
export function exitWhenParentDies(): void {
  if (!process.channel) return
  listen()
  process.on('disconnect', () => void shutdown('the process that started this one is gone'))
  // Listening for the disconnect must not keep a process alive that has finished its work.
  process.channel.unref()
}

function listen(): void {
  if (listening) return
  listening = true
  let firstAt = 0
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // Under npm one Ctrl-C arrives twice, at once from the terminal and from npm; only a later one means impatience.
      if (firstAt && Date.now() - firstAt > 1_000) process.exit(130)
      firstAt ||= Date.now()
      void shutdown(signal)
    })
  }
  const fail = (err: unknown) => {
    if (log) log.error({ err }, 'uncaught error')
    else console.error(err)
    void shutdown('uncaught error', 1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
}
