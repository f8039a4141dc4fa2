import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { APPLIANCE_COUNT } from '@/lib/contracts/appliances'
import { ensureModelVersion } from '@/lib/data/model-versions'
import { env, type Env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger } from '@/lib/infra/logger'
import { configureShutdown, exitWhenParentDies, onShutdown, shutdown } from '@/lib/infra/shutdown'
import { startPubSubBridge } from '@/lib/ingest/pubsub-bridge'
import { openLiveStore } from '@/lib/live/open'
import { shardOf } from '@/lib/live/shard'
import { createThreadedEngine } from '@/lib/nilm/threaded-engine'
import { connectServers } from '@/lib/services/connect-servers'
import { reportProcess } from '@/lib/services/process-report'
import { keepLease } from '@/lib/services/single-lease'
import { startRetention } from './retention'
import { InferenceWorker } from './inference-worker'
import { runTestMode } from './test-mode'

const FLAGS = [
  'REDIS_HOST',
  'REDIS_PORT',
  'MODEL_DIR',
  'BUILDING_ID',
  'WINDOW_SIZE',
  'INFERENCE_INTERVAL',
  'MODE',
  'DEVICE',
] as const satisfies readonly (keyof Env)[]

const HELP = `Estimates what each appliance draws from the readings that come in, and stores and publishes it.

  npm run worker -- --building-id building_1 --inference-interval 60

  --building-id ID           the building, or * for all (building_1)
  --inference-interval N     seconds of readings between two published predictions, 1 to 3600 (60)
  --window-size N            seconds of readings the models see, 60 to 86400 (1536)
  --mode subscriber|test     test: disaggregates a simulated household without any server, prints what it finds and ends
  --model-dir DIR            the models (./models/wavenilm)
  --device cpu|cuda|webgpu|auto
                             what the networks run on (cpu)
  --redis-host HOST, --redis-port PORT
                             a Redis server; REDIS_URL and the other settings are in .env.example`

try {
  readFlags(HELP, FLAGS)
  if (env().MODE === 'test') await runTestMode()
  else await subscribe()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(exitCodeOf(error))
}

async function subscribe(): Promise<void> {
  const log = createLogger('inference')
  configureShutdown({ log, deadlineMilliseconds: 15_000 })
  exitWhenParentDies()
  await connectServers(log)
  const settings = env()

  const store = await openLiveStore()
  onShutdown('live store', () => store.close())
  onShutdown('database', closePool)
  const engine = await createThreadedEngine({
    modelDir: settings.MODEL_DIR,
    windowSeconds: settings.WINDOW_SIZE,
    device: settings.DEVICE,
    threads: settings.INFERENCE_THREADS,
    onEnded: (error) => {
      log.error({ err: error }, 'an inference thread ended; ending, so that what started this process starts it again')
      void shutdown('an inference thread ended', 1)
    },
  })
  onShutdown('inference threads', () => engine.close())
  const available = engine.model.appliances.filter((appliance) => appliance.available).length
  if (engine.model.deviceNote) log.warn(engine.model.deviceNote)
  log.info({ model: engine.model.version, available, of: APPLIANCE_COUNT, device: engine.model.device }, 'models loaded')

  const owner = `${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`
  const all = settings.BUILDING_ID === '*'
  const lease = keepLease(`bridge:${settings.BUILDING_ID}`, owner, log)
  onShutdown('bridge lease', () => lease.close())
  const bridge = startPubSubBridge({ store, buildingId: settings.BUILDING_ID, isHolder: lease.isHolder, log })
  const worker = new InferenceWorker(
    store,
    {
      engine,
      worker: owner,
      windowSeconds: settings.WINDOW_SIZE,
      inferenceIntervalSeconds: settings.INFERENCE_INTERVAL,
      publishedSeconds: () => settings.WINDOW_SIZE,
      rejectedSamples: (buildingId) => bridge.counts(buildingId).rejected,
      group: all ? 'all' : settings.BUILDING_ID,
      shards: all ? Array.from({ length: store.shardCount }, (_, shard) => shard) : [shardOf(settings.BUILDING_ID, store.shardCount)],
      modelVersionId: await ensureModelVersion(engine.model.name, engine.model.version),
    },
    log,
  )
  await bridge.ready
  await worker.start()
  onShutdown('worker', () => worker.stop())
  const reporter = reportProcess('inference', { log, pingLiveStore: () => store.ping(), facts: () => worker.facts })
  onShutdown('report', () => reporter.close())
  const retention = keepLease('retention', owner, log)
  onShutdown('retention lease', () => retention.close())
  onShutdown('retention', startRetention(settings.RAW_RETENTION_DAYS, () => retention.isHolder() === true, log))
  onShutdown('pub/sub bridge', () => bridge.close())
  log.info({ buildings: settings.BUILDING_ID, liveStore: store.kind, owner }, 'waiting for readings')
}
