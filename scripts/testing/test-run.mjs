// npm test: every check and every test, from a fresh clone to the browser. Node builtins only until packages are installed.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { say, seconds, step } from '../setup/announce.mjs'
import * as commands from '../setup/commands.mjs'
import { ensureLlamaPackages } from '../setup/llama-packages.mjs'
import { ensureBuild, ensureBundles, ensurePackages, ensurePrismaClient } from '../setup/prepare.mjs'
import { CommandFailed, killRunningCommands, runCommand } from '../setup/run-command.mjs'
import { ensureChromium, ensureRedis } from './find-programs.mjs'
import { countPlaywright, countVitest } from './read-results.mjs'
import { testSettings } from './test-settings.mjs'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const resultDir = path.join(root, 'test-results')
const logDir = path.join(resultDir, 'logs')
const MINUTE = 60_000
const inCi = ['true', '1'].includes(process.env.CI ?? '')

/** @typedef {{ title: string, passed: number, failed: number, skipped: number, milliseconds: number, note: string,
 *   failures?: string[] }} StageResult */

/** @type {StageResult[]} */
const results = []

/** Runs everything; sets the exit code; its last line is `N passed, N failed`. */
export async function runTests() {
  process.chdir(root)
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      killRunningCommands()
      process.exit(130)
    })
  }
  rmSync(resultDir, { recursive: true, force: true })
  mkdirSync(logDir, { recursive: true })
  const where = { root, logDir }
  const isReady =
    (await check('Packages', () => ensurePackages(where))) &&
    (await check('Database client', () => ensurePrismaClient(where))) &&
    (await check('Bundles', () => ensureBundles()))
  if (isReady) {
    const redis = await ensureRedis(logDir)
    const chromium = await ensureChromium(root, logDir)
    const llama = await tryLlama(where)
    // Beside all that follows: a stream at its own pace leaves the processor idle for most of its five minutes.
    const crash = suite('Crash tests', 15, (file) => commands.vitest(root, 'crash', file), countVitest)
    await command('Type check', commands.nextTypes(root), 3, commands.typeCheck(root))
    await command('Lint and layers', commands.lint(root), 3)
    await suite('Unit tests', 15, (file) => commands.vitest(root, 'unit', file), countVitest)
    // Before the integration tests: those of the launcher start the built application.
    const isBuilt = await check('Production build', () => ensureBuild(where))
    if (llama) missing('GGUF models', llama)
    if (!redis) missing('Redis live store', 'no redis-server or valkey-server, and none could be installed without a password')
    // Side by side: these wait for servers much of their time. Each part has servers of its own; a database that was given is one
    // for all.
    const parts = testSettings().databaseUrl ? [''] : ['1/2', '2/2']
    const integration = parts.map((part) =>
      suite(`Integration tests ${part}`.trim(), 35, (file) => commands.vitest(root, 'integration', file, part), countVitest),
    )
    await Promise.all([crash, ...integration])
    if (!chromium) missing('Browser tests', 'no Chromium or Chrome, and none could be installed without a password')
    else if (isBuilt) {
      process.env.CHROMIUM_PATH = chromium
      await suite('Browser tests', 25, (file) => commands.playwright(root, file), countPlaywright)
    } else results.push({ title: 'Browser tests', passed: 0, failed: 1, skipped: 0, milliseconds: 0, note: 'there is no build to test' })
  }
  summarise()
}

/** @returns {Promise<string | null>} why the tests with a GGUF file cannot run; null: they can */
async function tryLlama(where) {
  try {
    await ensureLlamaPackages(where)
    return null
  } catch (error) {
    return error.message
  }
}

/** A stage that counts as one test. */
async function check(title, work) {
  const startedAt = Date.now()
  try {
    await work()
    results.push({ title, passed: 1, failed: 0, skipped: 0, milliseconds: Date.now() - startedAt, note: '' })
    return true
  } catch (error) {
    report(error)
    results.push({ title, passed: 0, failed: 1, skipped: 0, milliseconds: Date.now() - startedAt, note: error.message })
    return false
  }
}

function command(title, what, minutes, then) {
  const run = (one) =>
    runCommand(one, { cwd: root, logFile: path.join(logDir, `${fileName(title)}.log`), deadlineMilliseconds: minutes * MINUTE })
  return check(title, () =>
    step(title, async () => {
      await run(what)
      if (then) await run(then)
    }),
  )
}

/** A stage of many tests, counted from the runner's own report. */
async function suite(title, minutes, commandFor, count) {
  const startedAt = Date.now()
  const file = path.join(resultDir, `${fileName(title)}.json`)
  let problem = ''
  try {
    await step(title, (progress) =>
      runCommand(commandFor(file), {
        cwd: root,
        logFile: path.join(logDir, `${fileName(title)}.log`),
        deadlineMilliseconds: minutes * MINUTE,
        onLine: (line) => {
          // A skipped stage must not be overlooked in a run that otherwise shows nothing.
          if (line.includes('SKIPPED')) say(line)
          else progress(plain(line).slice(0, 60))
        },
      }),
    )
  } catch (error) {
    report(error)
    problem = error.message
  }
  const counts = count(file)
  const milliseconds = Date.now() - startedAt
  if (!counts) results.push({ title, passed: 0, failed: 1, skipped: 0, milliseconds, note: `no result: ${problem || 'the report is missing'}` })
  // A runner that failed without a failed test (a leak, a broken set-up) is a failure too.
  else results.push({ title, ...counts, failed: counts.failed || (problem ? 1 : 0), milliseconds, note: problem })
}

function missing(title, why) {
  say(`\n!! ${title}: SKIPPED, ${why}.\n`)
  results.push({ title, passed: 0, failed: inCi ? 1 : 0, skipped: 1, milliseconds: 0, note: `skipped: ${why}` })
}

function report(error) {
  if (error instanceof CommandFailed) console.error(`\n${error.output.trim()}\n`)
  console.error(`✗ ${error.message}\n`)
}

function summarise() {
  const total = (field) => results.reduce((sum, result) => sum + result[field], 0)
  console.log('\nSummary')
  for (const { title, passed, failed, skipped, milliseconds, note, failures = [] } of results) {
    const counts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`].filter(Boolean).join(', ')
    console.log(`  ${failed ? '✗' : skipped && !passed ? '!' : '✓'} ${title.padEnd(22)} ${counts.padEnd(24)} ${seconds(milliseconds)}  ${note}`)
    for (const failure of failures) console.log(`      ${failure}`)
  }
  console.log(`\n${total('passed')} passed, ${total('failed')} failed`)
  process.exitCode = total('failed') ? 1 : 0
}

const fileName = (title) => title.toLowerCase().replaceAll(/[ /]/g, '-')
const plain = (line) => stripVTControlCharacters(line).trim()
