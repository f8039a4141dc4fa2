import { SaxesParser } from 'saxes'
import { textLines } from '@/lib/ingest/text-lines'
import { UsageError } from '@/lib/infra/usage-error'
import type { SourceRow } from './row-reader'
import type { TableFormat } from './table-format'

/** Units of measure by the ESPI standard (NAESB REQ.21): real energy and real power. */
const UNITS: Record<string, { quantity: 'energy' | 'power'; unit: 'Wh' | 'W' }> = {
  '72': { quantity: 'energy', unit: 'Wh' },
  '38': { quantity: 'power', unit: 'W' },
}
const ELECTRICITY = '0'
const REVERSE_FLOW = '19'
const ROWS_PER_BATCH = 4096
/** What is kept in memory at a time: a packed file of a few megabytes could else fill any. Fourteen years of quarters of an hour. */
const MOST_READINGS_OF_ENTRY = 500_000
const MOST_ENTRIES_KEPT = 10_000
const LONGEST_TEXT = 100_000
/** The parser keeps what is between two tags by itself. */
const LONGEST_UNTAGGED = 8_000_000
const DEEPEST = 100
const READ_VALUES = new Set([
  'ReadingType.uom',
  'ReadingType.powerOfTenMultiplier',
  'ReadingType.flowDirection',
  'timePeriod.start',
  'timePeriod.duration',
  'IntervalReading.value',
])

interface ReadingType {
  uom: string
  factor: number
  isReverse: boolean
}

/** What the feed says of its readings: which types there are, and which blocks are of which. */
interface Feed {
  types: Map<string, ReadingType>
  /** What each meter reading is related to, its reading type among it; by address. */
  relatedTo: Map<string, string[]>
  /** Of usage points by their address; what is no electricity is left out. */
  otherServices: Set<string>
}

interface Block {
  meterReading: string
  readings: { startSeconds: number; durationSeconds: number; value: number }[]
}

export const isGreenButton = (head: readonly string[]) => {
  const text = head.join('\n')
  return text.trimStart().startsWith('<') && /espi|IntervalBlock|IntervalReading|UsagePoint/i.test(text)
}

/** @throws UsageError where the feed has no electricity that can be read */
export async function greenButtonFormat(file: string): Promise<TableFormat> {
  const { feed, chosen } = await survey(file)
  const { quantity, unit } = UNITS[chosen.uom]!
  const reverse = [...feed.types.values()].some(({ isReverse }) => isReverse)
  return {
    format: 'green_button',
    delimiter: ',',
    columns: ['end', quantity],
    hasHeader: false,
    skipLines: 0,
    timeColumn: 'end',
    quantities: [{ column: quantity, quantity, unit }],
    timeZone: 'UTC',
    hold: 'previous',
    mains: 'yes',
    day: null,
    notes: [
      `A Green Button feed of ${quantity} in ${unit}.`,
      ...(reverse ? ['It also has what was exported; that is left out.'] : []),
    ],
  }
}

/** The intervals by their end, values in Wh or W; lines count intervals. @throws UsageError */
export async function* greenButtonRows(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  const { feed, chosen } = await survey(file)
  let line = 0
  let batch: SourceRow[] = []
  for await (const block of blocks(file, onBytes)) {
    const type = typeOfBlock(feed, block) ?? chosen
    for (const { startSeconds, durationSeconds, value } of block.readings) {
      line++
      if (type !== chosen) continue
      batch.push({ line, cells: [startSeconds + durationSeconds, value * type.factor] })
    }
    if (batch.length < ROWS_PER_BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function typeOfBlock({ types, relatedTo }: Feed, { meterReading }: Block): ReadingType | undefined {
  const address = [...relatedTo.keys()].find((known) => meterReading === known || meterReading.startsWith(`${known}/`))
  const related = address === undefined ? [] : (relatedTo.get(address) ?? [])
  return related.map((type) => types.get(type)).find((type) => type !== undefined)
}

async function survey(file: string): Promise<{ feed: Feed; chosen: ReadingType }> {
  const feed: Feed = { types: new Map(), relatedTo: new Map(), otherServices: new Set() }
  for await (const entry of entries(file)) {
    if (entry.type) feed.types.set(entry.self || String(feed.types.size), entry.type)
    if (entry.isMeterReading) {
      const inOther = [...feed.otherServices].some((address) => entry.self.startsWith(address))
      if (!inOther) feed.relatedTo.set(entry.self, entry.related)
    }
    if (entry.service !== null && entry.service !== ELECTRICITY) feed.otherServices.add(entry.self)
    if (Math.max(feed.types.size, feed.relatedTo.size, feed.otherServices.size) > MOST_ENTRIES_KEPT) {
      throw new UsageError(`${file} has more meters than can be told apart here. Split it.`)
    }
  }
  const chosen = [...feed.types.values()].find(({ uom, isReverse }) => UNITS[uom] && !isReverse)
  if (!chosen) {
    throw new UsageError(
      `${file} is XML without electricity: a Green Button feed with a reading type in Wh (72) or W (38) is needed.`,
    )
  }
  return { feed, chosen }
}

interface Entry {
  self: string
  related: string[]
  up: string
  type: ReadingType | null
  isMeterReading: boolean
  service: string | null
  blocks: Block[]
}

async function* blocks(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<Block> {
  for await (const entry of entries(file, onBytes)) {
    for (const block of entry.blocks) yield { ...block, meterReading: entry.up || entry.self }
  }
}

/** Atom entries one after the other; of a file that has none, what it holds counts as one. */
async function* entries(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<Entry> {
  const parser = new SaxesParser()
  const path: string[] = []
  let finished: Entry[] = []
  let entry = emptyEntry()
  let text = ''
  let values: Record<string, string> = {}
  let failure: Error | null = null
  parser.on('error', (error) => (failure ??= error))
  const isTooLarge = () => (failure ??= new Error('one of its entries is far larger than any of a Green Button feed'))
  let readings = 0
  let untaggedCharacters = 0
  parser.on('opentag', ({ name, attributes }) => {
    const local = localName(name)
    path.push(local)
    text = ''
    untaggedCharacters = 0
    if (local === 'entry') readings = 0
    if (path.length > DEEPEST || entry.related.length + entry.blocks.length > MOST_ENTRIES_KEPT) isTooLarge()
    if (local === 'IntervalReading' && ++readings > MOST_READINGS_OF_ENTRY) isTooLarge()
    // Nothing more is kept of what is refused, as far as the parser still has some of it.
    if (failure) return
    if (local === 'entry') entry = emptyEntry()
    if (local === 'MeterReading') entry.isMeterReading = true
    if (local === 'ReadingType' || local === 'IntervalReading') values = {}
    if (local === 'IntervalBlock') entry.blocks.push({ meterReading: '', readings: [] })
    if (local === 'link' && typeof attributes.href === 'string') {
      if (attributes.rel === 'self') entry.self = attributes.href
      else if (attributes.rel === 'up') entry.up = attributes.href
      else entry.related.push(attributes.href)
    }
  })
  parser.on('text', (more) => {
    if (text.length + more.length > LONGEST_TEXT) isTooLarge()
    else text += more
  })
  parser.on('closetag', ({ name }) => {
    const local = localName(name)
    path.pop()
    const place = `${path.at(-1) ?? ''}.${local}`
    if (READ_VALUES.has(place)) values[place] = text.trim()
    untaggedCharacters = 0
    if (local === 'ReadingType') {
      entry.type = {
        uom: values['ReadingType.uom'] ?? '',
        factor: 10 ** Number(values['ReadingType.powerOfTenMultiplier'] || 0),
        isReverse: values['ReadingType.flowDirection'] === REVERSE_FLOW,
      }
    } else if (local === 'IntervalReading') {
      entry.blocks.at(-1)?.readings.push({
        startSeconds: Number(values['timePeriod.start'] ?? Number.NaN),
        durationSeconds: Number(values['timePeriod.duration'] ?? Number.NaN),
        value: Number(values['IntervalReading.value'] || Number.NaN),
      })
    } else if (local === 'kind' && path.at(-1) === 'ServiceCategory') entry.service = text.trim()
    else if (local === 'entry') {
      finished.push(entry)
      entry = emptyEntry()
    }
    text = ''
  })
  for await (const lines of textLines(file, { unpack: true, onBytes })) {
    const more = `${lines.join('\n')}\n`
    untaggedCharacters += more.length
    parser.write(more)
    if (untaggedCharacters > LONGEST_UNTAGGED) isTooLarge()
    if (failure) break
    yield* finished
    finished = []
  }
  if (!failure) parser.close()
  if (failure) throw new UsageError(`${file} cannot be read as XML: ${(failure as Error).message}.`)
  yield* finished
  if (entry.type || entry.blocks.length > 0) yield entry
}

const emptyEntry = (): Entry => ({ self: '', related: [], up: '', type: null, isMeterReading: false, service: null, blocks: [] })

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
