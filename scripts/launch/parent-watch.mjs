// Loaded into every child before its own code: when the launcher is gone, however it went, the child ends and takes its
// process group along. Workers end in order by themselves; this covers Next, and a worker that hangs.
import { isMainThread } from 'node:worker_threads'

const LAST_RESORT_MILLISECONDS = 7_000

// A child hands this module on to its own forks (Next's development server is one); those watch their parent themselves, and
// would end at once with a channel that does not keep them alive.
const isLaunchersChild = new URL(import.meta.url).searchParams.get('launcher') === String(process.ppid)

if (isMainThread && process.channel && isLaunchersChild) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), LAST_RESORT_MILLISECONDS).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // A listener keeps the channel, and with it the process, alive; a child that has finished must be able to end.
  process.channel.unref()
}
