import { isBuildingId } from '@/lib/contracts/building-id'
import { UsageError } from '@/lib/infra/usage-error'
import { LocalClock } from '@/lib/ingest/local-clock'
import { formOf, type MeterForm } from './meter-forms'

const BUILDING_LEVEL = '{building_id}'
const PARAMETERS = ['building', 'power', 'time', 'unit', 'zone', 'sum']
const MOST_SUMMED = 12

export interface TopicMapping {
  /** What is subscribed to. */
  filter: string
  /** Levels of the topic as they were written. */
  levels: readonly string[]
  /** null: the topic says it. */
  buildingId: string | null
  /** null: the JSON of the input contract, time included. */
  form: MeterForm | null
  wattsPerUnit: number
  /** Reads times without a zone; null: such a time is no time. */
  clock: LocalClock | null
  /** So many topics, one a phase, make up the main meter. */
  sumOf: number
}

/** Only what says when it was measured may be kept for later by the broker; anything else is of its moment of arrival. */
export const isTimed = ({ form }: TopicMapping): boolean => form === null || form.timePath !== null

/**
 * Reads MQTT_TOPICS: entries with commas or spaces between, each a topic with what differs from the default behind a question mark.
 *
 * - `undercurrent/{building_id}/input`: topics that end in /input carry the JSON of the input contract; `{building_id}` stands for
 *   one level, whose text is the building's id.
 * - `tele/main/SENSOR?building=my_home`: what Tasmota, Shelly and zigbee2mqtt write, and plain numbers, is recognised.
 * - `p1/reading?building=my_home&power=data.now&unit=kW&time=data.at`: where power (W unless told) and time are within the JSON;
 *   `zone=Europe/Berlin` for times without one; `time=arrival` for the moment of arrival.
 * - `shellies/em3/emeter/+/power?building=my_home&sum=3`: three topics, one a phase, added up.
 *
 * @throws UsageError naming the entry and what to change
 */
export function readTopicMappings(text: string): TopicMapping[] {
  const mappings = text.split(/[\s,]+/).filter(Boolean).map(readEntry)
  if (mappings.length === 0) throw new UsageError('MQTT_TOPICS has no topic. Leave it away for undercurrent/{building_id}/input.')
  const filters = mappings.map(({ filter }) => filter)
  const twice = filters.find((filter, index) => filters.indexOf(filter) !== index)
  if (twice) throw new UsageError(`MQTT_TOPICS has ${twice} twice.`)
  return mappings
}

function readEntry(entry: string): TopicMapping {
  const wrong = (what: string) => new UsageError(`MQTT_TOPICS has ${entry}: ${what}`)
  const [topic = '', query = ''] = entry.split('?', 2)
  const parameters = new URLSearchParams(query.replaceAll('+', '%2B'))
  for (const [name, value] of parameters) {
    if (!PARAMETERS.includes(name)) throw wrong(`${name} is unknown; there are ${PARAMETERS.join(', ')}.`)
    if (!value) throw wrong(`${name} has no value.`)
  }
  const levels = topic.split('/')
  const isWildcard = (level: string) => level === '+' || level === BUILDING_LEVEL
  if (!topic || topic.startsWith('$')) throw wrong('it does not begin with a topic.')
  if (levels.some((level) => !isWildcard(level) && /[+#{}]/.test(level))) {
    throw wrong(`+ and ${BUILDING_LEVEL} stand for a whole level, and # is not taken.`)
  }
  const buildingId = parameters.get('building')
  const fromTopic = levels.filter((level) => level === BUILDING_LEVEL).length
  if (buildingId === null && fromTopic !== 1) throw wrong(`add ?building=ID, or put ${BUILDING_LEVEL} in place of one level.`)
  if (buildingId !== null && fromTopic > 0) throw wrong(`the building is either building=, or ${BUILDING_LEVEL} in the topic.`)
  if (buildingId !== null && !isBuildingId(buildingId)) {
    throw wrong(`${buildingId} is not a building id: 1 to 64 letters, digits and _ . : - are allowed.`)
  }
  const sumOf = Number(parameters.get('sum') ?? 1)
  if (!Number.isInteger(sumOf) || sumOf < 1 || sumOf > MOST_SUMMED) throw wrong(`sum is a number from 1 to ${MOST_SUMMED}.`)
  if (sumOf === 1 && levels.includes('+')) {
    throw wrong('several topics would be one main meter. Name one topic, or say with sum=3 that three of them, one a phase, are added up.')
  }
  const unit = parameters.get('unit') ?? 'W'
  if (unit !== 'W' && unit !== 'kW') throw wrong('unit is W or kW.')
  const form = formWith(topic, parameters)
  const mapping: TopicMapping = {
    filter: levels.map((level) => (isWildcard(level) ? '+' : level)).join('/'),
    levels,
    buildingId,
    form,
    wattsPerUnit: unit === 'kW' ? 1000 : 1,
    clock: clockOf(parameters.get('zone'), wrong),
    sumOf,
  }
  if (sumOf > 1 && isTimed(mapping)) throw wrong('what is added up counts at its arrival: say time=arrival.')
  return mapping
}

function formWith(topic: string, parameters: URLSearchParams): MeterForm | null {
  const [power, time] = [parameters.get('power'), parameters.get('time')]
  const isInput = topic.endsWith('/input') && !['power', 'time', 'unit', 'zone', 'sum'].some((name) => parameters.has(name))
  if (isInput) return null
  const form = formOf(topic)
  return {
    ...form,
    ...(power !== null && { powerPaths: [power] }),
    ...(time !== null && { timePath: time === 'arrival' ? null : time }),
  }
}

function clockOf(zone: string | null, wrong: (what: string) => UsageError): LocalClock | null {
  if (zone === null) return null
  try {
    return new LocalClock(zone)
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error))
  }
}

/** The building a topic belongs to; null where the mapping does not match it. */
export function buildingOf({ levels, buildingId }: TopicMapping, topic: string): string | null {
  const given = topic.split('/')
  if (given.length !== levels.length) return null
  let found = buildingId
  for (const [index, level] of levels.entries()) {
    const text = given[index] ?? ''
    if (level === BUILDING_LEVEL) found = text
    else if (level !== '+' && level !== text) return null
  }
  return found
}
