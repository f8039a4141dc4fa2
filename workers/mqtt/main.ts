import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { isBuildingId } from '@/lib/contracts/building-id'
import { env, type Env } from '@/lib/env'
import { exitCodeOf, readFlags } from '@/lib/infra/command-line'
import { closePool } from '@/lib/infra/db'
import { createLogger, type Logger } from '@/lib/infra/logger'
import { mqttBroker, type MqttBroker } from '@/lib/infra/mqtt-connection'
import { configureShutdown, exitWhenParentDies, onShutdown } from '@/lib/infra/shutdown'
import { UsageError } from '@/lib/infra/usage-error'
import { readTopicMappings } from '@/lib/ingest/mqtt/topic-mapping'
import { openLiveStore } from '@/lib/live/open'
import { connectServers } from '@/lib/services/connect-servers'
import { reportProcess } from '@/lib/services/process-report'
import { keepLease } from '@/lib/services/single-lease'
import { MqttDuty } from './mqtt-duty'

const FLAGS = ['REDIS_HOST', 'REDIS_PORT', 'MQTT_URL', 'MQTT_TOPICS'] as const satisfies readonly (keyof Env)[]

const HELP = `Takes readings from a broker, and tells Home Assistant of buildings.

  npm run mqtt -- --mqtt-url mqtt://127.0.0.1:1883

  --mqtt-url URL             the broker: mqtt://, mqtts://, ws:// or wss://
  --mqtt-topics TOPICS       what meters publish on (undercurrent/{building_id}/input)
  --redis-host HOST, --redis-port PORT
                             a Redis server; MQTT_USERNAME, HOME_ASSISTANT_BUILDINGS and the other settings are in .env.example`

try {
  readFlags(HELP, FLAGS)
  await start()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(exitCodeOf(error))
}

async function start(): Promise<void> {
  const log = createLogger('mqtt')
  configureShutdown({ log, deadlineMilliseconds: 8_000 })
  exitWhenParentDies()
  const broker = mqttBroker()
  if (!broker) throw new UsageError('There is no broker: set MQTT_URL, for instance mqtt://127.0.0.1:1883.')
  const duty = dutyOf(broker, log)
  await connectServers(log)
  const store = openLiveStore()
  onShutdown('live store', () => store.close())
  onShutdown('database', closePool)
  const lease = keepLease(`mqtt:${broker.clientId}`, `mqtt-${hostname()}-${process.pid}-${randomBytes(4).toString('hex')}`, log)
  onShutdown('lease', () => lease.close())
  const reporter = reportProcess('mqtt', { log, pingLiveStore: () => store.ping(), facts: () => duty.facts })
  onShutdown('report', () => reporter.close())
  duty.follow(lease.isHolder, store)
  onShutdown('MQTT', () => duty.close())
  log.info({ liveStore: store.kind }, 'waiting for readings over MQTT')
}

/** @throws UsageError before anything is opened */
function dutyOf(broker: MqttBroker, log: Logger): MqttDuty {
  const { MQTT_TOPICS, HOME_ASSISTANT_BUILDINGS, HOME_ASSISTANT_PREFIX, HOME_ASSISTANT_SECONDS } = env()
  const buildings = (HOME_ASSISTANT_BUILDINGS ?? '').split(/[\s,]+/).filter(Boolean)
  const wrong = buildings.find((id) => id !== '*' && !isBuildingId(id))
  if (wrong) throw new UsageError(`HOME_ASSISTANT_BUILDINGS has ${wrong}, which is not a building id; * is all of them.`)
  return new MqttDuty({
    broker,
    mappings: readTopicMappings(MQTT_TOPICS),
    homeAssistant: { buildings, prefix: HOME_ASSISTANT_PREFIX, stateSeconds: HOME_ASSISTANT_SECONDS },
    log,
  })
}
