import { BuildingSession } from '@/lib/nilm/building-session'
import type { ModelManifest } from '@/lib/nilm/model-manifest'
import { createSessionModel } from '@/lib/nilm/session-model'
import type { OrderedReading } from '@/lib/nilm/session-types'
import { loadSlowNetwork, loadStreamNetwork } from '@/lib/nilm/stream-network'
import { samplePowers } from './sample-powers'
import { milliseconds, row, timeInterleaved } from './timing'

const START_SECONDS = 1_706_184_000
const ROUNDS = 400
const LONG_PUSH_SECONDS = 60

/** What a building costs as the worker runs it: features, network, estimates, minutes and runs, second by second. */
export async function benchSessions(modelDir: string, manifest: ModelManifest, buildings: number): Promise<void> {
  const fast = await loadStreamNetwork(modelDir, manifest, 'cpu')
  const slow = await loadSlowNetwork(modelDir, manifest, 'cpu')
  const model = createSessionModel(manifest, { fast, slow })
  const powers = samplePowers(manifest.windowSeconds + (LONG_PUSH_SECONDS + 1) * (ROUNDS + 1))

  const [single, long] = [feeder(new BuildingSession(model), powers), feeder(new BuildingSession(model), powers)]
  await Promise.all([single(manifest.windowSeconds), long(manifest.windowSeconds)])
  const candidates = [
    { name: '1 s', run: () => single(1) },
    { name: '60 s', run: () => long(LONG_PUSH_SECONDS) },
  ]
  const [perSecond, perMinute] = await timeInterleaved(candidates, ROUNDS)
  const singleCpu = await processorMilliseconds(candidates[0]!.run)
  const longCpu = await processorMilliseconds(candidates[1]!.run)

  console.log('One building through its session, window full (ms, median / p95)')
  console.log(row('a push of 1 new second', milliseconds(perSecond!)))
  console.log(row(`a push of ${LONG_PUSH_SECONDS} new seconds`, milliseconds(perMinute!)))
  console.log(row('  of which for each second', (perMinute!.medianMs / LONG_PUSH_SECONDS).toFixed(4)))
  const cpuNote = 'of processor time, whatever else runs here'
  console.log(row('processor time of the two, mean ms', `${singleCpu.toFixed(3)} / ${longCpu.toFixed(3)}`, cpuNote))
  const buildingsAt = (cpu: number, pushSeconds: number) => Math.floor((1000 * pushSeconds) / cpu).toLocaleString('en')
  console.log(row('buildings a core keeps up with at 1 push/s', buildingsAt(singleCpu, 1)))
  console.log(row(`  and at 1 push every ${LONG_PUSH_SECONDS} s`, buildingsAt(longCpu, LONG_PUSH_SECONDS)))

  console.log('Memory')
  console.log(row('state of both networks, a building', `${((fast.stateBytes + slow.stateBytes) / 1024).toFixed(0)} KiB`))
  await settle()
  const before = process.memoryUsage().rss
  const sessions = Array.from({ length: buildings }, () => new BuildingSession(model))
  for (const session of sessions) await feeder(session, powers)(120)
  await settle()
  const perBuilding = (process.memoryUsage().rss - before) / buildings / 1024
  console.log(row(`resident memory a building, measured with ${buildings}`, `${perBuilding.toFixed(0)} KiB`))
  for (const session of sessions) session.close()
  await Promise.all([fast.close(), slow.close()])
}

/** Mean processor time of a call, all threads of this process together. */
async function processorMilliseconds(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let i = 0; i < ROUNDS; i++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / ROUNDS
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
