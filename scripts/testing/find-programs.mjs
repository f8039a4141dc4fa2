// Finds a real browser and a Redis, or installs them where that needs no password.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { step } from '../setup/announce.mjs'
import { playwrightInstall } from '../setup/commands.mjs'
import { runCommand } from '../setup/run-command.mjs'

const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const MINUTE = 60_000

/** @returns {string | null} the file of a Chromium or Chrome that starts: CHROMIUM_PATH, one on the PATH, or Playwright's own */
export function findChromium(root) {
  for (const name of [process.env.CHROMIUM_PATH, ...BROWSERS, playwrightsOwn(root)]) {
    const file = name && (path.isAbsolute(name) ? name : onPath(name))
    if (file && runs(file)) return file
  }
  return null
}

function onPath(name) {
  const files = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name))
  return files.find((file) => existsSync(file)) ?? null
}

export async function ensureChromium(root, logDir) {
  const found = findChromium(root)
  if (found) return found
  await tryToInstall('chromium', logDir)
  if (findChromium(root)) return findChromium(root)
  await attempt('Downloading a browser for the tests', playwrightInstall(root), path.join(logDir, 'install-browser.log'))
  return findChromium(root)
}

export async function ensureRedis(logDir) {
  if (hasRedis()) return true
  await tryToInstall('redis-server', logDir)
  return hasRedis()
}

const hasRedis = () => runs('redis-server') || runs('valkey-server')

async function tryToInstall(debianPackage, logDir) {
  if (!runs('apt-get')) return
  const isRoot = process.getuid?.() === 0
  if (!isRoot && !runs('sudo', ['-n', 'true'])) return
  const install = 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$0"'
  const what = isRoot
    ? { command: 'sh', args: ['-c', install, debianPackage] }
    : { command: 'sudo', args: ['-n', 'sh', '-c', install, debianPackage] }
  await attempt(`Installing ${debianPackage} for the tests`, what, path.join(logDir, `install-${debianPackage}.log`))
}

async function attempt(title, what, logFile) {
  try {
    await step(title, () => runCommand(what, { cwd: '/', logFile, deadlineMilliseconds: 5 * MINUTE }))
  } catch {
    // What is then missing is said, and in CI counted as failed, by the caller.
  }
}

function playwrightsOwn(root) {
  try {
    return createRequire(path.join(root, 'package.json'))('playwright-core').chromium.executablePath()
  } catch {
    return null
  }
}

function runs(program, args = ['--version']) {
  try {
    execFileSync(program, args, { stdio: 'ignore', timeout: 20_000 })
    return true
  } catch {
    return false
  }
}
