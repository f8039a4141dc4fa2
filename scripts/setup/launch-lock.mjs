// One launcher per data folder. Node builtins only: taken before anything is installed or built.
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * @typedef {{ pid: number, identity: string }} ProcessRecord a pid and what tells it from a later process with the same number
 * @typedef {ProcessRecord & { address: string | null, children: ProcessRecord[] }} LaunchRecord
 */

/** Not mkdirSync's own recursion: where a file system answers ENOENT below an existing folder, as /proc does, it never ends. */
function makeFolder(folder) {
  if (existsSync(folder)) return
  if (path.dirname(folder) !== folder) makeFolder(path.dirname(folder))
  mkdirSync(folder)
}

const lockFile = (dataDir) => path.join(dataDir, 'launcher.json')

/**
 * Takes the lock, or says who holds it.
 * @param {string} dataDir
 * @returns {{ heldBy: LaunchRecord | null, leftBehind: ProcessRecord[] }} heldBy null: it is ours; leftBehind: children of a
 * launcher that was killed, perhaps still ending
 */
export function takeLock(dataDir) {
  makeFolder(dataDir)
  const file = lockFile(dataDir)
  const mine = `${file}.${process.pid}`
  writeFileSync(mine, JSON.stringify(ownRecord(null, [])), { mode: 0o600 })
  try {
    let leftBehind = []
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        // A link appears at once and whole, or not at all when the name is taken.
        linkSync(mine, file)
        return { heldBy: null, leftBehind }
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const holder = readRecord(file)
      if (holder && holder.pid !== process.pid && isSameProcess(holder)) return { heldBy: holder, leftBehind: [] }
      if (holder) leftBehind = holder.children ?? []
      rmSync(file, { force: true })
    }
    throw new Error(`${file} cannot be taken; remove it and start again.`)
  } finally {
    rmSync(mine, { force: true })
  }
}

/** Notes the address and the children, so that the next launcher finds what a killed one leaves behind. */
export function updateLock(dataDir, address, childPids) {
  const file = lockFile(dataDir)
  const children = childPids.map((pid) => ({ pid, identity: identityOf(pid) }))
  writeFileSync(`${file}.new`, JSON.stringify(ownRecord(address, children)), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function releaseLock(dataDir) {
  if (readRecord(lockFile(dataDir))?.pid === process.pid) rmSync(lockFile(dataDir), { force: true })
}

/** Whether the process of a record still runs, and is not another one that got its number. */
export function isSameProcess({ pid, identity }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  return identityOf(pid) === identity
}

const ownRecord = (address, children) => ({ pid: process.pid, identity: identityOf(process.pid), address, children })

/** When the process started, in clock ticks since boot; '' where the system does not say. */
function identityOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended, though its number is still taken.
    return fields[0] === 'Z' ? 'ended' : fields[19]
  } catch {
    return ''
  }
}

/** @returns {LaunchRecord | null} */
function readRecord(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
