import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { LiveBuilding, LiveEvent, LiveSnapshot, WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import type { Connection } from './freshness'
import { nextTileOrder, type TileOrder } from './tile-order'

export interface BuildingState extends LiveBuilding {
  /** Start of each appliance's run, in contract order: Unix seconds; null when off or when the start is not known. */
  onSinceSeconds: (number | null)[]
  tileOrder: TileOrder | null
}

export interface LiveState {
  site: Omit<LiveSnapshot, 'buildings' | 'serverTimestamp'>
  buildings: BuildingState[]
  connection: Connection
  /** Server's clock minus this device's. */
  clockOffsetSeconds: number
}

export type LiveAction =
  | { type: 'event'; event: LiveEvent; receivedAtSeconds: number }
  | { type: 'connection'; connection: Connection }
  | { type: 'clock'; clockOffsetSeconds: number }

const DEFAULT_WINDOW_SECONDS = 1536
/** Smaller differences are the network's, not the clock's. */
const NOTICEABLE_OFFSET_SECONDS = 2

const EVENT_TYPES: readonly string[] = [
  'snapshot',
  'prediction',
  'telemetry_update',
  'today',
  'heartbeat',
] satisfies LiveEvent['type'][]

/**
 * A message of the gateway, or null for one this version does not know. Its payload is taken as the contract states it: both
 * ends are the same application, and a schema check of 1,536 points would cost a phone more than it protects.
 */
export function readLiveEvent(text: string): LiveEvent | null {
  let message: unknown
  try {
    message = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof message !== 'object' || message === null || !('type' in message) || !('payload' in message)) return null
  const isKnown = typeof message.type === 'string' && EVENT_TYPES.includes(message.type)
  return isKnown && typeof message.payload === 'object' && message.payload !== null ? (message as LiveEvent) : null
}

export function initialLiveState(snapshot: LiveSnapshot): LiveState {
  return { ...stateOf(snapshot, []), connection: 'connecting', clockOffsetSeconds: 0 }
}

function stateOf(snapshot: LiveSnapshot, known: readonly BuildingState[]): Pick<LiveState, 'site' | 'buildings'> {
  const { buildings, serverTimestamp: _, ...site } = snapshot
  return {
    site,
    buildings: buildings.map((building) => {
      const before = known.find((candidate) => candidate.buildingId === building.buildingId)
      return {
        ...building,
        simulated: building.simulated || (building.latest?.simulated ?? false),
        onSinceSeconds: recordedRunStarts(building.latest, building.today, before?.onSinceSeconds),
        tileOrder: building.latest
          ? nextTileOrder(before?.tileOrder ?? null, building.latest.predictions, building.latest.timestamp)
          : null,
      }
    }),
  }
}

/** Starts as `today` records them; where it records none, what this page saw itself. */
function recordedRunStarts(
  latest: PredictionMessage | null,
  today: LiveBuilding['today'],
  seenSeconds: readonly (number | null)[] = [],
): (number | null)[] {
  return APPLIANCES.map((appliance, index) => {
    if (!predictionOf(latest, appliance)?.is_on) return null
    const recorded = today.appliances.find((entry) => entry.appliance === appliance)?.onSinceTimestamp
    return recorded ?? seenSeconds[index] ?? null
  })
}

/** Starts after one more prediction: a change seen here is newer than any record. */
function nextRunStarts(building: BuildingState, message: PredictionMessage): (number | null)[] {
  if (!building.latest) return recordedRunStarts(message, building.today)
  return APPLIANCES.map((appliance, index) => {
    if (!predictionOf(message, appliance)?.is_on) return null
    return predictionOf(building.latest, appliance)?.is_on ? (building.onSinceSeconds[index] ?? null) : message.timestamp
  })
}

function predictionOf(message: PredictionMessage | null, appliance: Appliance) {
  return message?.predictions.find((prediction) => prediction.appliance === appliance)
}

function pointOf(message: PredictionMessage): WindowPoint {
  const watts = APPLIANCES.map((appliance) => predictionOf(message, appliance)?.power_watts ?? 0)
  return [message.timestamp, message.total_power, ...watts, message.other_watts]
}

function withPrediction(building: BuildingState, message: PredictionMessage): BuildingState {
  const newest = building.latest?.timestamp ?? Number.NEGATIVE_INFINITY
  if (message.timestamp < newest) return building
  const oldestKept = message.timestamp - (building.status?.window_size ?? DEFAULT_WINDOW_SECONDS)
  const window = building.window.filter((point) => {
    const seconds = point[0] ?? 0
    return seconds > oldestKept && seconds < message.timestamp
  })
  window.push(pointOf(message))
  return {
    ...building,
    latest: message,
    simulated: building.simulated || message.simulated,
    window,
    onSinceSeconds: nextRunStarts(building, message),
    tileOrder: nextTileOrder(building.tileOrder, message.predictions, message.timestamp),
  }
}

function mapBuilding(state: LiveState, buildingId: string, change: (building: BuildingState) => BuildingState): LiveState {
  const index = state.buildings.findIndex((building) => building.buildingId === buildingId)
  const building = state.buildings[index]
  if (!building) return state
  const changed = change(building)
  return changed === building ? state : { ...state, buildings: state.buildings.with(index, changed) }
}

function withClock(state: LiveState, serverTimestamp: number, receivedAtSeconds: number): LiveState {
  const clockOffsetSeconds = serverTimestamp - receivedAtSeconds
  const isClose = Math.abs(clockOffsetSeconds - state.clockOffsetSeconds) < NOTICEABLE_OFFSET_SECONDS
  return isClose ? state : { ...state, clockOffsetSeconds }
}

/** Readings further apart than this were not measured in between. */
export function gapSeconds(building: Pick<BuildingState, 'status'>): number {
  return Math.max(5, 3 * (building.status?.meter_interval_seconds ?? 1))
}

/**
 * Whether only a new snapshot can tell what happened: an event about a building this state has never heard of, or a prediction
 * that leaves a hole behind it, as when predictions are published once a minute.
 */
export function needsSnapshot(state: LiveState, event: LiveEvent): boolean {
  if (event.type === 'snapshot' || event.type === 'heartbeat') return false
  const buildingId = event.type === 'prediction' ? event.payload.building_id : event.payload.buildingId
  const building = state.buildings.find((candidate) => candidate.buildingId === buildingId)
  if (!building) return true
  const newest = building.window.at(-1)?.[0]
  return event.type === 'prediction' && newest !== undefined && event.payload.timestamp - newest > gapSeconds(building)
}

export function liveReducer(state: LiveState, action: LiveAction): LiveState {
  if (action.type === 'clock') return { ...state, clockOffsetSeconds: action.clockOffsetSeconds }
  if (action.type === 'connection') {
    return action.connection === state.connection ? state : { ...state, connection: action.connection }
  }
  const { event, receivedAtSeconds } = action
  switch (event.type) {
    case 'snapshot':
      return withClock({ ...state, ...stateOf(event.payload, state.buildings) }, event.payload.serverTimestamp, receivedAtSeconds)
    case 'prediction':
      return mapBuilding(state, event.payload.building_id, (building) => withPrediction(building, event.payload))
    case 'telemetry_update':
      return mapBuilding(state, event.payload.buildingId, (building) => ({ ...building, status: event.payload.status }))
    case 'today':
      return mapBuilding(state, event.payload.buildingId, (building) => ({
        ...building,
        today: event.payload.today,
        onSinceSeconds: recordedRunStarts(building.latest, event.payload.today, building.onSinceSeconds),
      }))
    case 'heartbeat':
      return withClock(state, event.payload.serverTimestamp, receivedAtSeconds)
  }
}
