import type { BufferStatus } from '@/lib/contracts/buffer-status'
import type { WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { latestKey, predictionsChannel, statusKey, windowKey } from '@/lib/live/keys'
import type { LiveUpdate } from '@/lib/live/live-store'
import { parseJson, pointsToStore, toPrediction, toStatus, toWindow } from '@/lib/live/message-codec'
import type { RedisCommand, RedisLink } from '@/lib/live/redis-link'

const UPDATES_AT_ONCE = 200

/** The live half of the store: what is shown now, and forgotten when it is old. */
export class RedisLive {
  constructor(
    private readonly commands: RedisLink,
    private readonly windowSeconds: number,
  ) {}

  async publishMany(updates: readonly LiveUpdate[]): Promise<void> {
    for (let from = 0; from < updates.length; from += UPDATES_AT_ONCE) {
      const some = updates.slice(from, from + UPDATES_AT_ONCE)
      await this.commands.many(some.flatMap((update) => publishCommands(update, this.windowSeconds)))
    }
  }

  async latest(buildingId: string): Promise<PredictionMessage | null> {
    const key = latestKey(buildingId)
    const text = await this.commands.command(key, 'GET', key)
    return typeof text === 'string' ? toPrediction(parseJson(text)) : null
  }

  async status(buildingId: string): Promise<BufferStatus | null> {
    const key = statusKey(buildingId)
    const flat = (await this.commands.command(key, 'HGETALL', key)) as string[]
    const fields: Record<string, string> = {}
    for (let index = 0; index + 1 < flat.length; index += 2) fields[flat[index] as string] = flat[index + 1] as string
    return toStatus(fields)
  }

  async window(buildingId: string): Promise<WindowPoint[]> {
    const key = windowKey(buildingId)
    const texts = (await this.commands.command(key, 'LRANGE', key, 0, -1)) as string[]
    return toWindow(texts.map(parseJson), this.windowSeconds)
  }

  async forget(buildingId: string): Promise<void> {
    const keys = [latestKey(buildingId), statusKey(buildingId), windowKey(buildingId)]
    await this.commands.many(keys.map((key) => ({ key, args: ['DEL', key] })))
  }
}

function publishCommands(update: LiveUpdate, windowSeconds: number): RedisCommand[] {
  const { message, status } = update
  const json = JSON.stringify(message)
  const latest = latestKey(message.building_id)
  const hash = statusKey(message.building_id)
  const list = windowKey(message.building_id)
  const channel = predictionsChannel(message.building_id)
  const points = pointsToStore(update, windowSeconds)
  return [
    { key: latest, args: ['SET', latest, json] },
    { key: hash, args: ['HSET', hash, ...Object.entries(status).flatMap(([field, value]) => [field, String(value)])] },
    ...(points.length === 0
      ? []
      : ([
          { key: list, args: ['RPUSH', list, ...points.map((point) => JSON.stringify(point))] },
          { key: list, args: ['LTRIM', list, -windowSeconds, -1] },
        ] satisfies RedisCommand[])),
    // Last, so that whoever hears it and then looks finds no less than this.
    { key: channel, args: ['PUBLISH', channel, json] },
  ]
}
