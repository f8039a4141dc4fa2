import { env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
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

const DEADLINE_MILLISECONDS = 3_500
const LAST_DELIVERY_MILLISECONDS = 2_500

const now = () => Date.now() / 1000

const HELP = `Sends readings as a building's meter would.

  npm run producer -- --source simulation --building-id building_1 --speed 1

  --source simulation|csv|parquet|replay|mqtt
                             a simulated home; a recording, laid so that it is now; one with its own times; a building's meter
  --file FILE                of csv, parquet and replay, with columns timestamp and power_total
  --building-id ID           the building (building_1)
  --speed N                  seconds of readings sent per second, 0.01 to 10000 (1)
  --start TIME               of the first reading: Unix seconds, or ISO 8601 with a zone
  --duration-seconds N       ends after so many seconds of readings
  --transport stream|pubsub|mqtt
                             how they are sent (stream)
  --seed N, --time-zone ZONE of the simulated home
  --mqtt-url URL, --mqtt-topics TOPICS
                             the broker of --source mqtt and --transport mqtt
  --redis-host HOST, --redis-port PORT
                             a Redis server; the other settings are in .env.example`

try {
  await run(settingsFromCommandLine())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await shutdown('cannot go on', exitCodeOf(error))
}

function settingsFromCommandLine(): ProducerSettings {
  readFlags(HELP, PRODUCER_FLAGS)
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
