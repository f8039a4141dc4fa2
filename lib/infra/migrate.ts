import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'

/** The advisory lock Prisma Migrate takes, so that `prisma migrate deploy` and this never run together. */
const PRISMA_MIGRATE_LOCK = 72_707_369

const CREATE_LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`

export interface Migration {
  name: string
  sql: string
  checksum: string
}

export interface AppliedMigration {
  name: string
  checksum: string
  finished: boolean
}

/** The migrations of a Prisma folder, oldest first. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) throw new Error(`There are no migrations in ${folder}.`)
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => {
      const sql = readFileSync(file, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Which migrations are still to be applied.
 * @throws Error when one that was applied has changed since, or an earlier attempt failed half way
 */
export function pendingMigrations(known: readonly Migration[], applied: readonly AppliedMigration[]): Migration[] {
  const byName = new Map(applied.map((migration) => [migration.name, migration]))
  return known.filter((migration) => {
    const previous = byName.get(migration.name)
    if (!previous) return true
    if (!previous.finished) {
      throw new Error(
        `Migration ${migration.name} failed earlier and was not resolved. Repair the database, then run ` +
          `\`npx prisma migrate resolve --rolled-back ${migration.name}\`.`,
      )
    }
    if (previous.checksum !== migration.checksum) {
      throw new Error(
        `Migration ${migration.name} was edited after it was applied to this database. ` +
          'Restore the file and put the change into a new migration.',
      )
    }
    return false
  })
}

/**
 * Applies prisma/migrations in order, each in one transaction, recorded as Prisma Migrate records them.
 * Any number of processes may call it at once. @returns the names it applied
 */
export async function migrate(databaseUrl: string, folder = path.resolve('prisma/migrations')): Promise<string[]> {
  const known = readMigrations(folder)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_MIGRATE_LOCK])
    await client.query(CREATE_LEDGER)
    const { rows } = await client.query<AppliedMigration>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    )
    const pending = pendingMigrations(known, rows)
    for (const migration of pending) await apply(client, migration)
    return pending.map(({ name }) => name)
  } finally {
    await client.end().catch(() => {})
  }
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    throw new Error(`Migration ${name} could not be applied: ${(error as Error).message}`, { cause: error })
  }
}
