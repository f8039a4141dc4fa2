import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface FoundProcess {
  pid: number
  commandLine: string
}

/**
 * Every living process that was started for a data folder: it is in its environment, its command line, or works there. All three,
 * because PostgreSQL gets an environment of its own and Redis writes its title over both. Linux only.
 */
export function processesOf(dataDir: string): FoundProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const commandLine = read(`/proc/${name}/cmdline`)
      // A zombie has neither; it has ended and only its parent has not noticed.
      const environment = read(`/proc/${name}/environ`).split('\0')
      const isOurs =
        commandLine.includes(dataDir) || environment.includes(`DATA_DIR=${dataDir}`) || folderOf(name).startsWith(dataDir)
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

function folderOf(name: string): string {
  try {
    return readlinkSync(`/proc/${name}/cwd`)
  } catch {
    return ''
  }
}
