import pg from 'pg'
import { env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'

const STATEMENT_TIMEOUT_MILLISECONDS = 60_000

// Next may load this module once per bundle; the pool must be one per process all the same.
const shared = globalThis as typeof globalThis & { undercurrentPool?: pg.Pool }

/**
 * The process's PostgreSQL connections, opened on first use from DATABASE_URL. A connection that breaks is replaced at the
 * next query: that query's caller sees the error, the process goes on.
 * @throws Error when DATABASE_URL is not set
 */
export function pool(): pg.Pool {
  return (shared.undercurrentPool ??= openPool(databaseUrl()))
}

/** A pool of its own for `url`, with the same time-outs and error handling; the caller ends it. */
export function openPool(url: string, maxConnections = 10): pg.Pool {
  const opened = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: STATEMENT_TIMEOUT_MILLISECONDS,
    // Longer than the server's own limit, so that it only speaks for a server that stopped answering.
    query_timeout: STATEMENT_TIMEOUT_MILLISECONDS + 5_000,
    keepAlive: true,
    application_name: 'undercurrent',
  })
  const log = createLogger('db')
  opened.on('error', (err) => log.warn({ err: err.message }, 'an idle database connection broke'))
  // pg hands a checked-out client's connection error to the client alone; without a listener it would end the process.
  opened.on('connect', (client) => client.on('error', (err) => log.warn({ err: err.message }, 'a database connection broke')))
  return opened
}

/** Ends the shared pool; the next `pool()` opens a new one. */
export async function closePool(): Promise<void> {
  const closing = shared.undercurrentPool
  shared.undercurrentPool = undefined
  await closing?.end()
}

/** Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. */
export async function withTransaction<Result>(
  work: (client: pg.PoolClient) => Promise<Result>,
  on: pg.Pool = pool(),
): Promise<Result> {
  const client = await on.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that cannot even roll back must not return to the pool.
    await client.query('ROLLBACK').catch((rollbackError: Error) => (broken = rollbackError))
    throw error
  } finally {
    client.release(broken)
  }
}

function databaseUrl(): string {
  const url = env().DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set. Start with `npm start`, or set it to a PostgreSQL server.')
  return url
}
