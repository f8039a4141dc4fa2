import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { freePort, portIsFree } from '@/lib/infra/ports'
import { endProcess, waitUntil } from '@/lib/infra/private-server'
import { findProgram } from '@/lib/infra/redis-server'

export interface RedisProcess {
  url: string
  port: number
  /** kill -9 */
  crash(): Promise<void>
  /** Starts it unless it runs. */
  start(): Promise<void>
  /** Stops it and deletes its files. */
  remove(): Promise<void>
}

/** A Redis of one test's own that can be killed and started again, on the same port with the same files. */
export async function createRedisProcess(settings: string[] = [], onPort?: number): Promise<RedisProcess> {
  const program = findProgram()
  if (!program) throw new Error('There is no redis-server or valkey-server on the PATH.')
  const folder = mkdtempSync(path.join(tmpdir(), 'undercurrent-redis-'))
  const port = onPort ?? (await freePort())
  let child: ChildProcess | undefined
  const server: RedisProcess = {
    url: `redis://127.0.0.1:${port}`,
    port,
    async crash() {
      if (child?.pid) await endProcess(child.pid, [['SIGKILL', 5_000]])
      child = undefined
    },
    async start() {
      if (child?.exitCode === null) return
      const fixed = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder, '--save', '', '--appendonly', 'yes']
      child = spawn(program, [...fixed, '--appendfsync', 'always', ...settings], { stdio: 'ignore' })
      if (!(await waitUntil(() => answers(port), 15_000))) throw new Error('The test Redis did not start.')
    },
    async remove() {
      await server.crash()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** Two masters that share the slots, the smallest cluster on which keys are apart. */
export async function createRedisCluster(): Promise<{ url: string; servers: RedisProcess[]; remove(): Promise<void> }> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000']
  const start = async () => createRedisProcess(settings, await freeClusterPort())
  const servers = await Promise.all([start(), start()])
  const [first, second] = servers.map(({ port }) => new Redis({ port, host: '127.0.0.1' })) as [Redis, Redis]
  await first.call('CLUSTER', 'ADDSLOTSRANGE', '0', '8191')
  await second.call('CLUSTER', 'ADDSLOTSRANGE', '8192', '16383')
  await first.call('CLUSTER', 'MEET', '127.0.0.1', String(servers[1]?.port))
  const isJoined = async (client: Redis) => {
    const info = String(await client.call('CLUSTER', 'INFO'))
    return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:2') && info.includes('cluster_size:2')
  }
  const joined = await waitUntil(async () => (await isJoined(first)) && (await isJoined(second)), 20_000)
  first.disconnect()
  second.disconnect()
  const remove = async () => void (await Promise.all(servers.map((server) => server.remove())))
  if (joined) return { url: servers.map(({ url }) => url).join(','), servers, remove }
  await remove()
  throw new Error('The test Redis Cluster did not form.')
}

/** Nodes talk to each other on a port that is this much higher. */
const CLUSTER_BUS_OFFSET = 10_000

async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (port + CLUSTER_BUS_OFFSET <= 65_535 && (await portIsFree(port + CLUSTER_BUS_OFFSET))) return port
  }
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
