import pg from 'pg'
import { reasonOf } from '@/lib/live/failure'

const CONNECT_MILLISECONDS = 5_000
const QUERY_MILLISECONDS = 10_000
const CONNECTIONS = 4

const clientOptions = (connectionString: string): pg.ClientConfig => ({
  connectionString,
  connectionTimeoutMillis: CONNECT_MILLISECONDS,
  query_timeout: QUERY_MILLISECONDS,
  keepAlive: true,
  application_name: 'undercurrent live',
})

/** A connection outside the pool, for LISTEN. */
export const createClient = (connectionString: string): pg.Client => new pg.Client(clientOptions(connectionString))

/** A small pool of the live store's own, so that its many short statements do not wait behind a page's long query. */
export class PostgresLink {
  private readonly pool: pg.Pool
  private ended: Promise<void> | undefined

  constructor(connectionString: string, onProblem: (sentence: string) => void) {
    this.pool = new pg.Pool({ ...clientOptions(connectionString), max: CONNECTIONS, idleTimeoutMillis: 30_000 })
    // An idle connection that breaks would otherwise end the process.
    this.pool.on('error', (error) => onProblem(`A connection of the live store broke (${reasonOf(error)}).`))
    this.pool.on('connect', (client) => client.on('error', () => {}))
  }

  /** One statement. @throws Error saying whether PostgreSQL was away or refused */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<Row[]> {
    if (this.ended) throw new Error('The live store is closed.')
    try {
      return (await this.pool.query<Row>(text, values)).rows
    } catch (error) {
      throw new Error(explain(error), { cause: error })
    }
  }

  close(): Promise<void> {
    this.ended ??= this.pool.end()
    return this.ended
  }
}

function explain(error: unknown): string {
  const reason = reasonOf(error)
  // Class 57 is the server going away or coming up; every other code is an answer to the statement.
  if (error instanceof pg.DatabaseError && !error.code?.startsWith('57')) return `PostgreSQL refused: ${reason}.`
  return `PostgreSQL does not answer (${reason}).`
}
