import { existsSync } from 'node:fs'
import { z } from 'zod'
import { isBuildingId } from '@/lib/contracts/building-id'
import type { Env } from '@/lib/env'
import { UsageError } from '@/lib/infra/usage-error'
import { readTopicMappings, type TopicMapping } from '@/lib/ingest/mqtt/topic-mapping'
import { LIVE_TIMES, readTimestamp } from '@/lib/ingest/read-timestamp'
import { isTimeZone } from '@/lib/simulation/calendar'
import { homeOfBuilding, type SimulatedHomeChoice } from '@/lib/simulation/home-of-building'

export const PRODUCER_FLAGS = [
  'REDIS_HOST',
  'REDIS_PORT',
  'SOURCE',
  'BUILDING_ID',
  'SPEED',
  'SEED',
  'START',
  'TRANSPORT',
  'DURATION_SECONDS',
  'FILE',
  'TIME_ZONE',
  'MQTT_URL',
  'MQTT_TOPICS',
] as const satisfies readonly (keyof Env)[]

const SOURCES = ['simulation', 'csv', 'parquet', 'mqtt', 'replay'] as const
export type ProducerSource = (typeof SOURCES)[number]
const TRANSPORTS = ['stream', 'pubsub', 'mqtt'] as const
export type ProducerTransport = (typeof TRANSPORTS)[number]

export interface ProducerSettings {
  source: ProducerSource
  buildingId: string
  /** Seconds of readings sent per second. */
  speed: number
  transport: ProducerTransport
  /** Timestamp of the first reading; null = the source's default. */
  startSeconds: number | null
  /** Ends after so many seconds of readings; null = never, or at the end of the recording. */
  durationSeconds: number | null
  /** The recording of `csv`, `parquet` and `replay`. */
  file: string
  /** What `mqtt` listens to. */
  topics: readonly TopicMapping[]
  seed: number
  profile: SimulatedHomeChoice['profile']
  timeZone: string
}

/** @throws UsageError */
export function readSettings(environment: Env, nowSeconds: number): ProducerSettings {
  const source = readSource(environment.SOURCE)
  const buildingId = environment.BUILDING_ID
  if (!isBuildingId(buildingId)) throw new UsageError(`--building-id ${buildingId} is not the id of one building.`)
  const home = homeOfBuilding(buildingId)
  const start = environment.START
  if (start !== undefined && source === 'replay') {
    throw new UsageError('--source replay keeps the recorded timestamps; use --source csv to send a recording from --start on.')
  }
  const transport = read('--transport', environment.TRANSPORT ?? 'stream', z.enum(TRANSPORTS), 'stream, pubsub or mqtt')
  if ((source === 'mqtt' || transport === 'mqtt') && !environment.MQTT_URL) {
    throw new UsageError('There is no broker: add --mqtt-url, for instance mqtt://127.0.0.1:1883.')
  }
  if (source === 'mqtt' && transport === 'mqtt') throw new UsageError('--source mqtt would hear what --transport mqtt says.')
  return {
    source,
    buildingId,
    speed: read('--speed', environment.SPEED ?? '1', z.coerce.number().min(0.01).max(10_000), 'a number from 0.01 to 10000'),
    transport,
    startSeconds: start === undefined ? null : readStart(start, nowSeconds),
    durationSeconds:
      environment.DURATION_SECONDS === undefined
        ? null
        : read('--duration-seconds', environment.DURATION_SECONDS, z.coerce.number().positive(), 'a positive number'),
    file: source === 'simulation' || source === 'mqtt' ? '' : readFile(source, environment.FILE),
    topics: source === 'mqtt' ? readTopicMappings(environment.MQTT_TOPICS) : [],
    seed:
      environment.SEED === undefined ? home.seed : read('--seed', environment.SEED, z.coerce.number().int(), 'a whole number'),
    // Another seed is another home.
    profile: environment.SEED === undefined ? home.profile : {},
    timeZone: readTimeZone(environment.TIME_ZONE ?? home.timeZone),
  }
}

function readSource(given = 'simulation'): ProducerSource {
  const source = SOURCES.find((one) => one === given)
  if (!source) throw new UsageError(`--source ${given} is unknown. Available: ${SOURCES.join(', ')}.`)
  return source
}

function readFile(source: ProducerSource, file: string | undefined): string {
  if (!file) throw new UsageError(`--source ${source} needs --file with columns timestamp and power_total.`)
  if (!existsSync(file)) throw new UsageError(`--file ${file} does not exist.`)
  return file
}

function readStart(text: string, nowSeconds: number): number {
  const time = readTimestamp(text, nowSeconds, LIVE_TIMES)
  if (!time.ok) throw new UsageError(`--start cannot be used: ${time.reason}`)
  return time.seconds
}

function readTimeZone(timeZone: string): string {
  if (!isTimeZone(timeZone)) throw new UsageError(`--time-zone ${timeZone} is not a time zone such as Europe/Berlin.`)
  return timeZone
}

function read<T>(flag: string, text: string, schema: z.ZodType<T>, allowed: string): T {
  const result = schema.safeParse(text)
  if (!result.success) throw new UsageError(`${flag} ${text} is not ${allowed}.`)
  return result.data
}
