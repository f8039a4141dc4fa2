import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { openPool, withTransaction } from '@/lib/infra/db'
import { migrate } from '@/lib/infra/migrate'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

let scratch: ReturnType<typeof scratchFolder>
let pool: pg.Pool
let url: string
let drop: () => Promise<unknown>

beforeEach(async () => {
  scratch = scratchFolder()
  const name = `migrate_${randomUUID().replaceAll('-', '')}`
  const admin = openPool(inject('databaseUrl'), 1)
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(inject('databaseUrl'))
  own.pathname = name
  url = own.href
  pool = openPool(url, 4)
  drop = async () => {
    await pool.end()
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.end()
  }
})

afterEach(async () => {
  await drop()
  scratch.remove()
})

function write(name: string, sql: string): void {
  mkdirSync(path.join(scratch.folder, name), { recursive: true })
  writeFileSync(path.join(scratch.folder, name, 'migration.sql'), sql)
}

describe('migrate', () => {
  it('applies in order, once, and records what Prisma Migrate records', async () => {
    write('20260102_second', 'INSERT INTO things VALUES (2);')
    write('20260101_first', 'CREATE TABLE things (id INT);')
    expect(await migrate(url, scratch.folder)).toEqual(['20260101_first', '20260102_second'])
    expect(await migrate(url, scratch.folder)).toEqual([])
    const { rows } = await pool.query('SELECT migration_name, checksum, finished_at IS NOT NULL AS done, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1')
    expect(rows).toMatchObject([
      { migration_name: '20260101_first', done: true, steps: 1 },
      { migration_name: '20260102_second', done: true, steps: 1 },
    ])
    // sha256 of the file, as `prisma migrate status` compares it
    expect(rows[0].checksum).toBe('1fab0ba03907ca55d9a8df015cc18f0becc40fbbd883e424a93b6664e34d0eab')
  })

  it('refuses a migration that was edited after it was applied, and leaves the database alone', async () => {
    write('20260101_first', 'CREATE TABLE things (id INT);')
    await migrate(url, scratch.folder)
    write('20260101_first', 'CREATE TABLE things (id BIGINT);')
    write('20260102_second', 'DROP TABLE things;')
    await expect(migrate(url, scratch.folder)).rejects.toThrow('Migration 20260101_first was edited after it was applied')
    expect((await pool.query('SELECT * FROM things')).rowCount).toBe(0)
  })

  it('leaves nothing of a migration that fails, and tries it again when it is repaired', async () => {
    write('20260101_first', 'CREATE TABLE things (id INT); SELECT 1/0;')
    await expect(migrate(url, scratch.folder)).rejects.toThrow('Migration 20260101_first could not be applied: division by zero')
    write('20260101_first', 'CREATE TABLE things (id INT);')
    expect(await migrate(url, scratch.folder)).toEqual(['20260101_first'])
  })

  it('several processes at once apply each migration once', async () => {
    write('20260101_first', 'CREATE TABLE things (id INT); SELECT pg_sleep(0.3);')
    const applied = await Promise.all([1, 2, 3].map(() => migrate(url, scratch.folder)))
    expect(applied.flat()).toEqual(['20260101_first'])
  })
})

describe('withTransaction', () => {
  it('rolls back everything when the work fails', async () => {
    await pool.query('CREATE TABLE things (id INT)')
    const work = withTransaction(async (client) => {
      await client.query('INSERT INTO things VALUES (1)')
      throw new Error('half way')
    }, pool)
    await expect(work).rejects.toThrow('half way')
    expect((await pool.query('SELECT * FROM things')).rowCount).toBe(0)
  })

  it('survives a connection the server cuts in the middle, and the pool serves the next caller', async () => {
    const work = withTransaction(async (client) => {
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid])
      await client.query('SELECT 1')
    }, pool)
    await expect(work).rejects.toThrow()
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  })
})
