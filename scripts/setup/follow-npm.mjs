// npm passes a SIGTERM on to the shell it runs the script in, and that shell dies without telling what it started.
const LOOK_EVERY_MILLISECONDS = 500

/** Started by npm, this process ends in order (SIGTERM to itself) once what started it is gone. */
export function followNpm() {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MILLISECONDS)
  timer.unref()
}
