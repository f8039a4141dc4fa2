import { rmSync } from 'node:fs'
import path from 'node:path'
import { databaseAnswers } from '@/lib/infra/database-answers'
import { readState, writeState } from '@/lib/infra/private-server'

/** Where the servers of a running `npm start` are, for processes started by hand beside it. */
export interface RunningServers {
  databaseUrl: string
  /** null where PostgreSQL carries the live data. */
  redisUrl: string | null
}

const recordFile = (dataDir: string) => path.join(path.resolve(dataDir), 'servers.json')

export function recordServers(dataDir: string, servers: RunningServers): void {
  writeState(recordFile(dataDir), servers)
}

export function forgetServers(dataDir: string): void {
  rmSync(recordFile(dataDir), { force: true })
}

/** The servers recorded below the first of these folders whose database answers; a launcher that was killed leaves its record. */
export async function findRunningServers(dataDirs: readonly string[]): Promise<RunningServers | null> {
  for (const dataDir of dataDirs) {
    const servers = readState<RunningServers>(recordFile(dataDir))
    if (servers && (await databaseAnswers(servers.databaseUrl))) return servers
  }
  return null
}
