import { isBuildingId } from '@/lib/contracts/building-id'
import { MAX_POWER_WATTS, type InputMessage, type Sample, type SampleSource } from '@/lib/contracts/sample'
import { LIVE_TIMES, readTimestamp } from '@/lib/ingest/read-timestamp'

const MAX_TEXT_LENGTH = 4_096
/** Below any meter's resolution, and a number that small does not fit a REAL column. */
const NEGLIGIBLE = 1e-9

export type ParsedInput =
  /** `notes`: what was repaired or left out, a sentence each; empty when the message was as the contract says. */
  | { ok: true; sample: Sample; notes: string[] }
  | { ok: false; reason: string }

type OptionalQuantity = Exclude<keyof Sample, 'buildingId' | 'timestampSeconds' | 'powerWatts' | 'source'>

/** Wire name and what is physically possible. */
interface Limits {
  field: keyof InputMessage
  lowest: number
  highest: number
}

const OPTIONAL: Record<OptionalQuantity, Limits> = {
  voltageVolts: { field: 'voltage', lowest: 0, highest: 1_000_000 },
  currentAmps: { field: 'current', lowest: -1_000_000, highest: 1_000_000 },
  powerFactor: { field: 'power_factor', lowest: -1, highest: 1 },
  reactivePowerVar: { field: 'reactive_power', lowest: -MAX_POWER_WATTS, highest: MAX_POWER_WATTS },
  frequencyHertz: { field: 'frequency', lowest: 0, highest: 1_000 },
  thdPercent: { field: 'thd', lowest: 0, highest: 10_000 },
}
const OPTIONAL_QUANTITIES = Object.entries(OPTIONAL) as [OptionalQuantity, Limits][]

/**
 * Reads one message of `nilm:{building_id}:input`. Never throws, whatever the text.
 *
 * - `timestamp` and `power_total` must be there; without either the message is rejected with a reason.
 * - `NaN` and `Infinity`, which Python's json.dumps writes, are read as "not measured".
 * - A number in quotes counts as the number. Times in ms, us or ns, and ISO texts with a zone, become Unix seconds.
 * - Other quantities that are missing, unreadable or impossible are left out; the power is still good.
 * - `simulated: true` (also as text) makes it a simulated reading, whatever `source` says: invented data never counts as real.
 * - Negative power is export. Unknown fields are ignored.
 */
export function parseInput(
  json: string,
  buildingId: string,
  source: SampleSource,
  nowSeconds = Date.now() / 1000,
): ParsedInput {
  if (json.length > MAX_TEXT_LENGTH) {
    return { ok: false, reason: `The message has ${json.length} characters; at most ${MAX_TEXT_LENGTH} are read.` }
  }
  const value = parseLenientJson(json)
  if (value === undefined) return { ok: false, reason: `The message is not JSON: ${excerpt(json)}` }
  return readInput(value, buildingId, source, nowSeconds)
}

/** As parseInput, for a message that has been taken out of its text already. */
export function readInput(
  value: unknown,
  buildingId: string,
  source: SampleSource,
  nowSeconds = Date.now() / 1000,
): ParsedInput {
  if (!isBuildingId(buildingId)) {
    return { ok: false, reason: `${excerpt(buildingId)} is not a building id: 1 to 64 letters, digits and _ . : - are allowed.` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'The message is not a JSON object.' }
  }
  const fields = value as Partial<Record<keyof InputMessage, unknown>>
  const notes: string[] = []

  const time = readTimestamp(fields.timestamp, nowSeconds, LIVE_TIMES)
  if (!time.ok) return time
  if (time.note) notes.push(time.note)

  const power = readNumber(fields.power_total)
  if (power === null) return { ok: false, reason: `power_total is ${describe(fields.power_total)}, not a number of watts.` }
  if (Math.abs(power) > MAX_POWER_WATTS) return { ok: false, reason: `power_total of ${power} W is beyond 10 MW.` }
  if (typeof fields.power_total === 'string') notes.push('power_total was text and is read as a number.')

  const sample: Sample = { buildingId, timestampSeconds: time.seconds, powerWatts: tidy(power), source }
  if (isTrue(fields.simulated)) sample.source = 'simulation'
  else if (!isFalse(fields.simulated)) {
    notes.push(`simulated of ${describe(fields.simulated)} is left out: neither true nor false.`)
  }
  for (const [quantity, { field, lowest, highest }] of OPTIONAL_QUANTITIES) {
    const given = fields[field]
    if (given === undefined || given === null) continue
    const number = readNumber(given)
    if (number === null || number < lowest || number > highest) {
      notes.push(`${field} of ${describe(given)} is left out: not a number from ${lowest} to ${highest}.`)
      continue
    }
    if (typeof given === 'string') notes.push(`${field} was text and is read as a number.`)
    sample[quantity] = tidy(number)
  }
  return { ok: true, sample, notes }
}

const isTrue = (value: unknown) => value === true || (typeof value === 'string' && /^\s*true\s*$/i.test(value))

const isFalse = (value: unknown) =>
  value === undefined || value === null || value === false || (typeof value === 'string' && /^\s*false\s*$/i.test(value))

/** @returns undefined when it is not JSON even with NaN and Infinity allowed as values */
function parseLenientJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Quoted texts are matched first, and kept, so that a NaN within one stays as it is.
    const repaired = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
      token.startsWith('"') ? token : JSON.stringify({ [NOT_A_NUMBER]: token }),
    )
    try {
      return JSON.parse(repaired)
    } catch {
      return undefined
    }
  }
}

/** Marks where a NaN stood, so that the reason can say so. */
const NOT_A_NUMBER = 'not a number'

function readNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  // A decimal comma could as well separate thousands, so it is not guessed at.
  if (typeof value !== 'string' || !/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/.test(value)) return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** Also makes -0 a plain 0. */
const tidy = (number: number) => (Math.abs(number) < NEGLIGIBLE ? 0 : number)

function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'object' && value !== null && NOT_A_NUMBER in value) return String(value[NOT_A_NUMBER])
  return excerpt(JSON.stringify(value) ?? String(value))
}

const excerpt = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}...` : text)
