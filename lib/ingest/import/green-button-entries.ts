import { SaxesParser } from 'saxes'
import { textLines } from '@/lib/ingest/text-lines'
import { UsageError } from '@/lib/infra/usage-error'

/** What is kept in memory at a time: a packed file of a few megabytes could else fill any. Fourteen years of quarters of an hour. */
const MOST_READINGS_OF_ENTRY = 500_000
const MOST_LINKS_AND_BLOCKS = 10_000
const LONGEST_TEXT = 100_000
/** The parser keeps what is between two tags by itself. */
const LONGEST_UNTAGGED = 8_000_000
const DEEPEST = 100
const READ_VALUES = new Set([
  'ReadingType.uom',
  'ReadingType.powerOfTenMultiplier',
  'ReadingType.flowDirection',
  'ReadingType.dataQualifier',
  'ReadingType.intervalLength',
  'interval.start',
  'timePeriod.start',
  'timePeriod.duration',
  'IntervalReading.value',
])

/** Codes of the ESPI standard; '' where it says nothing. */
export interface ReadingType {
  uom: string
  factor: number
  flowDirection: string
  dataQualifier: string
  /** NaN where it says nothing. */
  intervalSeconds: number
}

export interface IntervalBlock {
  /** The address of what it belongs to. */
  meterReading: string
  /** NaN where it does not say. Unix seconds. */
  startSeconds: number
  readings: { startSeconds: number; durationSeconds: number; value: number }[]
}

export interface Entry {
  self: string
  related: string[]
  up: string
  type: ReadingType | null
  isMeterReading: boolean
  service: string | null
  blocks: IntervalBlock[]
}

/** Atom entries one after the other; of a file that has none, what it holds counts as one. @throws UsageError */
export async function* entries(file: string, onBytes?: (bytes: number) => void): AsyncGenerator<Entry> {
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
    if (path.length > DEEPEST || entry.related.length + entry.blocks.length > MOST_LINKS_AND_BLOCKS) isTooLarge()
    if (local === 'IntervalReading' && ++readings > MOST_READINGS_OF_ENTRY) isTooLarge()
    // Nothing more is kept of what is refused, as far as the parser still has some of it.
    if (failure) return
    if (local === 'entry') entry = emptyEntry()
    if (local === 'MeterReading') entry.isMeterReading = true
    if (local === 'ReadingType' || local === 'IntervalReading') values = {}
    if (local === 'IntervalBlock') {
      values = {}
      entry.blocks.push({ meterReading: '', startSeconds: Number.NaN, readings: [] })
    }
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
        flowDirection: values['ReadingType.flowDirection'] ?? '',
        dataQualifier: values['ReadingType.dataQualifier'] ?? '',
        intervalSeconds: Number(values['ReadingType.intervalLength'] ?? Number.NaN),
      }
    } else if (local === 'IntervalReading') {
      entry.blocks.at(-1)?.readings.push({
        startSeconds: Number(values['timePeriod.start'] ?? Number.NaN),
        durationSeconds: Number(values['timePeriod.duration'] ?? Number.NaN),
        value: Number(values['IntervalReading.value'] || Number.NaN),
      })
    } else if (place === 'IntervalBlock.interval') {
      const block = entry.blocks.at(-1)
      if (block) block.startSeconds = Number(values['interval.start'] ?? Number.NaN)
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
