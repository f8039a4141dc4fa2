import { readdirSync, readFileSync } from 'node:fs'

export interface FoundProcess {
  pid: number
  commandLine: string
}

/** Every living process that was started for a data folder: it is in its environment or its command line. Linux only. */
export function processesOf(dataDir: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const commandLine = read(`/proc/${name}/cmdline`)
      // A zombie has neither; it has ended and only its parent has not noticed.
      const isOurs = commandLine.includes(dataDir) || read(`/proc/${name}/environ`).split('\0').includes(`DATA_DIR=${dataDir}`)
      return commandLine && isOurs ? [{ pid: Number(name), commandLine: commandLine.replaceAll('\0', ' ').trim() }] : []
    })
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
