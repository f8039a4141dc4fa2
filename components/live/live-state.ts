import { APPLIANCES, type Appliance } from '@/lib/contracts/appliances'
import type { LiveBuilding, LiveEvent, LiveSnapshot, WindowPoint } from '@/lib/contracts/live-events'
import type { PredictionMessage } from '@/lib/contracts/prediction'
import { newestReadingSeconds, type Connection } from './freshness'
import { nextTileOrder, type TileOrder } from './tile-order'

export interface BuildingState extends LiveBuilding {
  /** Start of each appliance's run, in contract order: Unix seconds; null when off or when the start is not known. */
  onSinceSeconds: (number | null)[]
  tileOrder: TileOrder | null
  /** When this page heard of the newest reading: Unix seconds on the server's clock. */
  heardAtSeconds: number
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
/** A prediction older than this before the newest is no late one: the meter's clock was set back. */
const LATE_SECONDS = 10
/** Smaller differences are the network's, not the clock's. */
const NOTICEABLE_OFFSET_SECONDS = 2

/** The live page shows what is; what looks wrong (`anomaly`, `new_alert`) has a page of its own. */
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
  const { buildings, serverTimestamp, ...site } = snapshot
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
        heardAtSeconds:
          before && newestReadingSeconds(before) === newestReadingSeconds(building) ? before.heardAtSeconds : serverTimestamp,
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
    if (!predictionOf(building.latest, appliance)?.is_on) return message.timestamp
    const sinceSeconds = building.onSinceSeconds[index] ?? null
    // A start in the future was told by a clock that has been set back since.
    return sinceSeconds !== null && sinceSeconds > message.timestamp ? null : sinceSeconds
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
  const wasSetBack = isSetBack(building, message)
  if (message.timestamp < (building.latest?.timestamp ?? Number.NEGATIVE_INFINITY) && !wasSetBack) return building
  const { status } = building
  const oldestKept = message.timestamp - (building.status?.window_size ?? DEFAULT_WINDOW_SECONDS)
  const window = building.window.filter((point) => {
    const seconds = point[0] ?? 0
    return seconds > oldestKept && seconds < message.timestamp
  })
  window.push(pointOf(message))
  return {
    ...building,
    latest: message,
    // The next telemetry tells the rest; until then no reading is newer than the clock that was set back.
    status: status && wasSetBack ? { ...status, last_sample_time: message.timestamp } : status,
    simulated: building.simulated || message.simulated,
    window,
    onSinceSeconds: nextRunStarts(building, message),
    tileOrder: nextTileOrder(building.tileOrder, message.predictions, message.timestamp),
  }
}

function isSetBack(building: BuildingState, message: PredictionMessage): boolean {
  return building.latest !== null && message.timestamp < building.latest.timestamp - LATE_SECONDS
}

/** Notes when a reading became known that is newer than any before, or, after a clock was set back, older. */
function heard(before: BuildingState, after: BuildingState, nowSeconds: number): BuildingState {
  if (after === before || newestReadingSeconds(after) === newestReadingSeconds(before)) return after
  return { ...after, heardAtSeconds: nowSeconds }
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
 * that leaves a hole behind it, as when predictions are published once a minute, or one of a clock that was set back, which
 * voids what the window had of a time that has not come.
 */
export function needsSnapshot(state: LiveState, event: LiveEvent): boolean {
  if (event.type === 'snapshot' || event.type === 'heartbeat' || event.type === 'anomaly' || event.type === 'new_alert') return false
  const buildingId = event.type === 'prediction' ? event.payload.building_id : event.payload.buildingId
  const building = state.buildings.find((candidate) => candidate.buildingId === buildingId)
  if (!building) return true
  const newest = building.window.at(-1)?.[0]
  if (event.type !== 'prediction' || newest === undefined) return false
  return event.payload.timestamp - newest > gapSeconds(building) || isSetBack(building, event.payload)
}

export function liveReducer(state: LiveState, action: LiveAction): LiveState {
  if (action.type === 'clock') return { ...state, clockOffsetSeconds: action.clockOffsetSeconds }
  if (action.type === 'connection') {
    return action.connection === state.connection ? state : { ...state, connection: action.connection }
  }
  const { event, receivedAtSeconds } = action
  const nowSeconds = receivedAtSeconds + state.clockOffsetSeconds
  switch (event.type) {
    case 'snapshot':
      return withClock({ ...state, ...stateOf(event.payload, state.buildings) }, event.payload.serverTimestamp, receivedAtSeconds)
    case 'prediction':
      return mapBuilding(state, event.payload.building_id, (building) =>
        heard(building, withPrediction(building, event.payload), nowSeconds))
    case 'telemetry_update':
      return mapBuilding(state, event.payload.buildingId, (building) =>
        heard(building, { ...building, status: event.payload.status }, nowSeconds))
    case 'today':
      return mapBuilding(state, event.payload.buildingId, (building) => ({
        ...building,
        today: event.payload.today,
        onSinceSeconds: recordedRunStarts(building.latest, event.payload.today, building.onSinceSeconds),
      }))
    case 'heartbeat':
      return withClock(state, event.payload.serverTimestamp, receivedAtSeconds)
    case 'anomaly':
    case 'new_alert':
      return state
  }
}
