import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { freePort } from '@/lib/infra/ports'
import { waitUntil } from '@/lib/infra/private-server'
import { startLauncher, type LauncherProcess } from '@/scripts/testing/launcher-process'
import { processesOf } from '@/scripts/testing/processes-of'
import { scratchFolder } from '@/scripts/testing/scratch-folder'

/** A first start may have to build the web application. */
const READY_MILLISECONDS = 300_000
const TEST_MILLISECONDS = 600_000

const cleanups: (() => unknown)[] = []

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

function newDataDir(): string {
  const { folder, remove } = scratchFolder()
  cleanups.push(remove, () => {
    // Whatever a failed test leaves; a passing one has shown that there is nothing.
    for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL')
  })
  return folder
}

function launch(dataDir: string, port: number, gatewayPort: number): LauncherProcess {
  const launcher = startLauncher({ dataDir, port, gatewayPort, environment: { DEMO: 'true', SEED_DAYS: '1' } })
  cleanups.push(() => launcher.signal('SIGKILL'))
  return launcher
}

function listenOn(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server))
    cleanups.push(() => server.close())
  })
}

/** Logs in as a browser does. @returns the session's cookies */
async function logIn(address: string): Promise<string> {
  const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const start = await fetch(`${address}/api/auth/csrf`)
  const { csrfToken } = (await start.json()) as { csrfToken: string }
  const response = await fetch(`${address}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: cookiesOf(start).join('; ') },
    body: new URLSearchParams({ csrfToken, username: 'user1', password: 'password123', json: 'true' }),
  })
  expect(response.status).toBe(200)
  return cookiesOf(response).join('; ')
}

async function firstLiveMessage(address: string, cookie: string): Promise<{ type: string }> {
  const headers = { cookie }
  const sites = (await (await fetch(`${address}/api/v1/sites`, { headers })).json()) as unknown
  const [siteId] = JSON.stringify(sites).match(/(?<="id":")[^"]+/) ?? []
  const socket = new WebSocket(`${address.replace('http', 'ws')}/ws/site/${siteId}`, { headers })
  try {
    return await new Promise((resolve, reject) => {
      socket.once('message', (data) => resolve(JSON.parse(String(data)) as { type: string }))
      socket.once('error', reject)
    })
  } finally {
    socket.close()
  }
}

const pidFile = (dataDir: string) => path.join(dataDir, 'pg/postmaster.pid')
const postmasterOf = (dataDir: string) => readFileSync(pidFile(dataDir), 'utf8').split('\n')[0]

describe.runIf(existsSync('/proc/self/environ'))('the launcher', () => {
  it('finds other ports when its own are taken, serves live data through them, and Ctrl-C leaves no process', async () => {
    const dataDir = newDataDir()
    const [port, gatewayPort] = [await freePort(), await freePort()]
    await listenOn(port)
    await listenOn(gatewayPort)
    const launcher = launch(dataDir, port, gatewayPort)
    const address = await launcher.ready(READY_MILLISECONDS)
    expect(new URL(address).port).not.toBe(String(port))
    expect(launcher.output()).toContain(`Port ${port} is taken`)

    const cookie = await logIn(address)
    expect(await firstLiveMessage(address, cookie)).toMatchObject({ type: 'snapshot' })
    expect(statSync(path.join(dataDir, 'secret')).mode & 0o077).toBe(0)

    const second = launch(dataDir, await freePort(), await freePort())
    expect(await second.ended(60_000)).toBe(1)
    expect(second.output()).toContain(`already runs on ${dataDir}, at ${address}`)

    launcher.signal('SIGINT')
    expect(await launcher.ended(60_000)).toBe(0)
    expect(processesOf(dataDir)).toEqual([])
    expect(existsSync(path.join(dataDir, 'launcher.json'))).toBe(false)
  }, TEST_MILLISECONDS)

  it('killed, takes its processes along; the next start reuses the database, and stops that too at its end', async () => {
    const dataDir = newDataDir()
    const [port, gatewayPort] = [await freePort(), await freePort()]
    const killed = launch(dataDir, port, gatewayPort)
    await killed.ready(READY_MILLISECONDS)
    const postmaster = postmasterOf(dataDir)
    killed.signal('SIGKILL')
    // The servers are meant to stay, for the next launcher to take over.
    const isServer = /^postgres:| -D |redis-|valkey-/
    const besidesServers = () => processesOf(dataDir).filter(({ commandLine }) => !isServer.test(commandLine))
    await waitUntil(() => besidesServers().length === 0, 30_000, 200)
    expect(besidesServers()).toEqual([])

    const next = launch(dataDir, port, gatewayPort)
    expect(new URL(await next.ready(READY_MILLISECONDS)).port).toBe(String(port))
    expect(postmasterOf(dataDir)).toBe(postmaster)
    next.signal('SIGTERM')
    expect(await next.ended(60_000)).toBe(0)
    expect(processesOf(dataDir)).toEqual([])
  }, TEST_MILLISECONDS)

  it('starts every process again that dies, and says so', async () => {
    const dataDir = newDataDir()
    const launcher = launch(dataDir, await freePort(), await freePort())
    const address = await launcher.ready(READY_MILLISECONDS)
    const cookie = await logIn(address)
    // Next gives itself another name once it serves.
    for (const script of [/workers\/gateway/, /workers\/inference/, /workers\/producer/, /next-server|bin\/next/]) {
      const victim = processesOf(dataDir).find(({ commandLine }) => script.test(commandLine))
      expect(victim, String(script)).toBeDefined()
      if (victim) process.kill(victim.pid, 'SIGKILL')
      const isBack = () => processesOf(dataDir).some(({ pid, commandLine }) => script.test(commandLine) && pid !== victim?.pid)
      expect(await waitUntil(isBack, 30_000, 200), String(script)).toBe(true)
    }
    for (const name of ['gateway', 'inference worker', 'producer', 'web']) {
      expect(launcher.output()).toContain(`The ${name} ended`)
    }
    const servesAgain = () => firstLiveMessage(address, cookie).then(({ type }) => type === 'snapshot', () => false)
    expect(await waitUntil(servesAgain, 60_000, 500)).toBe(true)
    launcher.signal('SIGINT')
    expect(await launcher.ended(60_000)).toBe(0)
    expect(processesOf(dataDir)).toEqual([])
  }, TEST_MILLISECONDS)
})
