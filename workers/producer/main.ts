import { applyFlags, env } from '@/lib/env'
import { createLogger } from '@/lib/infra/logger'
import { mqttBroker, type MqttLog } from '@/lib/infra/mqtt-connection'
import { configureShutdown, exitWhenParentDies, onShutdown, shutdown } from '@/lib/infra/shutdown'
import { UsageError } from '@/lib/infra/usage-error'
import type { LiveStore } from '@/lib/live/live-store'
import { openLiveStore } from '@/lib/live/open'
import { connectServers } from '@/lib/services/connect-servers'
import { DeliveryQueue } from '@/workers/producer/delivery-queue'
import { openMqttSource } from '@/workers/producer/mqtt-source'
import { produce } from '@/workers/producer/produce'
import type { ReadingSource } from '@/workers/producer/reading-source'
import { openRecording } from '@/workers/producer/recording-source'
import { Schedule } from '@/workers/producer/schedule'
import { PRODUCER_FLAGS, readSettings, type ProducerSettings } from '@/workers/producer/settings'
import { openSimulation } from '@/workers/producer/simulation-source'
import { defaultStartSeconds } from '@/workers/producer/start-time'
import { transportTo } from '@/workers/producer/transport'

const USAGE_EXIT_CODE = 2
const DEADLINE_MILLISECONDS = 3_500
const LAST_DELIVERY_MILLISECONDS = 2_500

const now = () => Date.now() / 1000

try {
  await run(settingsFromCommandLine())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown('cannot go on', error instanceof UsageError ? USAGE_EXIT_CODE : 1)
}

function settingsFromCommandLine(): ProducerSettings {
  try {
    applyFlags(process.argv.slice(2), PRODUCER_FLAGS)
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
  return readSettings(env(), now())
}

async function run(settings: ProducerSettings): Promise<void> {
  const log = createLogger('producer')
  configureShutdown({ log, deadlineMilliseconds: DEADLINE_MILLISECONDS })
  exitWhenParentDies()
  // With Redis named, nothing else is needed.
  if (!env().REDIS_URL && !env().REDIS_HOST) await connectServers(log)
  const store = await openLiveStore()
  onShutdown('live store', () => store.close())

  const source = await openSource(settings, store, log)
  onShutdown('source', () => source.close())
  const problems = source.problems()
  if (problems) log.warn(problems)

  const deliver = transportTo({ store, transport: settings.transport, broker: mqttBroker(), log })
  const queue = new DeliveryQueue({ deliver, say: (sentence) => log.warn(sentence) })
  const stop = new AbortController()
  onShutdown('deliveries', async () => {
    stop.abort()
    const left = await queue.stop(LAST_DELIVERY_MILLISECONDS)
    if (left > 0) log.warn({ left }, 'readings were not delivered')
  })

  const { startSeconds, followsWallClock } = source
  const { buildingId, speed, transport, durationSeconds } = settings
  log.info(
    { source: settings.source, buildingId, speed, transport, start: new Date(startSeconds * 1000).toISOString() },
    'sending readings',
  )
  // A live source keeps to the clock on the wall from its first reading on, also when that is a moment ago.
  const isLive = followsWallClock && settings.startSeconds === null && speed <= 1
  const wallStartSeconds = isLive ? startSeconds : now()
  // What comes from a meter is due when it comes.
  const pace = settings.source === 'mqtt' ? Number.POSITIVE_INFINITY : speed
  await produce({
    source,
    schedule: new Schedule({ startSeconds, wallStartSeconds, speed: pace, followsWallClock }),
    queue,
    endSeconds: durationSeconds === null ? Number.POSITIVE_INFINITY : startSeconds + durationSeconds,
    signal: stop.signal,
    now,
    say: (sentence) => log.warn(sentence),
  })
  if (stop.signal.aborted) return
  await queue.finish()
  log.info({ delivered: queue.delivered }, 'all readings are sent')
  await shutdown('done')
}

async function openSource(settings: ProducerSettings, store: LiveStore, log: MqttLog): Promise<ReadingSource> {
  const { source, buildingId, speed, file, seed, profile, timeZone, topics } = settings
  switch (source) {
    case 'simulation': {
      const startSeconds = settings.startSeconds ?? (await defaultStartSeconds(store, buildingId, speed, now()))
      return openSimulation({ buildingId, seed, profile, timeZone, startSeconds })
    }
    case 'csv':
    case 'parquet':
      return openRecording({
        file,
        buildingId,
        // Faster than real time the recording is laid so that it ends now.
        startAt: (first, last) => settings.startSeconds ?? Math.floor(speed > 1 ? now() - (last - first) : now()),
      })
    case 'mqtt': {
      const broker = mqttBroker()
      if (!broker) throw new UsageError('There is no broker.')
      return openMqttSource({ broker, mappings: topics, buildingId, log })
    }
    case 'replay':
      return openRecording({ file, buildingId, startAt: null })
  }
}
