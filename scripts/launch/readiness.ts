import { z } from 'zod'
import { env } from '@/lib/env'
import { openLiveStore } from '@/lib/live/open'
import { waitUntil } from '@/lib/infra/private-server'
import { say, step } from '../setup/announce.mjs'
import { DEMO_HOME } from '@/lib/simulation/demo-home'
import type { Children } from './children'

const LONGEST_WAIT_MILLISECONDS = 180_000
const healthSchema = z.object({ processId: z.number() })

export interface ReadinessOptions {
  children: Children
  isStopping: () => boolean
}

/**
 * Waits until the log-in page answers and, in demo mode, the worker has published for the simulated home since now.
 * Says what is missing when that takes too long; the processes stay up and keep trying.
 */
export async function waitUntilReady({ children, isStopping }: ReadinessOptions): Promise<void> {
  const missing = await step('Starting the application', async (progress) => {
    const waits: { what: string; log: string; done: () => Promise<boolean> }[] = [
      { what: 'the log-in page', log: children.logFile('web'), done: async () => children.isRunning('web') && (await loginPageAnswers()) },
      { what: 'the WebSocket gateway', log: children.logFile('gateway'), done: () => gatewayAnswers(children) },
    ]
    const store = env().DEMO ? await openLiveStore() : null
    if (store) {
      const sinceSeconds = Date.now() / 1000 - 5
      const published = async () => ((await store.latest(DEMO_HOME.building.id).catch(() => null))?.timestamp ?? 0) >= sinceSeconds
      waits.push({ what: 'the first prediction', log: children.logFile('inference worker'), done: published })
    }
    const deadline = Date.now() + LONGEST_WAIT_MILLISECONDS
    try {
      for (const [index, wait] of waits.entries()) {
        progress(`waiting for ${wait.what}`)
        const came = await waitUntil(async () => isStopping() || (await wait.done()), Math.max(0, deadline - Date.now()), 200)
        if (!came) return waits[index]
      }
    } finally {
      await store?.close()
    }
    return null
  })
  if (missing) say(`! ${missing.what} did not come yet; still trying. See ${missing.log}.`)
}

/** The address and how to log in. @param loginName the first administrator, where there is one; in demo mode the two accounts are told */
export function announceReady(address: string, dataDir: string, loginName: string | null): void {
  const lines = ['', `  Undercurrent is running:  ${address}`, '']
  if (env().DEMO) {
    lines.push('  Log in as  user1 / password123  or  admin / admin123  (demo mode: a simulated home).')
  } else if (loginName !== null) {
    lines.push(`  Log in as  ${loginName}  with the password of this account (at the first start ADMIN_PASSWORD).`)
  }
  const { LIVE_STORE, REDIS_URL } = env()
  if (REDIS_URL && LIVE_STORE !== 'postgres') {
    lines.push(`  Meters publish to Redis at ${REDIS_URL.replace(/\/\/[^@/]*@/, '//')}, channel nilm:{building_id}:input.`)
  }
  lines.push(`  Data and logs are in ${dataDir}.  Ctrl-C stops everything.`, '')
  say(lines.join('\n'))
}

async function loginPageAnswers(): Promise<boolean> {
  const { HOST, PORT } = env()
  return answers(`http://${loopbackOf(HOST)}:${PORT}/login`, (response) => response.ok)
}

/** Our own: another program, or another launcher's gateway, may have been quicker to take the port. */
async function gatewayAnswers(children: Children): Promise<boolean> {
  return answers(`http://127.0.0.1:${env().GATEWAY_PORT}/health`, (response, body) => {
    if (!response.ok) return false
    const { processId } = healthSchema.parse(JSON.parse(body))
    return children.pids().includes(processId)
  })
}

async function answers(url: string, accepts: (response: Response, body: string) => boolean): Promise<boolean> {
  try {
    const response = await fetch(url, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(20_000) })
    return accepts(response, await response.text())
  } catch {
    return false
  }
}

function loopbackOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
