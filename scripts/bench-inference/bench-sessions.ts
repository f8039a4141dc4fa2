import { BuildingSession } from '@/lib/nilm/building-session'
import type { ModelManifest } from '@/lib/nilm/model-manifest'
import { createSessionModel } from '@/lib/nilm/session-model'
import type { OrderedReading } from '@/lib/nilm/session-types'
import { loadSlowNetwork, loadStreamNetwork } from '@/lib/nilm/stream-network'
import { samplePowers } from './sample-powers'
import { milliseconds, row, timeInterleaved, type Timing } from './timing'

const START_SECONDS = 1_706_184_000
const ROUNDS = 400
const LONG_PUSH_SECONDS = 60
/** Buildings whose seconds arrive together. */
const COMPANY = 64

/** What a building costs as the worker runs it: features, network, estimates, minutes and runs, second by second. */
export async function benchSessions(modelDir: string, manifest: ModelManifest, buildings: number): Promise<void> {
  const fast = await loadStreamNetwork(modelDir, manifest, 'cpu')
  const slow = await loadSlowNetwork(modelDir, manifest, 'cpu')
  const model = createSessionModel(manifest, { fast, slow })
  const powers = samplePowers(manifest.windowSeconds + (LONG_PUSH_SECONDS + 1) * (ROUNDS + 1))

  const [single, long] = [feeder(new BuildingSession(model), powers), feeder(new BuildingSession(model), powers)]
  const company = Array.from({ length: COMPANY }, () => feeder(new BuildingSession(model), powers))
  for (const feed of [single, long, ...company]) await feed(manifest.windowSeconds)
  const alone = [
    { name: '1 s', run: () => single(1) },
    { name: '60 s', run: () => long(LONG_PUSH_SECONDS) },
  ]
  const [perSecond, perMinute] = (await timeInterleaved(alone, ROUNDS)) as [Timing, Timing]
  const allAtOnce = { name: `1 s of ${COMPANY}`, run: () => Promise.all(company.map((feed) => feed(1))) }
  const [together] = (await timeInterleaved([allAtOnce], ROUNDS)) as [Timing]
  const each = together.processorMs / COMPANY

  console.log('A building through its session, window full (ms, median / p95; processor time: median, whatever else runs here)')
  const processorTime = (cpu: number) => `${cpu.toFixed(3)} processor time`
  console.log(row('a push of 1 new second', milliseconds(perSecond), processorTime(perSecond.processorMs)))
  console.log(row(`  for each of ${COMPANY} buildings at once`, (together.medianMs / COMPANY).toFixed(3), processorTime(each)))
  console.log(row(`a push of ${LONG_PUSH_SECONDS} new seconds`, milliseconds(perMinute), processorTime(perMinute.processorMs)))
  const buildingsAt = (cpu: number, pushSeconds: number) => Math.floor((1000 * pushSeconds) / cpu).toLocaleString('en')
  console.log(row('buildings a core keeps up with at 1 push/s', buildingsAt(each, 1), 'by processor time, sessions alone'))
  console.log(row(`  and at 1 push every ${LONG_PUSH_SECONDS} s`, buildingsAt(perMinute.processorMs, LONG_PUSH_SECONDS)))

  console.log('Memory')
  console.log(row('state of both networks, a building', `${((fast.stateBytes + slow.stateBytes) / 1024).toFixed(0)} KiB`))
  await settle()
  const before = process.memoryUsage().rss
  const sessions = Array.from({ length: buildings }, () => new BuildingSession(model))
  // Memory that was never written to does not count as resident.
  for (const session of sessions) await feeder(session, powers)(manifest.receptiveFieldSeconds)
  await settle()
  const perBuilding = (process.memoryUsage().rss - before) / buildings / 1024
  console.log(row(`resident memory a building, measured with ${buildings}`, `${perBuilding.toFixed(0)} KiB`))
  for (const session of sessions) session.close()
  await Promise.all([fast.close(), slow.close()])
}

/** Feeds one session the next seconds each time it is called. */
function feeder(session: BuildingSession, powers: readonly number[]): (seconds: number) => Promise<unknown> {
  let fed = 0
  return (seconds) => {
    const readings: OrderedReading[] = Array.from({ length: seconds }, (_, i) => ({
      timestampSeconds: START_SECONDS + fed + i + 1,
      powerWatts: powers[(fed + i) % powers.length]!,
    }))
    fed += seconds
    return session.push(readings)
  }
}

/** Lets the garbage collector, where it is exposed, and the allocator come to rest. */
async function settle(): Promise<void> {
  globalThis.gc?.()
  await new Promise((resolve) => setTimeout(resolve, 200))
}
