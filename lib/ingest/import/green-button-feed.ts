import { UsageError } from '@/lib/infra/usage-error'
import type { Entry, IntervalBlock, ReadingType } from './green-button-entries'

/** Units of measure by the ESPI standard (NAESB REQ.21): real energy and real power. */
export const UNITS: Record<string, { quantity: 'energy' | 'power'; unit: 'Wh' | 'W' }> = {
  '72': { quantity: 'energy', unit: 'Wh' },
  '38': { quantity: 'power', unit: 'W' },
}
const ELECTRICITY = '0'
const NET = '4'
const REVERSE_FLOW = '19'
/** Of demand, what was the highest or lowest of a time and not its mean. */
const EXTREMES = new Set(['8', '9'])
const MOST_ENTRIES_KEPT = 10_000

/** What is read of a feed: one kind of reading of one usage point. */
export interface FeedPlan {
  type: ReadingType
  /** Whether a block is of these readings. */
  takes(block: IntervalBlock): boolean
  notes: string[]
}

/** Gathers what a feed's entries say of its readings; they come in any order. */
export class FeedSurvey {
  private readonly types = new Map<string, ReadingType>()
  /** What each meter reading is related to, its reading type among it; by address. */
  private readonly relatedTo = new Map<string, readonly string[]>()
  /** Usage points that are no electricity. */
  private readonly otherServices = new Set<string>()

  constructor(private readonly file: string) {}

  /** @throws UsageError where there are more meters than can be told apart */
  add(entry: Entry): void {
    if (entry.type) this.types.set(entry.self || String(this.types.size), entry.type)
    if (entry.isMeterReading) this.relatedTo.set(entry.self, entry.related)
    if (entry.service !== null && entry.service !== ELECTRICITY) this.otherServices.add(entry.self)
    if (Math.max(this.types.size, this.relatedTo.size, this.otherServices.size) > MOST_ENTRIES_KEPT)
      throw new UsageError(`${this.file} has more meters than can be told apart here. Split it.`)
  }

  /**
   * Chooses what tells most of the building: energy before power, net before drawn, short intervals before long ones.
   * @throws UsageError where there is no electricity
   */
  plan(): FeedPlan {
    const usable = [...this.types].filter(([, type]) => {
      return UNITS[type.uom] && type.flowDirection !== REVERSE_FLOW && !EXTREMES.has(type.dataQualifier)
    })
    const readings = [...this.relatedTo].filter(([self]) => ![...this.otherServices].some((other) => isBelow(self, other)))
    const linked = usable.filter(([address]) => readings.some(([, related]) => related.includes(address)))
    // A feed without links has nothing to tell its readings apart by.
    const candidates = linked.length > 0 ? linked : usable
    const rank = (type: ReadingType) => [
      UNITS[type.uom]!.quantity === 'energy' ? 0 : 1,
      type.flowDirection === NET ? 0 : 1,
      type.intervalSeconds > 0 ? type.intervalSeconds : Number.MAX_SAFE_INTEGER,
    ]
    const [chosen] = candidates.toSorted(([, a], [, b]) => {
      const [ranksA, ranksB] = [rank(a), rank(b)]
      const at = ranksA.findIndex((value, index) => value !== ranksB[index])
      return at < 0 ? 0 : ranksA[at]! - ranksB[at]!
    })
    if (!chosen) {
      throw new UsageError(
        `${this.file} is XML without electricity: a Green Button feed with a reading type in Wh (72) or W (38) is needed.`,
      )
    }
    const [address, type] = chosen
    const own = readings.filter(([, related]) => related.includes(address)).map(([self]) => self)
    const usagePoints = [...new Set(own.map(usagePointOf))]
    const taken = own.filter((self) => usagePointOf(self) === usagePoints[0])
    return {
      type,
      takes: ({ meterReading }) => taken.length === 0 || taken.some((self) => isBelow(meterReading, self)),
      notes: this.notesOf(type, usable.length, usagePoints.length),
    }
  }

  private notesOf(type: ReadingType, kinds: number, usagePoints: number): string[] {
    const { quantity, unit } = UNITS[type.uom]!
    const notes = [`A Green Button feed of ${quantity} in ${unit}.`]
    if (type.flowDirection === NET) notes.push('It is what was drawn less what was exported.')
    else if ([...this.types.values()].some(({ flowDirection }) => flowDirection === REVERSE_FLOW))
      notes.push('It also has what was exported; that is left out.')
    if (kinds > 1) notes.push(`It holds ${kinds} kinds of electricity readings; those of the shortest intervals are read.`)
    if (usagePoints > 1) notes.push(`It holds ${usagePoints} meters; the first one is read.`)
    return notes
  }
}

const isBelow = (address: string, parent: string) => parent !== '' && (address === parent || address.startsWith(`${parent}/`))

/** `/UsagePoint/1/MeterReading/2` is of `/UsagePoint/1`; other addresses do not tell, and count as one. */
const usagePointOf = (address: string) => /^(.*?\/UsagePoint\/[^/]+)/.exec(address)?.[1] ?? ''
