import pg from 'pg'

const TIME_OUT_MILLISECONDS = 2_000

/** Whether a PostgreSQL takes a connection with this address, account and password. */
export async function databaseAnswers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: TIME_OUT_MILLISECONDS })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
