import os from 'node:os'
import type { ProcessReport } from '@/lib/contracts/processes'

/** How busy this process and its machine were since it was last asked. */
export class UsageMeter {
  private cpu = process.cpuUsage()
  private machineTimes = machineTimes()
  private atMilliseconds = performance.now()

  /** @returns shares since the last call, or since this was made: of one core for the process, of all cores for the machine */
  measure(): { seconds: number; cpuShare: number; machineCpuShare: number } {
    const nowMilliseconds = performance.now()
    const seconds = Math.max(0.001, (nowMilliseconds - this.atMilliseconds) / 1000)
    const cpu = process.cpuUsage()
    const usedSeconds = (cpu.user - this.cpu.user + cpu.system - this.cpu.system) / 1e6
    const times = machineTimes()
    const total = times.total - this.machineTimes.total
    const busy = total - (times.idle - this.machineTimes.idle)
    this.cpu = cpu
    this.machineTimes = times
    this.atMilliseconds = nowMilliseconds
    return {
      seconds,
      cpuShare: usedSeconds / seconds,
      machineCpuShare: total > 0 ? Math.min(1, Math.max(0, busy / total)) : 0,
    }
  }
}

/** Node reads what programs can still have, caches of the system included, not what is merely unused. */
export function machineMemory(): Pick<ProcessReport['machine'], 'memoryBytes' | 'freeMemoryBytes'> {
  return { memoryBytes: os.totalmem(), freeMemoryBytes: os.freemem() }
}

function machineTimes(): { idle: number; total: number } {
  let idle = 0
  let total = 0
  for (const { times } of os.cpus()) {
    idle += times.idle
    total += times.user + times.nice + times.sys + times.idle + times.irq
  }
  return { idle, total }
}
