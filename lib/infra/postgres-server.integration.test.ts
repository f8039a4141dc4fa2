import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { startPostgres, type PostgresServer } from '@/lib/infra/postgres-server'
import { processIsAlive, waitUntil } from '@/lib/infra/private-server'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

function newFolder(): string {
  const { folder, remove } = scratchFolder()
  cleanups.push(remove)
  return folder
}

async function start(dataDir: string, say: string[] = []): Promise<PostgresServer> {
  const server = await startPostgres({ dataDir, database: 'app', say: (sentence) => void say.push(sentence) })
  cleanups.push(server.stop)
  return server
}

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

const postmasterOf = (dataDir: string) => Number(readFileSync(path.join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')[0])
const portOf = (url: string) => Number(new URL(url).port)

describe('the private PostgreSQL', () => {
  it('keeps its data, port and password over a restart, and its state is private to the owner', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()
    expect(existsSync(path.join(dataDir, 'pg/postmaster.pid'))).toBe(false)
    const second = await start(dataDir)
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
    expect(statSync(path.join(dataDir, 'pg.json')).mode & 0o077).toBe(0)
  })

  it('takes over the server a killed process left running, and stops it at the end', async () => {
    const dataDir = newFolder()
    const orphan = await start(dataDir)
    const pid = postmasterOf(dataDir)
    const successor = await start(dataDir)
    expect(successor).toMatchObject({ url: orphan.url, reused: true })
    await successor.stop()
    expect(processIsAlive(pid)).toBe(false)
  })

  it('moves to another port when something else sits on the remembered one', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await first.stop()
    const squatter = createServer().listen(portOf(first.url), '127.0.0.1')
    cleanups.push(() => squatter.close())
    const said: string[] = []
    const second = await start(dataDir, said)
    expect(portOf(second.url)).not.toBe(portOf(first.url))
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(said).toEqual([expect.stringContaining('is taken')])
  })

  it('starts over a stale postmaster.pid whose number now belongs to another process', async () => {
    const dataDir = newFolder()
    const first = await start(dataDir)
    await first.stop()
    writeFileSync(path.join(dataDir, 'pg/postmaster.pid'), `${process.pid}\n${dataDir}\n0\n${portOf(first.url)}\n\n127.0.0.1\n\nready\n`)
    const second = await start(dataDir)
    expect(second.reused).toBe(false)
  })

  it('makes the database again when making it was interrupted half way', async () => {
    const dataDir = newFolder()
    mkdirSync(path.join(dataDir, 'pg.initialising/base'), { recursive: true })
    writeFileSync(path.join(dataDir, 'pg.initialising/PG_VERSION'), '18\n')
    const server = await start(dataDir)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(existsSync(path.join(dataDir, 'pg.initialising'))).toBe(false)
  })

  it('comes back by itself after SIGKILL, with everything that was committed', async () => {
    const dataDir = newFolder()
    const said: string[] = []
    const server = await start(dataDir, said)
    await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
    process.kill(postmasterOf(dataDir), 'SIGKILL')
    const isBack = () => query(server.url, 'SELECT answer FROM kept').then((rows) => rows.length === 1, () => false)
    expect(await waitUntil(isBack, 60_000, 200)).toBe(true)
    // It answers a moment before the watcher has noticed.
    expect(await waitUntil(() => said.includes('PostgreSQL had stopped and was started again.'), 30_000)).toBe(true)
  })

  it('says in one sentence that a folder cannot be written', async () => {
    const dataDir = path.join(newFolder(), 'a-file')
    writeFileSync(dataDir, '')
    await expect(startPostgres({ dataDir, database: 'app' })).rejects.toThrow(/data folder .*a-file cannot be written/)
  })

  it('refuses a lost password rather than touching the data', async () => {
    const dataDir = newFolder()
    const server = await start(dataDir)
    await server.stop()
    renameSync(path.join(dataDir, 'pg.json'), path.join(dataDir, 'elsewhere.json'))
    await expect(startPostgres({ dataDir, database: 'app' })).rejects.toThrow(/password of the database .* is gone/)
  })

  it.runIf(process.getuid?.() === 0)('as root finds another place when its account may not enter the folder', async () => {
    const dataDir = newFolder()
    chmodSync(dataDir, 0o700)
    const inner = path.join(dataDir, 'data')
    const said: string[] = []
    const server = await start(inner, said)
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(said).toEqual([expect.stringContaining('because its account may not enter')])
    const { folder } = JSON.parse(readFileSync(path.join(inner, 'pg.json'), 'utf8')) as { folder: string }
    cleanups.splice(1, 0, () => execFileSync('rm', ['-rf', path.dirname(folder)]))
  })

  it.runIf(process.getuid?.() === 0)('never runs as root', async () => {
    const dataDir = newFolder()
    await start(dataDir)
    const { stdout } = spawnSync('stat', ['-c', '%u', `/proc/${postmasterOf(dataDir)}`])
    expect(Number(stdout)).not.toBe(0)
  })
})
