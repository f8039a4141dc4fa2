// npm start and npm run dev: prepares what is missing, then launches. Node builtins only until the packages are installed.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { followNpm } from './follow-npm.mjs'
import { releaseLock, takeLock } from './launch-lock.mjs'
import { ensureBuild, ensureBundles, ensurePackages, ensurePrismaClient } from './prepare.mjs'
import { CommandFailed, killRunningCommands } from './run-command.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const HELP = `Starts everything: database, models, workers and the page; without DATABASE_URL a demonstration with a simulated home.

  npm start

  --dev                      Next's development server instead of a production build

Every setting is an environment variable, or a line of .env; .env.example lists them.`

/** @param {string[]} args `--dev` runs Next's development server instead of a production build */
export async function startApplication(args) {
  if (args.includes('--help') || args.includes('-h')) return console.log(HELP)
  const unknown = args.filter((arg) => arg !== '--dev')
  if (unknown.length) return fail(`Unknown option ${unknown.join(' ')}. There is --dev; settings are listed in .env.example.`, 2)
  process.chdir(root)
  followNpm()
  try {
    readSettings()
    await launch(args.includes('--dev'))
  } catch (error) {
    if (error instanceof CommandFailed) console.error(`\n${error.output.trim()}\n`)
    fail(error instanceof Error ? error.message : String(error))
  }
}

async function launch(development) {
  const dataDir = path.resolve(process.env.DATA_DIR)
  const { heldBy, leftBehind } = takeLockIn(dataDir)
  if (heldBy) {
    const where = heldBy.address ? `at ${heldBy.address}` : 'and still starting'
    throw new Error(`Undercurrent already runs on ${dataDir}, ${where} (process ${heldBy.pid}). Stop it first, or set DATA_DIR.`)
  }
  process.on('exit', () => releaseLock(dataDir))
  const interrupted = (signal) => {
    killRunningCommands()
    console.log(`\nStopped by ${signal} while preparing.`)
    process.exit(130)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted)
  const where = { root, logDir: path.join(dataDir, 'logs') }
  await ensurePackages(where)
  await ensurePrismaClient(where)
  await ensureBundles()
  if (!development) await ensureBuild(where)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(signal, interrupted)
  process.setSourceMapsEnabled(true)
  const { runLauncher } = await import(pathToFileURL(path.join(root, '.build/scripts/launch.mjs')).href)
  await runLauncher({ root, development, leftBehind })
}

function takeLockIn(dataDir) {
  try {
    return takeLock(dataDir)
  } catch (error) {
    const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message
    throw new Error(`The data folder ${dataDir} cannot be written: ${reason}. Make it writable or set DATA_DIR to another one.`)
  }
}

/** Settings from .env, and what differs between `npm start` and processes started one by one. */
function readSettings() {
  for (const file of ['.env.local', '.env']) if (existsSync(path.join(root, file))) process.loadEnvFile(path.join(root, file))
  // Empty counts as unset; some packages would take an empty address for one.
  for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name]
  const preset = (name, value) => {
    if (!process.env[name]) process.env[name] = value
  }
  preset('DEMO', process.env.DATABASE_URL ? 'false' : 'true')
  // Apart from a real home's data, so that trying the demo leaves nothing in it.
  preset('DATA_DIR', ['true', '1'].includes(process.env.DEMO) ? '.data/demo' : '.data')
  preset('INFERENCE_INTERVAL', '1')
  // Without a fixed public address, log-in follows the host name the browser used: localhost and 127.0.0.1 both work.
  if (!process.env.NEXTAUTH_URL) preset('AUTH_TRUST_HOST', 'true')
  process.env.NEXT_TELEMETRY_DISABLED = '1'
}

function fail(message, code = 1) {
  console.error(`\n✗ ${message}`)
  process.exit(code)
}
