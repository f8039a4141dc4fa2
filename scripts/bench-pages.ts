// npm run bench:pages: how fast pages come up with an empty cache, of the built application in a demo of its own, or at an address.
import os from 'node:os'
import { parseArgs } from 'node:util'
import { chromium, type Browser, type BrowserContext } from '@playwright/test'
import { freePort } from '@/lib/infra/ports'
import { findChromium } from '@/scripts/testing/find-programs.mjs'
import { startLauncher } from '@/scripts/testing/launcher-process'
import { scratchFolder } from '@/scripts/testing/scratch-folder'
import { AFTER_LOAD_MILLISECONDS, CONDITIONS, measureFirstLoad, type FirstLoad } from './bench-pages/first-load'

const HELP = `Measures how pages come up for the first time, in Chromium. Starts a demo of its own, or takes one that runs.

  npm run bench:pages -- [--path /live --path /overview] [--runs 5] [--url http://127.0.0.1:3000 --user user1 --password password123]`

const READY_MILLISECONDS = 900_000

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      path: { type: 'string', multiple: true, default: ['/live'] },
      runs: { type: 'string', default: '5' },
      url: { type: 'string' },
      user: { type: 'string', default: 'user1' },
      password: { type: 'string', default: 'password123' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return console.log(HELP)
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs must be a whole number, not ${values.runs}.`)
  const load = os.loadavg()[0]?.toFixed(1)
  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores, load ${load}, Node ${process.version}`)
  const application = values.url ? { url: values.url, stop: async () => undefined } : await startDemo()
  try {
    const executablePath = findChromium(process.cwd()) ?? undefined
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
    try {
      const state = await logIn(browser, application.url, values.user, values.password)
      console.log(`${browser.version()}, empty cache, median of ${runs}; blocked until ${AFTER_LOAD_MILLISECONDS / 1000} s after the load event\n`)
      console.log('FCP s   LCP s   CLS     TBT ms   JS kB   all kB   requests   page')
      for (const path of values.path)
        for (const conditions of CONDITIONS) {
          const loads: FirstLoad[] = []
          for (let run = 0; run < runs; run++)
            loads.push(await measureFirstLoad(browser, new URL(path, application.url).href, state, conditions))
          console.log(`${lineOf(loads)}${path}, ${conditions.name}`)
        }
    } finally {
      await browser.close()
    }
  } finally {
    await application.stop()
  }
}

function lineOf(loads: readonly FirstLoad[]): string {
  const of = (field: keyof FirstLoad) => {
    const sorted = loads.map((load) => load[field]).sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? 0
  }
  return [
    (of('firstPaint') / 1000).toFixed(2).padEnd(8),
    (of('largestPaint') / 1000).toFixed(2).padEnd(8),
    of('layoutShift').toFixed(3).padEnd(8),
    of('blocked').toFixed(0).padEnd(9),
    (of('scriptBytes') / 1000).toFixed(0).padEnd(8),
    (of('allBytes') / 1000).toFixed(0).padEnd(9),
    String(of('requests')).padEnd(11),
  ].join('')
}

async function logIn(browser: Browser, url: string, user: string, password: string) {
  const context: BrowserContext = await browser.newContext()
  const page = await context.newPage()
  await page.goto(new URL('/login', url).href)
  await page.getByLabel('User name').fill(user)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.waitForURL((at) => at.pathname !== '/login')
  const state = await context.storageState()
  await context.close()
  return state
}

async function startDemo() {
  const { folder: dataDir, remove } = scratchFolder()
  const launcher = startLauncher({
    dataDir,
    port: await freePort(),
    gatewayPort: await freePort(),
    environment: { DEMO: 'true', SEED_DAYS: '2' },
  })
  const stop = async () => {
    await launcher.stop()
    remove()
  }
  try {
    return { url: await launcher.ready(READY_MILLISECONDS), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
