import { SAMPLE_SOURCES, type Sample, type SampleSource } from '@/lib/contracts/sample'

type OptionalQuantity = Exclude<keyof Sample, 'buildingId' | 'timestampSeconds' | 'powerWatts' | 'source'>

/** One letter each: the stream holds millions. b building, t Unix seconds, p watts, s source. A reader ignores others. */
const LETTERS: Record<OptionalQuantity, string> = {
  voltageVolts: 'v',
  currentAmps: 'i',
  powerFactor: 'f',
  reactivePowerVar: 'q',
  frequencyHertz: 'h',
  thdPercent: 'd',
}
const OPTIONAL = Object.entries(LETTERS) as [OptionalQuantity, string][]

/**
 * The stored form of a sample, in Redis as a stream entry's fields, in PostgreSQL as JSON.
 * @throws RangeError when a quantity is not finite, which no store could give back
 */
export function encodeSample(sample: Sample): Record<string, string | number> {
  const fields: Record<string, string | number> = {
    b: sample.buildingId,
    t: finite(sample.timestampSeconds, sample),
    p: finite(sample.powerWatts, sample),
    s: sample.source,
  }
  for (const [quantity, letter] of OPTIONAL) {
    const value = sample[quantity]
    if (value !== undefined) fields[letter] = finite(value, sample)
  }
  return fields
}

/** @returns null for what encodeSample did not write */
export function decodeSample(fields: Readonly<Record<string, unknown>>): Sample | null {
  const timestampSeconds = toNumber(fields.t)
  const powerWatts = toNumber(fields.p)
  if (typeof fields.b !== 'string' || timestampSeconds === null || powerWatts === null || !isSource(fields.s)) return null
  const sample: Sample = { buildingId: fields.b, timestampSeconds, powerWatts, source: fields.s }
  for (const [quantity, letter] of OPTIONAL) {
    const value = toNumber(fields[letter])
    if (value !== null) sample[quantity] = value
  }
  return sample
}

function finite(value: number, sample: Sample): number {
  if (Number.isFinite(value)) return value
  throw new RangeError(`A sample of ${sample.buildingId} has a quantity that is not a finite number: ${JSON.stringify(sample)}`)
}

/** Redis gives text, PostgreSQL numbers. */
function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

const isSource = (value: unknown): value is SampleSource => SAMPLE_SOURCES.some((source) => source === value)
