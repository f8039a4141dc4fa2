import type { Sample } from '@/lib/contracts/sample'
import { parseInput, readInput, type ParsedInput } from '@/lib/ingest/parse-input'
import { LIVE_TIMES, readTimestamp } from '@/lib/ingest/read-timestamp'
import type { MeterForm } from './meter-forms'
import type { TopicMapping } from './topic-mapping'

/** A Tasmota device with many sensors says some 2 kB. */
const MAX_BYTES = 16_384
const MAX_PHASES = 12
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

export type MeterReading =
  | { kind: 'reading'; sample: Sample; notes: string[] }
  | { kind: 'rejected'; reason: string }
  /** Other news of the same device, without a power in it. */
  | { kind: 'noPower' }

/**
 * Reads one message of a meter as its mapping says. Never throws, whatever the bytes. Times come from the message where the
 * mapping says so, and are then required; otherwise the moment of arrival is the time.
 * @param nowSeconds the moment of arrival
 */
export function readMeterPayload(mapping: TopicMapping, buildingId: string, payload: Buffer, nowSeconds: number): MeterReading {
  if (payload.length > MAX_BYTES) return rejected(`The message has ${payload.length} bytes; at most ${MAX_BYTES} are read.`)
  const text = payload.toString('utf8').trim()
  const { form } = mapping
  if (!form) return toReading(parseInput(text, buildingId, 'mqtt', nowSeconds))
  const message = NUMBER.test(text) ? Number(text) : parseJson(text)
  if (message === undefined) return rejected(`The message is neither a number nor JSON: ${text.slice(0, 60)}`)
  const isNumber = typeof message === 'number'
  const power = isNumber ? message : totalOf(firstOf(message, form.powerPaths))
  if (power === undefined) return isObject(message) ? { kind: 'noPower' } : rejected(`There is no power in ${text.slice(0, 60)}`)
  const timestamp = isNumber ? arrivalOrMissing(form, nowSeconds) : timeOf(message, mapping, form, nowSeconds)
  if (typeof timestamp === 'string') return rejected(timestamp)
  const quantities = isNumber ? {} : quantitiesOf(message, form)
  const watts = typeof power === 'number' ? power * mapping.wattsPerUnit : power
  return toReading(readInput({ ...quantities, timestamp, power_total: watts }, buildingId, 'mqtt', nowSeconds))
}

const rejected = (reason: string): MeterReading => ({ kind: 'rejected', reason })
const toReading = (parsed: ParsedInput): MeterReading =>
  parsed.ok ? { kind: 'reading', sample: parsed.sample, notes: parsed.notes } : rejected(parsed.reason)

/** Unix seconds, or a sentence why there are none. */
function timeOf(message: unknown, { clock }: TopicMapping, form: MeterForm, nowSeconds: number): number | string {
  if (form.timePath === null) return arrivalOrMissing(form, nowSeconds)
  const given = valueAt(message, form.timePath)
  const zoneless = clock ? (seconds: number) => clock.toUnixSeconds(seconds) : LIVE_TIMES.zoneless
  const time = readTimestamp(given, nowSeconds, { ...LIVE_TIMES, zoneless })
  return time.ok ? time.seconds : `${form.timePath}: ${time.reason}`
}

function arrivalOrMissing({ timePath }: MeterForm, nowSeconds: number): number | string {
  return timePath === null ? Math.round(nowSeconds * 1000) / 1000 : `There is no ${timePath} in a plain number.`
}

function firstOf(message: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = valueAt(message, path)
    if (value !== undefined && value !== null) return value
  }
  return undefined
}

/** Phases in a list are added up; a list with anything else in it is what it is, and is rejected as no number. */
function totalOf(value: unknown): unknown {
  if (!Array.isArray(value)) return typeof value === 'string' && NUMBER.test(value.trim()) ? Number(value) : value
  const isPhases = value.length > 0 && value.length <= MAX_PHASES && value.every((phase) => typeof phase === 'number')
  return isPhases ? value.reduce((sum: number, phase: number) => sum + phase, 0) : value
}

/** What is there as a number; a list, one a phase, has no one value. */
function quantitiesOf(message: unknown, { quantityPaths }: MeterForm): Record<string, number> {
  const found: Record<string, number> = {}
  for (const [field, path] of Object.entries(quantityPaths)) {
    const value = valueAt(message, path)
    if (typeof value === 'number') found[field] = value
  }
  return found
}

function valueAt(message: unknown, path: string): unknown {
  let value = message
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
